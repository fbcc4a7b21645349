//! Heads, bounds, bombs, broken JSON and assets.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::super::{AssetType, Checked, Head, check};
use super::{assembled, page};
use crate::protocol::cobrowse::{
    DATA_ASSET, DATA_FRAME_BYTES_MAX, DATA_FULL, DATA_INCREMENT, FLAG_DEFLATED, FLAG_MORE, FrameFault,
};
use crate::rules::cobrowse::frame::{EVENTS_MAX, INCREMENT_INFLATED_BYTES_MAX, NODE_DEPTH_MAX};

fn frame(kind: u8, flags: u8, doc: u32, seq: u32, body: &[u8]) -> Vec<u8> {
    let mut frame = vec![kind, flags];
    frame.extend(doc.to_be_bytes());
    frame.extend(seq.to_be_bytes());
    frame.extend(body);
    frame
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn head(frame: &[u8]) -> Result<Head, FrameFault> {
    Head::read(frame).map(|(head, _)| head)
}

fn json_fault(kind: u8, text: &str) -> Result<Checked, FrameFault> {
    check(&assembled(kind, text.as_bytes().to_vec()))
}

#[test]
fn a_head_is_read_big_endian() {
    let read = head(&frame(2, FLAG_DEFLATED | FLAG_MORE, 0x0102_0304, 5, b"x"));
    assert_eq!(read, Ok(Head { kind: 2, deflated: true, more: true, doc: 0x0102_0304, seq: 5 }));
}

#[test]
fn heads_that_are_none_are_refused() {
    for bad in [&b""[..], &[2; 9], &frame(0, 0, 1, 1, b"x"), &frame(4, 0, 1, 1, b"x"), &frame(2, 4, 1, 1, b"x")] {
        assert_eq!(head(bad), Err(FrameFault::Shape));
    }
    assert_eq!(head(&frame(2, 0, 1, 0, b"x")), Err(FrameFault::Shape));
    assert_eq!(head(&frame(2, 0, 1, 1, b"")), Err(FrameFault::Shape));
    let large = frame(2, 0, 1, 1, &vec![b' '; DATA_FRAME_BYTES_MAX]);
    assert_eq!(head(&large), Err(FrameFault::TooLarge));
}

#[test]
fn a_page_deflated_passes() {
    let bytes = deflated(page(&json!([])).to_string().as_bytes());
    let mut frame = assembled(DATA_FULL, bytes);
    frame.deflated = true;
    assert!(check(&frame).is_ok());
}

#[test]
fn a_bomb_is_refused_long_before_it_is_inflated() {
    let mut frame = assembled(DATA_FULL, deflated(&vec![b' '; 30 * 1024 * 1024]));
    frame.deflated = true;
    assert!(frame.bytes.len() < 100_000);
    assert_eq!(check(&frame), Err(FrameFault::Bomb));
    frame.kind = DATA_INCREMENT;
    assert_eq!(check(&frame), Err(FrameFault::Bomb));
}

#[test]
fn more_than_may_be_inflated_is_refused_whatever_its_ratio() {
    let mut noise: Vec<u8> = Vec::new();
    let mut hash = Sha256::digest(b"seed");
    while noise.len() < INCREMENT_INFLATED_BYTES_MAX + 1 {
        noise.extend(hash.iter().cycle().take(2_000));
        hash = Sha256::digest(hash);
    }
    let mut frame = assembled(DATA_INCREMENT, deflated(&noise));
    frame.deflated = true;
    assert_eq!(check(&frame), Err(FrameFault::TooLarge));
}

#[test]
fn a_stream_cut_off_or_with_something_behind_it_is_refused() {
    let whole = deflated(page(&json!([])).to_string().as_bytes());
    for cut in 0..whole.len() {
        let mut frame = assembled(DATA_FULL, whole[..cut].to_vec());
        frame.deflated = true;
        assert!(check(&frame).is_err(), "{cut}");
    }
    let mut frame = assembled(DATA_FULL, [whole, b"x".to_vec()].concat());
    frame.deflated = true;
    assert_eq!(check(&frame), Err(FrameFault::Shape));
}

#[test]
fn broken_json_is_no_json() {
    for text in [
        "",
        " ",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{a:1}",
        "[1] 2",
        "[1]]",
        "tru",
        "nul",
        "[01]",
        "[1.]",
        "[.5]",
        "[1e]",
        "[+1]",
        "[NaN]",
        "[\"a]",
        "[\"\\x\"]",
        "[\"\\u12\"]",
        "[\"\\u123g\"]",
        "[\"\n\"]",
        "[\"\t\"]",
        "[1}",
        "{\"a\":1]",
        "[\"\\\"]",
        "['a']",
        "[1 2]",
        "{\"a\" 1}",
        "\u{feff}[]",
    ] {
        assert_eq!(json_fault(DATA_INCREMENT, text), Err(FrameFault::NoJson), "{text}");
    }
    assert_eq!(check(&assembled(DATA_INCREMENT, vec![b'[', b'"', 0xff, b'"', b']'])), Err(FrameFault::NoJson));
}

#[test]
fn a_lone_surrogate_is_refused_and_a_pair_is_read() {
    let text = |escape: &str| {
        format!(
            "[{{\"type\":3,\"timestamp\":1,\"data\":{{\"source\":5,\"id\":1,\"text\":\"{escape}\",\"isChecked\":true}}}}]"
        )
    };
    for lone in ["\\ud800", "\\udc00", "\\ud800x", "\\ud800\\n", "\\ud800\\ud800", "\\udc00\\ud800"] {
        assert_eq!(json_fault(DATA_INCREMENT, &text(lone)), Err(FrameFault::NoJson), "{lone}");
    }
    for fine in ["\\ud83d\\udc5f", "\\u0041\\ud83d\\udc5fx\\n\\u2022", "\\\\ud800"] {
        assert!(json_fault(DATA_INCREMENT, &text(fine)).is_ok(), "{fine}");
    }
}

#[test]
fn escapes_hide_nothing() {
    let text = r#"[{"type":3,"timestamp":1,"data":{"source":0,"adds":[],"texts":[],"removes":[],
        "attributes":[{"id":1,"attributes":{"\u006fnclick":"x"}}]}}]"#;
    assert_eq!(json_fault(DATA_INCREMENT, text), Err(FrameFault::NotAllowed));
    let twice = r#"[{"type":3,"type":3,"timestamp":1,"data":{"source":3,"id":1,"x":0,"y":0}}]"#;
    assert_eq!(json_fault(DATA_INCREMENT, twice), Err(FrameFault::NotAllowed));
    let twice = r#"[{"type":3,"timestamp":1,"data":{"source":3,"\u0069d":1,"id":1,"x":0,"y":0}}]"#;
    assert_eq!(json_fault(DATA_INCREMENT, twice), Err(FrameFault::NotAllowed));
}

