//! Files go up by who may write, come down by who may read, and are what their bytes say.

use std::io::Cursor;

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use image::{DynamicImage, ImageFormat, RgbImage};

use super::{Answer, Browser, Chat, House, STORE, chat};
use crate::actors::ports::Uploader;
use crate::files::ORPHAN_SECONDS;
use crate::protocol::session::Role;
use crate::protocol::widget::{DocumentAddress, Uploaded};
use crate::protocol::{AgentRef, Author, DocumentId, DocumentRef};

fn photo() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::new(1_600, 900)).write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

async fn upload(house: &House, browser: &Browser, path: &str, name: &str, bytes: Vec<u8>) -> Answer {
    let request = TestRequest::post()
        .uri(path)
        .insert_header(("content-type", "application/octet-stream"))
        .insert_header(("content-length", bytes.len().to_string()))
        .insert_header(("x-comptoir-upload", "1"))
        .insert_header(("x-comptoir-name", name.to_owned()))
        .set_payload(bytes);
    house.ask(browser, request).await
}

async fn visitor_uploads(house: &House, chat: &Chat, name: &str, bytes: Vec<u8>) -> Answer {
    upload(house, &chat.browser, &format!("/w/v1/conversations/{}/documents", chat.id), name, bytes).await
}

fn document(answer: &Answer) -> DocumentRef {
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    serde_json::from_slice::<Uploaded>(&answer.body).unwrap().document
}

async fn agent(house: &House, name: &str, chat: &Chat) -> (AgentRef, Browser) {
    let id = house.person(name, Role::Agent, &[chat.site]).await;
    (AgentRef { id, first_name: name.to_owned() }, house.signed_in(name).await)
}

/// The path and query of an address of ours.
fn path(address: &str) -> &str {
    address.strip_prefix("http://127.0.0.1:8370").unwrap()
}

#[actix_rt::test]
async fn a_visitors_picture_reaches_the_agent_once_it_is_shared() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    let mut chat = chat(&house, site).await;
    let (_, agent) = agent(&house, "Camille", &chat).await;

    let sent = photo();
    let file = document(&visitor_uploads(&house, &chat, "ma%20lampe.html", sent.clone()).await);
    assert_eq!((file.name.as_str(), file.media_type.as_str()), ("ma lampe.html.png", "image/png"));
    assert!(file.preview);
    let there = house.desk.ports().documents.clone();
    let by = Uploader::Visitor(chat.visitor);
    assert_eq!(there.uploaded(site, chat.id, by, file.id).await.unwrap(), Some(file.clone()));
    let unshared = house.get(&agent, &format!("/api/v1/documents/{}", file.id)).await;
    assert_eq!(unshared.code(), "not_found", "nobody sees what was not sent");

    chat.share(&house, Author::Visitor {}, file.clone()).await;
    assert_eq!(there.uploaded(site, chat.id, by, file.id).await.unwrap(), None, "it is shared once");
    let got = house.get(&agent, &format!("/api/v1/documents/{}", file.id)).await;
    assert_eq!((got.status, &got.body), (StatusCode::OK, &sent));
    assert!(got.header("content-disposition").starts_with("attachment; filename=\"ma lampe.html.png\""));
    assert_eq!(got.header("content-security-policy"), "sandbox; default-src 'none'; frame-ancestors 'none'");
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    let preview = house.get(&agent, &format!("/api/v1/documents/{}/preview", file.id)).await;
    let drawn = image::load_from_memory(&preview.body).unwrap();
    assert_eq!((drawn.width(), preview.header("content-type")), (1_280, "image/jpeg"));
    assert_ne!(preview.body, sent);
}

#[actix_rt::test]
async fn an_agent_in_charge_sends_a_file_and_the_visitor_gets_it_by_an_address_that_ends() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    let mut chat = chat(&house, site).await;
    let (camille, browser) = agent(&house, "Camille", &chat).await;
    let (_, colleague) = agent(&house, "Noor", &chat).await;
    let to = format!("/api/v1/conversations/{}/documents", chat.id);
    assert_eq!(upload(&house, &browser, &to, "a.txt", b"hello".to_vec()).await.code(), "not_in_charge");
    chat.taken_by(&house, camille.clone()).await;
    assert_eq!(upload(&house, &colleague, &to, "a.txt", b"hello".to_vec()).await.code(), "not_in_charge");

    let file = document(&upload(&house, &browser, &to, "devis.txt", b"Votre devis : 12,90 EUR".to_vec()).await);
    let address = format!("/w/v1/documents/{}/address", file.id);
    assert_eq!(house.get(&chat.browser, &address).await.code(), "not_found", "not shared yet");
    chat.share(&house, Author::Agent { agent: camille }, file.clone()).await;
    let answer = house.get(&chat.browser, &address).await;
    assert_eq!(answer.header("access-control-allow-origin"), STORE);
    let given: DocumentAddress = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(given.preview, None);

    let image_tag = Browser::on(STORE).without("origin");
    let got = house.get(&image_tag, path(&given.download)).await;
    assert_eq!((got.status, got.body.as_slice()), (StatusCode::OK, b"Votre devis : 12,90 EUR".as_slice()));
    assert_eq!(got.header("cross-origin-resource-policy"), "cross-origin");
    for forged in [given.download.replace("as=download", "as=preview"), given.download.replace("until=1", "until=2")] {
        assert_eq!(house.get(&image_tag, path(&forged)).await.code(), "not_found", "{forged}");
    }
}

