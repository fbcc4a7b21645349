//! The house rules as a test: what a reader may rely on without checking.
//!
//! It reads the sources as text. Formatting and lints are left to their tools;
//! what is here is what no tool knows: the rooms' doors, headers, sizes, words.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Lines of a file without its tests.
const FILE_LINES_MAX: usize = 400;

/// Files that may be longer, each with its reason.
const LONGER: &[(&str, usize, &str)] = &[("src/protocol/refusal.rs", 420, "one table of every public code")];

/// Room, and the rooms of ours that it may name. `main`, `app`, `cli` and `demo` wire everything and may name all.
const DOORS: &[(&str, &[&str])] = &[
    ("protocol", &["protocol"]),
    ("rules", &["rules", "protocol"]),
    ("store", &["store", "rules", "protocol"]),
    ("bus", &["bus", "protocol"]),
    ("files", &["files", "protocol"]),
    ("actors", &["actors", "rules", "store", "bus", "protocol"]),
    ("jobs", &["jobs", "store", "files", "bus", "protocol"]),
    ("http", &["http", "actors", "rules", "store", "bus", "files", "jobs", "config", "protocol"]),
    ("config", &["config", "protocol"]),
];

/// Crates that a room never names.
const LOCKED: &[(&str, &[&str])] = &[
    ("src/protocol", &["actix", "sqlx", "tokio", "tracing"]),
    ("src/rules", &["actix", "sqlx", "tokio", "tracing", "rand", "actix_web"]),
    // Of the catalog, rules know the pure analysis of words alone.
    ("src/rules", &["comptoir_catalog::feed", "comptoir_catalog::index", "comptoir_catalog::suggest"]),
    ("src/actors", &["sqlx", "actix_web", "actix_web_actors", "tantivy"]),
    ("src/store", &["actix", "actix_web", "tantivy"]),
    ("src/http", &["sqlx", "tantivy"]),
    ("catalog/src", &["actix", "actix_web", "tokio", "sqlx"]),
];

