//! The process as who runs a server meets it: starts that are refused, each in one
//! sentence with nothing changed, and stops.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod support;

use std::net::TcpListener;

use comptoir::store::Database;
use support::{Server, complaint, run};

fn ready(server: &Server) -> serde_json::Value {
    ureq::get(server.url("/readyz")).call().unwrap().body_mut().read_json().unwrap()
}

#[test]
fn an_empty_folder_becomes_a_server_with_a_one_time_link_and_a_term_ends_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut server = Server::start(&dir.path().join("data"));
    assert!(server.line().unwrap().contains("no admin yet"));
    let link = server.line().unwrap();
    assert!(link.trim().starts_with(&server.url("/setup?token=")), "{link}");
    assert_eq!(ready(&server)["ready"], true);

    let (status, took) = server.terminate();

    assert_eq!(status.code(), Some(0));
    assert!(took.as_secs() < 2, "{took:?}");
}

#[test]
fn a_second_server_on_one_folder_is_refused_and_the_first_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let first = Server::start(dir.path());

    let second = run(&["serve", "--listen", "127.0.0.1:0", "--data", dir.path().to_str().unwrap()]);

    assert_eq!(second.status.code(), Some(1));
    let said = complaint(&second);
    assert!(said.contains(&format!("another server (process {}) uses the data folder", first.pid())), "{said}");
    assert_eq!(ready(&first)["ready"], true);
}

#[test]
fn a_killed_server_gives_its_folder_back() {
    let dir = tempfile::tempdir().unwrap();
    Server::start(dir.path()).kill();
    assert_eq!(ready(&Server::start(dir.path()))["ready"], true);
}

#[test]
fn a_port_in_use_is_refused_with_the_flag_to_write_before_any_data_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = held.local_addr().unwrap().to_string();

    let refused = run(&["serve", "--listen", &address, "--data", dir.path().to_str().unwrap()]);

    assert_eq!(refused.status.code(), Some(1));
    let said = complaint(&refused);
    assert!(said.contains(&format!("{address} is in use by another program")) && said.contains("--listen"), "{said}");
    assert!(!dir.path().join("comptoir.db").exists());
}

#[tokio::test]
async fn a_folder_of_a_newer_release_is_refused_and_left_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path()).await.unwrap();
    let mut tx = database.write().await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'of tomorrow', TRUE, x'00', 0)",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    database.close().await;
    let before = std::fs::read(dir.path().join("comptoir.db")).unwrap();

    let refused = run(&["serve", "--listen", "127.0.0.1:0", "--data", dir.path().to_str().unwrap()]);

    assert_eq!(refused.status.code(), Some(1));
    assert!(complaint(&refused).contains("newer release"), "{refused:?}");
    assert!(std::fs::read(dir.path().join("comptoir.db")).unwrap() == before);
}

#[test]
fn a_damaged_database_is_refused_in_a_sentence_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (status, _) = Server::start(dir.path()).terminate();
    assert!(status.success());
    let file = dir.path().join("comptoir.db");
    let whole = std::fs::read(&file).unwrap();
    for (what, at) in [("the header", 0_usize), ("the schema's page", 100)] {
        let mut bytes = whole.clone();
        bytes[at..at + 8].copy_from_slice(b"damaged!");
        std::fs::write(&file, &bytes).unwrap();

        let refused = run(&["serve", "--listen", "127.0.0.1:0", "--data", dir.path().to_str().unwrap()]);

        assert_eq!(refused.status.code(), Some(1), "{what}: {refused:?}");
        let said = complaint(&refused);
        assert!(said.contains("is damaged") && said.contains("put a backup of the folder in its place"), "{said}");
        assert!(std::fs::read(&file).unwrap() == bytes, "{what}: the file was touched");
    }
    std::fs::write(&file, whole).unwrap();
    assert_eq!(ready(&Server::start(dir.path()))["ready"], true);
}

#[test]
fn a_public_address_without_public_url_is_refused_with_what_to_write() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let refused = run(&["serve", "--listen", "0.0.0.0:0", "--data", data.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("public_url = \"https://chat.example.com\""), "{said}");
    assert!(!data.exists());
}

#[test]
fn a_wrong_configuration_is_told_line_by_line_and_exits_2() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("comptoir.toml");
    std::fs::write(&file, "[server]\nlisten = \"here\"\nworker = 2\n").unwrap();

    let checked = run(&["config", "check", "--config", file.to_str().unwrap()]);

    assert_eq!(checked.status.code(), Some(2));
    let said = String::from_utf8(checked.stderr).unwrap();
    assert!(said.contains(":2:1: `server.listen` cannot be `here`; write an address"), "{said}");
    assert!(said.contains(":3:1: there is no setting `server.worker`; did you mean `server.workers`?"), "{said}");
    std::fs::write(&file, "[server]\nlisten = \"127.0.0.1:9000\"\n").unwrap();
    let shown = run(&["config", "show", "--config", file.to_str().unwrap()]);
    assert!(String::from_utf8(shown.stdout).unwrap().contains("listen = \"127.0.0.1:9000\""));
}

#[test]
fn healthcheck_tells_a_ready_server_from_none() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let address = server.address.to_string();
    assert_eq!(run(&["healthcheck", "--listen", &address]).status.code(), Some(0));
    server.kill();
    let refused = run(&["healthcheck", "--listen", &address]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(complaint(&refused).contains("no server answers on"), "{refused:?}");
}