fn deep(levels: usize) -> String {
    let open: String = (0..levels)
        .map(|level| {
            format!("{{\"type\":2,\"id\":{},\"tagName\":\"div\",\"attributes\":{{}},\"childNodes\":[", level + 10)
        })
        .collect();
    let shell = page(&json!(["HERE"])).to_string();
    shell.replace("\"HERE\"", &format!("{open}{}", "]}".repeat(levels)))
}

#[test]
fn a_page_500_elements_deep_passes_and_one_over_the_bound_does_not() {
    assert!(json_fault(DATA_FULL, &deep(500)).is_ok());
    assert_eq!(json_fault(DATA_FULL, &deep(NODE_DEPTH_MAX)), Err(FrameFault::TooLarge));
    assert_eq!(json_fault(DATA_FULL, &deep(100_000)), Err(FrameFault::TooLarge));
    assert_eq!(json_fault(DATA_FULL, &"[".repeat(1_000_000)), Err(FrameFault::TooLarge));
}

#[test]
fn too_many_events_nodes_and_values_are_refused() {
    let event = json!({"type": 3, "timestamp": 1, "data": {"source": 3, "id": 1, "x": 0, "y": 0}});
    let events = |count: usize| json!(vec![&event; count]).to_string();
    assert!(json_fault(DATA_INCREMENT, &events(EVENTS_MAX)).is_ok());
    assert_eq!(json_fault(DATA_INCREMENT, &events(EVENTS_MAX + 1)), Err(FrameFault::TooLarge));
    let nodes: Vec<_> = (10..100_010).map(|id| json!({"type": 3, "id": id, "textContent": ""})).collect();
    assert_eq!(json_fault(DATA_FULL, &page(&json!(nodes)).to_string()), Err(FrameFault::TooLarge));
    assert_eq!(json_fault(DATA_FULL, &format!("[{}1]", "1,".repeat(3_000_000))), Err(FrameFault::TooLarge));
}

fn asset(bytes: &[u8]) -> Result<AssetType, FrameFault> {
    let body = [Sha256::digest(bytes).as_slice(), bytes].concat();
    match check(&assembled(DATA_ASSET, body))? {
        Checked::Asset(asset) => Ok(asset.kind),
        Checked::Picture { .. } => Err(FrameFault::Shape),
    }
}

#[test]
fn an_asset_is_what_its_bytes_say() {
    for (bytes, kind) in [
        (&b"\x89PNG\r\n\x1a\nx"[..], AssetType::Png),
        (b"\xff\xd8\xff\xe0", AssetType::Jpeg),
        (b"GIF89a", AssetType::Gif),
        (b"RIFF\0\0\0\0WEBPVP8 ", AssetType::Webp),
        (b"\0\0\0\x20ftypavif", AssetType::Avif),
        (b"wOF2x", AssetType::Woff2),
        (b"a{b:c}", AssetType::Css),
        (b"", AssetType::Css),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", AssetType::Svg),
        ("\u{feff}<?xml version='1.0'?>\n<!-- x --><!DOCTYPE svg><svg>".as_bytes(), AssetType::Svg),
    ] {
        assert_eq!(asset(bytes), Ok(kind), "{bytes:?}");
    }
}

#[test]
fn files_that_are_not_taken_are_bad_assets() {
    for bytes in [
        &b"<html>"[..],
        b"<!doctype html><script>",
        b"<svgx>",
        b"MZ\x90\0",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"PK\x03\x04",
        b"a{b:url(//evil.example)}",
        b"@import 'x';",
        b"a\0b",
        b"\xff\xfe",
        b"\0\0\0\x20ftypmp42",
    ] {
        assert_eq!(asset(bytes), Err(FrameFault::BadAsset), "{bytes:?}");
    }
}

#[test]
fn an_asset_under_another_name_is_refused() {
    let mut body = [Sha256::digest(b"GIF89a").as_slice(), b"GIF89a"].concat();
    body[0] ^= 1;
    assert_eq!(check(&assembled(DATA_ASSET, body)), Err(FrameFault::BadAsset));
    assert_eq!(check(&assembled(DATA_ASSET, vec![0; 31])), Err(FrameFault::BadAsset));
}

#[test]
fn too_large_a_font_or_picture_is_refused() {
    let font = [b"wOF2".to_vec(), vec![0; 300_000]].concat();
    assert_eq!(asset(&font), Err(FrameFault::TooLarge));
    let image = [b"GIF89a".to_vec(), vec![0; 1_000_000]].concat();
    assert_eq!(asset(&image), Err(FrameFault::TooLarge));
}
