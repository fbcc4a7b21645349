//! `comptoir demo` as a stranger meets it: one command, then a store, a console and sign-ins.

#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod support;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};
use support::{PATIENCE, comptoir, run};

/// A running demo, killed when the test forgets it.
struct Demo {
    child: Child,
    said: Value,
}

impl Demo {
    fn start(data: &Path) -> Self {
        Self::start_with(data, &[])
    }

    fn start_with(data: &Path, more: &[&str]) -> Self {
        let child = comptoir(&["demo", "--json", "--listen", "127.0.0.1:0", "--store-listen", "localhost:0", "--data"])
            .arg(data)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut demo = Self { child, said: Value::Null };
        let mut line = String::new();
        BufReader::new(demo.child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        demo.said = serde_json::from_str(&line).unwrap_or_else(|error| panic!("`{line}`: {error}"));
        demo
    }

    fn text(&self, pointer: &str) -> &str {
        self.said.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {}", self.said))
    }

    fn get(&self, address: &str) -> String {
        ureq::get(address).call().unwrap().body_mut().read_to_string().unwrap()
    }

    fn stop(mut self) -> Option<i32> {
        let asked = Instant::now();
        assert!(Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap().success());
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(asked.elapsed() < PATIENCE, "it did not stop");
            std::thread::yield_now();
        }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn one_command_gives_a_store_with_the_chat_and_people_who_can_sign_in() {
    let dir = tempfile::tempdir().unwrap();
    let demo = Demo::start(dir.path());
    let (console, store, key) = (demo.text("/console"), demo.text("/store"), demo.text("/site/key"));

    let home = demo.get(&format!("{store}/fr/"));
    assert!(home.contains(&format!("src=\"{console}/w.js\" data-site=\"{key}\"")), "{home}");

    let start = demo.get(demo.text("/start"));
    for person in demo.said["people"].as_array().unwrap() {
        assert!(start.contains(person["password"].as_str().unwrap()), "{person}");
        let asked = json!({ "email": person["email"], "password": person["password"] });
        let answer = ureq::post(format!("{console}/api/v1/sign-in"))
            .header("origin", console)
            .header("sec-fetch-site", "same-origin")
            .send_json(asked);
        assert_eq!(answer.unwrap().status(), 200, "{person}");
    }
    assert_eq!(demo.stop(), Some(0));
}

#[test]
fn a_demo_that_was_stopped_goes_on_with_the_same_site_and_sign_ins_and_a_reset_forgets_them() {
    let dir = tempfile::tempdir().unwrap();
    let first = Demo::start(dir.path());
    let (site, people) = (first.said["site"].clone(), first.said["people"].clone());
    assert_eq!(first.stop(), Some(0));

    let second = Demo::start(dir.path());
    assert_eq!((&second.said["site"], &second.said["people"]), (&site, &people));

    let held = run(&[
        "demo",
        "--reset",
        "--listen",
        "127.0.0.1:0",
        "--store-listen",
        "localhost:0",
        "--data",
        &path(dir.path()),
    ]);
    assert!(String::from_utf8(held.stderr).unwrap().contains("another server"), "a running demo is not reset");
    assert_eq!(second.stop(), Some(0));

    let third = Demo::start_with(dir.path(), &["--reset"]);
    assert_ne!(third.said["site"]["key"], site["key"]);
    assert_ne!(third.said["people"], people);
}

#[test]
fn the_demo_refuses_an_address_that_others_can_reach_and_a_folder_that_is_not_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let public = run(&["demo", "--listen", "0.0.0.0:0", "--data", &path(dir.path())]);
    assert_eq!(public.status.code(), Some(2));
    assert!(String::from_utf8(public.stderr).unwrap().contains("write it like 127.0.0.1:8080"));

    std::fs::write(dir.path().join("comptoir.db"), "rows of a real server").unwrap();
    for more in [&["--reset"][..], &[]] {
        let data = path(dir.path());
        let asked = ["demo", "--listen", "127.0.0.1:0", "--store-listen", "localhost:0", "--data", &data];
        let refused = run(&[&asked[..], more].concat());
        assert_eq!(refused.status.code(), Some(1));
        assert_eq!(std::fs::read(dir.path().join("comptoir.db")).unwrap(), b"rows of a real server");
    }
}

fn path(dir: &Path) -> String {
    dir.to_str().unwrap().to_owned()
}
