//! The documents that strangers rely on say what the program does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::path::Path;

use comptoir::protocol::{
    BEGIN_VISITS_MAX, FRAME_BYTES_MAX, HELLO_BYTES_MAX, MESSAGE_BYTES_MAX, RefusalCode, SERVER_FRAME_BYTES_MAX,
    SUBPROTOCOL,
};

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_table_of_refusals_is_the_servers_own() {
    let document = read("docs/protocol.md");
    let (_, table) = document.split_once("| code | HTTP | message | hint |\n|-|-|-|-|\n").unwrap();
    let documented: Vec<&str> = table.lines().take_while(|line| line.starts_with('|')).collect();
    let expected: Vec<String> = RefusalCode::ALL
        .iter()
        .map(|code| {
            let (status, message, hint) = code.face();
            let name = serde_json::to_value(code).unwrap();
            format!("| `{}` | {status} | {message} | {hint} |", name.as_str().unwrap())
        })
        .collect();
    assert_eq!(documented, expected);
}

/// Of `export type NAME = { "type": "a", … } | { "type": "b", … };`
fn types_of<'a>(declarations: &'a str, name: &str) -> BTreeSet<&'a str> {
    let (_, rest) = declarations.split_once(&format!("export type {name} = ")).unwrap();
    let body = rest.split("\nexport type ").next().unwrap();
    body.split("\"type\": \"").skip(1).map(|after| after.split('"').next().unwrap()).collect()
}

#[test]
fn every_frame_and_command_is_in_the_protocols_document() {
    let (declarations, document) = (read("widget/src/shared/protocol.ts"), read("docs/protocol.md"));
    for name in [
        "VisitorFrame",
        "ToVisitor",
        "AgentFrame",
        "ToAgent",
        "VisitorCommand",
        "AgentCommand",
        "PageFrame",
        "ToPage",
        "WatcherFrame",
        "ToWatcher",
    ] {
        let types = types_of(&declarations, name);
        assert!(types.len() > 4, "{name}: {types:?}");
        for kind in types {
            let named =
                [format!("`{kind}`"), format!("`{kind} {{")].iter().any(|word| document.contains(word.as_str()));
            assert!(named, "docs/protocol.md does not name `{kind}` of {name}");
        }
    }
}

#[test]
fn the_bounds_in_the_protocols_document_are_the_servers_own() {
    let document = read("docs/protocol.md");
    for said in [
        format!("| a frame of a client | {} KiB |", FRAME_BYTES_MAX / 1024),
        format!("| a frame of the server | {} KiB |", SERVER_FRAME_BYTES_MAX / 1024),
        format!("| a message's text | {} KiB |", MESSAGE_BYTES_MAX / 1024),
        format!("| pages in one `begin` | {BEGIN_VISITS_MAX} |"),
        format!("a hello over {} KiB", HELLO_BYTES_MAX / 1024),
        format!("subprotocol `{SUBPROTOCOL}`"),
    ] {
        assert!(document.contains(&said), "{said}");
    }
}

#[test]
fn the_settings_in_the_install_document_are_all_there_are_with_their_defaults() {
    let settings = comptoir::config::Config::default().to_toml();
    assert!(read("docs/install.md").contains(settings.trim_end()), "docs/install.md should have:\n{settings}");
}