/// Whole words that name nothing of ours, with what to write.
const WORDS: &[(&str, &str)] = &[
    ("Operator", "agent"),
    ("Ticket", "conversation"),
    ("ChatRoom", "conversation"),
    ("innerHTML", "text nodes or vnodes"),
    ("insertAdjacentHTML", "text nodes or vnodes"),
    ("dangerouslySetInnerHTML", "vnodes"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "node_modules" | "dist" | "target" | ".git" | "out") {
                walk(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}

/// Path relative to the repository and text of every source with one of these endings.
fn sources(folders: &[&str], endings: &[&str]) -> BTreeMap<String, String> {
    let mut found = Vec::new();
    for folder in folders {
        walk(&root().join(folder), endings, &mut found);
    }
    found
        .into_iter()
        .filter_map(|path| {
            let name = path.strip_prefix(root()).ok()?.to_string_lossy().into_owned();
            Some((name, fs::read_to_string(&path).ok()?))
        })
        .collect()
}

fn rust() -> BTreeMap<String, String> {
    sources(&["src", "catalog", "tests"], &[".rs"])
}

fn typescript() -> BTreeMap<String, String> {
    let mut all = sources(&["widget", "console"], &[".ts", ".tsx"]);
    all.retain(|name, _| !name.ends_with("/protocol.ts") && !name.ends_with(".d.ts"));
    all
}

/// The text before the unit tests at the foot of a file.
fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or(text)
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_file_opens_by_saying_what_it_is() {
    let mut faults = Vec::new();
    for (name, text) in rust() {
        if !text.starts_with("//!") {
            faults.push(format!("{name}: open it with `//!` and what it is and leaves to another"));
        }
    }
    for (name, text) in typescript() {
        if !text.starts_with("/**") {
            faults.push(format!("{name}: open it with `/** … */` and what it is and leaves to another"));
        }
    }
    assert_none(&faults);
}

#[test]
fn files_stay_small_enough_to_be_read() {
    let mut faults = Vec::new();
    for (name, text) in rust().into_iter().chain(typescript()) {
        let lines = without_tests(&text).lines().count();
        let allowed = LONGER.iter().find(|(path, ..)| *path == name).map_or(FILE_LINES_MAX, |(_, max, _)| *max);
        if lines > allowed {
            faults.push(format!("{name}: {lines} lines, at most {allowed}; part it, or give a reason in LONGER"));
        }
    }
    assert_none(&faults);
}

#[test]
fn rooms_name_only_the_rooms_behind_their_doors() {
    let mut faults = Vec::new();
    for (name, text) in rust() {
        let Some(rest) = name.strip_prefix("src/") else { continue };
        let room = rest.split(['/', '.']).next().unwrap_or_default();
        let Some((_, doors)) = DOORS.iter().find(|(of, _)| *of == room) else { continue };
        for (number, line) in without_tests(&text).lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for part in line.split("crate::").skip(1) {
                let named: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if !named.is_empty() && !doors.contains(&named.as_str()) {
                    faults.push(format!("{name}:{}: {room} has no door to {named}", number + 1));
                }
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn rooms_do_not_know_the_crates_that_are_not_theirs() {
    let mut faults = Vec::new();
    for (name, text) in rust() {
        for (room, crates) in LOCKED {
            if !name.starts_with(room) {
                continue;
            }
            let socket = name == "src/http/socket.rs" || name.starts_with("src/http/socket/");
            for (number, line) in without_tests(&text).lines().enumerate() {
                let code = line.trim_start();
                for locked in *crates {
                    if code.starts_with(&format!("use {locked}::")) || code.contains(&format!(" {locked}::")) {
                        faults.push(format!("{name}:{}: {room} never names {locked}", number + 1));
                    }
                }
                if code.contains("actix_web_actors::") && !socket {
                    faults.push(format!("{name}:{}: only http/socket knows actix-web-actors", number + 1));
                }
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn words_of_the_house_are_used() {
    let mut faults = Vec::new();
    for (name, text) in rust().into_iter().chain(typescript()) {
        if name == "tests/tidy.rs" {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            for (word, better) in WORDS {
                if line.contains(word) {
                    faults.push(format!("{name}:{}: `{word}`; write {better}", number + 1));
                }
            }
            let code = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
            let Some(rest) = code.strip_prefix("struct ").or_else(|| code.strip_prefix("enum ")) else { continue };
            let ty: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
            if ["Manager", "Service", "Helper", "Util"].iter().any(|end| ty.ends_with(end)) {
                faults.push(format!("{name}:{}: `{ty}` says what it is called, not what it does", number + 1));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn errors_are_worded_alike() {
    let mut faults = Vec::new();
    for (name, text) in rust() {
        for (number, line) in text.lines().enumerate() {
            let Some(rest) = line.trim_start().strip_prefix("#[error(\"") else { continue };
            let Some(message) = rest.rsplit_once("\")]").map(|(message, _)| message) else { continue };
            if message.starts_with(|c: char| c.is_uppercase()) || message.ends_with('.') {
                faults.push(format!("{name}:{}: an error is lowercase without a final dot", number + 1));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn every_path_that_the_architecture_names_exists() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut faults = Vec::new();
    for span in text.split('`').skip(1).step_by(2) {
        let is_path = span.contains('/') && !span.contains([' ', '{', '*', '<', ':', '$']) && !span.starts_with('/');
        if is_path && !root().join(span).exists() {
            faults.push(format!("ARCHITECTURE.md names `{span}`, which is not there"));
        }
    }
    assert!(text.lines().count() <= 250, "ARCHITECTURE.md is longer than 250 lines");
    assert_none(&faults);
}

#[test]
fn no_second_tls_or_c_library_slips_in() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    assert!(!lock.contains("aws-lc"), "aws-lc came in by a default feature; turn it off");
}
