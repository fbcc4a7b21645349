//! Frames that a stranger could send, and frames that an honest page sends.

mod forged;
mod fuzz;
mod honest;
mod judged;
mod size;

use serde_json::{Value, json};

use super::{Assembled, Checked, check};
use crate::protocol::cobrowse::{DATA_FULL, DATA_INCREMENT, FrameFault};

fn assembled(kind: u8, bytes: Vec<u8>) -> Assembled {
    Assembled { kind, deflated: false, doc: 1, seq: 1, bytes }
}

fn judge(kind: u8, events: &Value) -> Result<Checked, FrameFault> {
    check(&assembled(kind, events.to_string().into_bytes()))
}

/// A full snapshot of a page with these in its body.
fn page(children: &Value) -> Value {
    let html = json!({"type": 2, "id": 3, "tagName": "html", "attributes": {}, "childNodes": [
        {"type": 2, "id": 4, "tagName": "head", "attributes": {}, "childNodes": []},
        {"type": 2, "id": 5, "tagName": "body", "attributes": {}, "childNodes": children},
    ]});
    json!([{"type": 2, "timestamp": 1, "data": {
        "node": {"type": 0, "id": 1, "childNodes": [
            {"type": 1, "id": 2, "name": "html", "publicId": "", "systemId": ""}, html]},
        "initialOffset": {"left": 0, "top": 0},
    }}])
}

#[test]
fn an_honest_page_passes() {
    let asset = format!("/cb/a/{}", "a".repeat(64));
    let events = page(&json!([
        {"type": 2, "id": 10, "tagName": "a", "attributes": {"href": "#", "class": "x"}, "childNodes": [
            {"type": 3, "id": 11, "textContent": "Buy “this” \u{1f45f}"}]},
        {"type": 2, "id": 12, "tagName": "img", "attributes": {"src": asset, "rr_scrollTop": 4.5}, "childNodes": []},
        {"type": 2, "id": 13, "tagName": "x-y", "attributes": {}, "childNodes": [
            {"type": 3, "id": 14, "textContent": "in", "isShadow": true}], "isCustom": true, "isShadowHost": true},
        {"type": 2, "id": 15, "tagName": "style", "attributes": {"_cssText": "a{}/* rr_split */b{}"}, "childNodes": [
            {"type": 3, "id": 16, "textContent": ""}]},
        {"type": 2, "id": 17, "tagName": "svg", "attributes": {"viewBox": "0 0 1 1"}, "childNodes": [
            {"type": 2, "id": 18, "tagName": "path", "attributes": {"d": "M0 0"}, "childNodes": [], "isSVG": true}],
            "isSVG": true},
    ]));
    assert_eq!(judge(DATA_FULL, &events), Ok(Checked::Picture { events: 1, nodes: 14 }));
}

#[test]
fn every_kind_of_change_passes() {
    let changes = [
        json!({"source": 0, "adds": [{"parentId": 5, "nextId": null, "node":
            {"type": 2, "id": 30, "tagName": "p", "attributes": {}, "childNodes": []}}],
            "texts": [{"id": 11, "value": "x"}], "removes": [{"parentId": 5, "id": 12, "isShadow": true}],
            "attributes": [{"id": 10, "attributes": {"class": null, "checked": true,
                "style": {"color": ["red", "important"], "top": false, "left": "1px"}}}]}),
        json!({"source": 0, "adds": [{"parentId": 9, "nextId": null, "node": {"type": 0, "id": 40, "compatMode":
            "BackCompat", "childNodes": [{"type": 2, "id": 41, "tagName": "html", "attributes": {},
            "childNodes": [], "rootId": 40}]}}], "texts": [], "removes": [], "attributes": [], "isAttachIframe": true}),
        json!({"source": 1, "positions": [{"x": 1.5, "y": 2, "id": 10, "timeOffset": -30}]}),
        json!({"source": 2, "type": 2, "id": 10, "x": 1, "y": 2, "pointerType": 0}),
        json!({"source": 3, "id": 1, "x": 0, "y": 100.25}),
        json!({"source": 4, "width": 390, "height": 844}),
        json!({"source": 5, "id": 10, "text": "••••••", "isChecked": false}),
        json!({"source": 8, "id": 15, "adds": [{"rule": "a{}", "index": [0, 1]}], "removes": [{"index": 3}]}),
        json!({"source": 8, "styleId": 1, "replaceSync": "a{b:c}"}),
        json!({"source": 13, "id": 15, "index": [0], "set": {"property": "color", "value": "red", "priority": null}}),
        json!({"source": 13, "styleId": 2, "index": [0, 2], "remove": {"property": "color"}}),
        json!({"source": 15, "id": 1, "styleIds": [1], "styles": [{"styleId": 1, "rules": [{"rule": "a{}", "index": 0}]}]}),
    ];
    let events: Vec<_> = changes.iter().map(|data| json!({"type": 3, "data": data, "timestamp": 1})).collect();
    for event in &events {
        assert!(judge(DATA_INCREMENT, &json!([event])).is_ok(), "{event}");
    }
    assert!(judge(DATA_INCREMENT, &json!(events)).is_ok());
    assert!(judge(DATA_INCREMENT, &json!([])).is_ok());
}

#[test]
fn a_node_that_moves_may_come_twice_in_a_frame_but_not_in_an_event() {
    let add = json!({"parentId": 5, "nextId": null, "node":
        {"type": 2, "id": 30, "tagName": "p", "attributes": {}, "childNodes": []}});
    let event = |adds: Value| {
        json!({"type": 3, "timestamp": 1, "data":
        {"source": 0, "adds": adds, "texts": [], "attributes": [], "removes": []}})
    };
    assert!(judge(DATA_INCREMENT, &json!([event(json!([add])), event(json!([add]))])).is_ok());
    assert_eq!(judge(DATA_INCREMENT, &json!([event(json!([add, add]))])), Err(FrameFault::NotAllowed));
}
