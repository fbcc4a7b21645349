//! Random changes to honest and forged frames: nothing panics, and what passes is on the list.
//!
//! `COMPTOIR_FUZZ` = how many, 20,000 if it is not set. The seed is fixed: a failure comes again.

use serde_json::{Value, json};

use super::super::{Assembled, Checked, Head, check};
use super::{assembled, page};

struct Random(u64);

impl Random {
    /// Xorshift: enough for choosing what to break.
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }
}

fn rounds() -> usize {
    std::env::var("COMPTOIR_FUZZ").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000)
}

fn seeds() -> Vec<(u8, String)> {
    let forged: Vec<Value> = serde_json::from_str(include_str!("../../../../../tests/shared/forged.json")).unwrap();
    let mut seeds: Vec<_> = forged
        .iter()
        .map(|one| (u8::try_from(one["kind"].as_u64().unwrap()).unwrap(), one["events"].to_string()))
        .collect();
    let honest: Vec<Value> = serde_json::from_str(include_str!("../../../../../tests/shared/honest.json")).unwrap();
    for one in &honest {
        let text = one["events"].as_str().unwrap().to_owned();
        if text.len() < 20_000 {
            seeds.push((u8::try_from(one["kind"].as_u64().unwrap()).unwrap(), text));
        }
    }
    seeds.push((1, page(&json!([])).to_string()));
    seeds
}

const PIECES: [&str; 20] = [
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "null",
    "-1",
    "1e999",
    "\"onload\":\"x\"",
    "url(",
    "script",
    "\"__proto__\":{}",
    "\u{7f}",
    "é",
    " ",
];

fn broken(text: &str, random: &mut Random) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        match random.below(5) {
            0 if !bytes.is_empty() => {
                let at = at.min(bytes.len() - 1);
                bytes[at] = u8::try_from(random.below(256)).unwrap();
            }
            1 => drop(bytes.drain(at..(at + random.below(30)).min(bytes.len()))),
            2 => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].bytes())),
            3 => {
                let to = (at + random.below(60)).min(bytes.len());
                let copied = bytes[at..to].to_vec();
                let into = random.below(bytes.len() + 1);
                bytes.splice(into..into, copied);
            }
            _ => bytes.truncate(at.max(1)),
        }
    }
    bytes
}

#[test]
fn nothing_that_is_sent_makes_it_panic_and_what_passes_is_json_without_what_is_forbidden() {
    let seeds = seeds();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut passed = 0;
    for _ in 0..rounds() {
        let (kind, text) = &seeds[random.below(seeds.len())];
        let bytes = broken(text, &mut random);
        if check(&assembled(*kind, bytes.clone())).is_err() {
            continue;
        }
        passed += 1;
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(value) => holds_nothing_forbidden(&value),
            // Another reader agrees that it is JSON, as far as it goes.
            Err(fault) => assert!(fault.to_string().contains("recursion limit"), "{fault}"),
        }
    }
    assert!(passed > 0, "the seeds are all refused: nothing is tried");
}

fn holds_nothing_forbidden(value: &Value) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values),
            Value::Object(fields) => {
                for (key, value) in fields {
                    assert!(!key.to_lowercase().starts_with("on") && key != "srcdoc" && key != "__proto__", "{key}");
                    if key == "tagName" {
                        assert!(!matches!(value.as_str(), Some("script" | "object" | "embed" | "base" | "meta")));
                    }
                    if matches!(key.as_str(), "src" | "href" | "poster") {
                        let address = value.as_str().unwrap_or_default();
                        let own = ["/cb/a/", "#", "data:", "http://", "https://"];
                        assert!(own.iter().any(|own| address.starts_with(own)) || address.is_empty(), "{address}");
                    }
                    open.push(value);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

#[test]
fn heads_and_streams_at_random_are_refused_or_read() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..rounds() {
        let length = random.below(80);
        let mut bytes: Vec<u8> = (0..length).map(|_| u8::try_from(random.below(256)).unwrap()).collect();
        if let Some(kind) = bytes.first_mut() {
            *kind = 1 + *kind % 3;
        }
        if let Some(flags) = bytes.get_mut(1) {
            *flags %= 4;
        }
        let Ok((head, body)) = Head::read(&bytes) else { continue };
        let Head { kind, deflated, doc, seq, .. } = head;
        // A picture needs a whole page, an asset its hash: neither comes about by chance.
        let checked = check(&Assembled { kind, deflated, doc, seq, bytes: body.to_vec() });
        assert!(!matches!(checked, Ok(Checked::Asset(_))));
    }
}