#[actix_rt::test]
async fn files_of_other_types_and_sizes_are_refused_and_leave_nothing() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    let chat = chat(&house, site).await;
    let large = vec![b'a'; 25 * 1024 * 1024 + 1];
    for (name, bytes, status, code) in [
        ("page.html", b"<!doctype html><script>alert(1)</script>".to_vec(), 422, "file_type_refused"),
        ("logo.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), 422, "file_type_refused"),
        ("photo.png", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0 a program".to_vec(), 422, "file_type_refused"),
        ("empty.txt", Vec::new(), 422, "file_type_refused"),
        ("large.txt", large, 413, "file_too_large"),
    ] {
        let answer = visitor_uploads(&house, &chat, name, bytes).await;
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{name}: {answer:?}");
    }
    assert_eq!(std::fs::read_dir(house.folder.path().join("files")).unwrap().count(), 0);
    assert_eq!(std::fs::read_dir(house.folder.path().join("tmp/uploads")).unwrap().count(), 0);

    let form = TestRequest::post()
        .uri(&format!("/w/v1/conversations/{}/documents", chat.id))
        .insert_header(("content-type", "text/plain"))
        .set_payload("a form of another page");
    assert_eq!(house.ask(&chat.browser, form).await.code(), "wrong_media_type");
}

#[actix_rt::test]
async fn a_visitor_reaches_nothing_of_another_visitor() {
    let house = House::open().await;
    let (site, other) = (house.ready_site("Lampes").await, house.ready_site("Chaises").await);
    let (mut mine, theirs, abroad) = (chat(&house, site).await, chat(&house, site).await, chat(&house, other).await);
    let file = document(&visitor_uploads(&house, &mine, "a.txt", b"mine".to_vec()).await);
    mine.share(&house, Author::Visitor {}, file.clone()).await;

    let (events, documents) =
        (format!("/w/v1/conversations/{}/events", mine.id), format!("/w/v1/conversations/{}/documents", mine.id));
    let address = format!("/w/v1/documents/{}/address", file.id);
    assert_eq!(house.get(&mine.browser, &events).await.status, StatusCode::OK);
    assert_eq!(house.get(&mine.browser, &address).await.status, StatusCode::OK);
    for stranger in [&theirs.browser, &abroad.browser] {
        assert_eq!(house.get(stranger, &events).await.code(), "not_found");
        assert_eq!(house.get(stranger, &address).await.code(), "not_found");
        assert_eq!(upload(&house, stranger, &documents, "a.txt", b"x".to_vec()).await.code(), "not_found");
    }
    let nobody = Browser::on(STORE);
    assert_eq!(house.get(&nobody, &events).await.code(), "not_signed_in");
    let mut stolen = mine.browser.clone();
    stolen.set("origin", "https://evil.example");
    assert_eq!(house.get(&stolen, &events).await.code(), "origin_refused");
}

#[actix_rt::test]
async fn a_visitor_sees_no_note_and_its_number_is_not_missing() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    let mut chat = chat(&house, site).await;
    let (camille, _) = agent(&house, "Camille", &chat).await;
    chat.taken_by(&house, camille.clone()).await;
    chat.note(&house, camille.clone(), "a difficult one").await;
    chat.closed_by(&house, camille).await;
    let answer = house.get(&chat.browser, &format!("/w/v1/conversations/{}/events?limit=50", chat.id)).await;
    assert!(!String::from_utf8_lossy(&answer.body).contains("difficult"));
    let page = answer.json();
    let numbers: Vec<_> =
        page["events"].as_array().unwrap().iter().map(|event| event["seq"].as_u64().unwrap()).collect();
    assert_eq!((numbers, &page["head"]), (vec![1, 2, 3, 4, 5], &5.into()));
    let late = visitor_uploads(&house, &chat, "a.txt", b"too late".to_vec()).await;
    assert_eq!(late.code(), "conversation_closed");
}

#[actix_rt::test]
async fn the_twenty_first_file_of_a_day_is_refused() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    let (chat, other) = (chat(&house, site).await, chat(&house, site).await);
    for number in 0..20 {
        document(&visitor_uploads(&house, &chat, "a.txt", format!("file {number}").into_bytes()).await);
    }
    let refused = visitor_uploads(&house, &chat, "a.txt", b"one more".to_vec()).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "quota_reached"));
    document(&visitor_uploads(&house, &other, "a.txt", b"somebody else's first".to_vec()).await);
}

#[actix_rt::test]
async fn the_sweep_takes_old_bytes_that_no_row_names_and_nothing_else() {
    let house = House::open().await;
    let site = house.ready_site("Lampes").await;
    let chat = chat(&house, site).await;
    let named = document(&visitor_uploads(&house, &chat, "a.txt", b"named".to_vec()).await).id;
    let folder = &house.front.folder;
    let (old, young) = (DocumentId(uuid::Uuid::now_v7()), DocumentId(uuid::Uuid::now_v7()));
    for id in [old, young] {
        let mut draft = folder.begin(id).await.unwrap();
        draft.write(b"orphan").await.unwrap();
        draft.keep().await.unwrap();
    }
    let long_ago = std::time::SystemTime::now() - ORPHAN_SECONDS * 2;
    for id in [old, named] {
        folder.read(id).await.unwrap().into_std().await.set_modified(long_ago).unwrap();
    }
    assert_eq!(house.front.sweep().await.unwrap(), 1);
    assert!(folder.read(old).await.is_err());
    assert!(folder.read(young).await.is_ok() && folder.read(named).await.is_ok());
}
