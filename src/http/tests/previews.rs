//! A file that nobody recognises, from the upload through the mapping to the catalog, and
//! what is remembered of it.

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;
use comptoir_catalog::feed::bounds::SOURCES_MAX;
use serde_json::{Value, json};

use super::catalog::settled;
use super::{Answer, Browser, House};
use crate::protocol::SiteId;
use crate::protocol::session::Role;

const POELES: &str = "Code interne;Intitulé;PU HT;Dispo;Récupérateurs\n\
    P-1;Poêle Ardoise;890,00;Rupture définitive;Air, eau\n\
    P-2;Poêle Brume;1 090,00;en stock;EAU\n\
    P-3;Poêle Cendre;12,9O;en stock;air\n";

struct Scene {
    house: House,
    site: SiteId,
    admin: Browser,
}

impl Scene {
    async fn open() -> Self {
        let house = House::open().await;
        let site = house.site("Poêles").await;
        house.person("Ada", Role::Admin, &[]).await;
        let admin = house.signed_in("Ada").await;
        Self { house, site, admin }
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/sites/{}/catalog/{rest}", self.site)
    }

    async fn upload(&self, to: &str, file: &str) -> Answer {
        let request = TestRequest::post()
            .uri(&self.path(to))
            .insert_header(("x-comptoir-upload", "1"))
            .insert_header(("x-comptoir-name", "poeles.csv"))
            .set_payload(file.to_owned());
        self.house.ask(&self.admin, request).await
    }

    /// The preview of a file, as the console first shows it.
    async fn preview(&self, file: &str) -> Value {
        let answer = self.upload("previews", file).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        answer.json()
    }

    async fn import(&self, accepted: Answer) -> Value {
        assert_eq!(accepted.status, StatusCode::ACCEPTED, "{accepted:?}");
        let id = accepted.json()["id"].as_str().unwrap().to_owned();
        settled(&self.house, &self.admin, self.site, &id).await
    }

    async fn feed(&self) -> Value {
        self.house.get(&self.admin, &self.path("feeds")).await.json()[0].clone()
    }
}

fn field_of(preview: &Value, column: &str) -> String {
    let columns = preview["columns"].as_array().unwrap();
    let found = columns.iter().find(|known| known["name"] == column).unwrap();
    format!("{} {}", found["field"]["type"].as_str().unwrap(), found["confidence"].as_str().unwrap())
}

/// What the merchant says on the screen: the rate, and what two columns' words mean.
fn said(preview: &Value) -> Value {
    let mut settings = preview["settings"].clone();
    settings["tax_rate"] = json!(2000);
    let columns = settings["mapping"]["columns"].as_array_mut().unwrap();
    columns.push(json!({"column": "Récupérateurs", "field": {"type": "attribute", "name": "récupération"}}));
    settings["mapping"]["values"] = json!([
        {"column": "Dispo", "from": "rupture définitive", "to": ["out_of_stock"]},
        {"column": "Récupérateurs", "from": "air", "to": ["Air chaud"]},
        {"column": "Récupérateurs", "from": "eau", "to": ["Eau chaude", "Chauffage central"]},
    ]);
    settings
}

#[actix_web::test]
async fn a_file_that_nobody_recognises_goes_through_the_mapping_into_the_catalog() {
    let scene = Scene::open().await;
    let seen = scene.preview(POELES).await;
    assert_eq!(seen["missing"], json!(["tax_rate"]));
    assert_eq!((&seen["rows"], &seen["products"], &seen["rejected"]), (&json!(3), &json!(2), &json!(1)));
    assert!(field_of(&seen, "PU HT").starts_with("price_without_tax"), "{seen}");
    assert_eq!(field_of(&seen, "Récupérateurs"), "attribute none");
    assert_eq!(seen["columns"][4]["distinct"].as_array().unwrap().len(), 3);
    assert_eq!(scene.house.get(&scene.admin, &scene.path("status")).await.json()["products"], 0);

    let settings = said(&seen);
    let again = scene.path(&format!("previews/{}", seen["id"].as_str().unwrap()));
    let tried = scene.house.post(&scene.admin, &again, json!({ "settings": settings })).await.json();
    assert_eq!((&tried["missing"], &tried["fault"]), (&json!([]), &Value::Null), "{tried}");
    assert_eq!(tried["examples"][0]["price"], json!({"minor": 106_800, "currency": "EUR", "decimals": 2}));
    assert_eq!(tried["examples"][0]["availability"], "out_of_stock");
    assert_eq!(scene.feed().await["settings"]["mapping"], Value::Null, "looking saves nothing");

    let body = json!({"preview": seen["id"], "settings": tried["settings"]});
    let run = scene.import(scene.house.post(&scene.admin, &scene.path("imports"), body.clone()).await).await;
    assert_eq!((&run["state"]["type"], &run["file"]), (&json!("done"), &json!("poeles.csv")), "{run}");
    let product = scene.house.get(&scene.admin, &scene.path("products/P-1")).await.json();
    assert_eq!(
        product["attributes"],
        json!([{"name": "récupération", "values": ["Air chaud", "Eau chaude", "Chauffage central"]}])
    );
    let gone = scene.house.post(&scene.admin, &scene.path("imports"), body).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND, "an upload is imported once");

    let csv = scene.path(&format!("imports/{}/rejected.csv", run["id"].as_str().unwrap()));
    let csv = scene.house.get(&scene.admin, &csv).await;
    assert!(csv.header("content-disposition").contains("rejected.csv"));
    let csv = String::from_utf8(csv.body.to_vec()).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("\u{feff}line,code,"), "else a spreadsheet takes the accents for something else");
    assert!(lines[0].ends_with(",what to do,Code interne,Intitulé,PU HT,Dispo,Récupérateurs"), "{csv}");
    assert!(lines[1].starts_with("4,unreadable_price,PU HT,\"12,9O\","), "{csv}");
    assert!(lines[1].ends_with(",P-3,Poêle Cendre,\"12,9O\",en stock,air"), "{csv}");
}

#[actix_web::test]
async fn refused_rows_are_corrected_and_imported_as_they_were_downloaded() {
    let scene = Scene::open().await;
    let file = "Réf,Titre,Prix,Lien\nL1,Lampe,10.00,https://shop.example/1\n\
        L2,\"=Lampe, dorée\",cher,https://shop.example/2\n";
    let run = scene.import(scene.upload("imports", file).await).await;
    assert_eq!((&run["report"]["products"], &run["report"]["rejected"]), (&json!(1), &json!(1)), "{run}");
    let csv = scene.path(&format!("imports/{}/rejected.csv", run["id"].as_str().unwrap()));
    let csv = String::from_utf8(scene.house.get(&scene.admin, &csv).await.body.to_vec()).unwrap();
    assert!(csv.contains(",L2,\"'=Lampe, dorée\",cher,"), "{csv}");

    let held = scene.import(scene.upload("imports", &csv.replace(",cher,https", ",12.50,https")).await).await;
    assert_eq!(held["state"]["type"], "awaits_confirmation", "it has only the row that was refused: {held}");
    let confirm = scene.path(&format!("imports/{}/confirm", held["id"].as_str().unwrap()));
    scene.house.post(&scene.admin, &confirm, json!({})).await;
    settled(&scene.house, &scene.admin, scene.site, held["id"].as_str().unwrap()).await;
    let lamp = scene.house.get(&scene.admin, &scene.path("products/L2")).await.json();
    assert_eq!((&lamp["title"], &lamp["variants"][0]["price"]["minor"]), (&json!("=Lampe, dorée"), &json!(1250)));
}

#[actix_web::test]
async fn a_mapping_is_used_again_until_the_header_changes() {
    let scene = Scene::open().await;
    let seen = scene.preview(POELES).await;
    let body = json!({"preview": seen["id"], "settings": said(&seen)});
    scene.import(scene.house.post(&scene.admin, &scene.path("imports"), body).await).await;
    let saved = scene.feed().await;
    assert_eq!(saved["settings"]["mapping"]["header"].as_array().unwrap().len(), 5);

    let next = POELES.replace("12,9O", "12,90");
    let run = scene.import(scene.upload("imports", &next).await).await;
    assert_eq!((&run["state"]["type"], &run["report"]["added"]), (&json!("done"), &json!(1)), "{run}");

    let changed = next.replace("PU HT", "Prix net");
    let run = scene.import(scene.upload("imports", &changed).await).await;
    assert_eq!(run["state"]["type"], "refused");
    let reason = &run["report"]["reasons"][0];
    assert_eq!((&reason["code"], &reason["names"]), (&json!("header_changed"), &json!(["PU HT", "Prix net"])), "{run}");
    assert_eq!(reason["numbers"], json!({"gone": 1, "added": 1}));
    let fewer: String = next.lines().take(2).map(|line| format!("{line}\n")).collect();
    let held = scene.import(scene.upload("imports", &fewer).await).await;
    assert_eq!(held["state"]["type"], "awaits_confirmation", "{held}");
    assert_eq!(held["report"]["reasons"][0]["code"], "removes_products");
    assert_eq!(held["report"]["reasons"][0]["numbers"], json!({"removed": 2, "products": 3}));
    let cancel = scene.path(&format!("imports/{}/cancel", held["id"].as_str().unwrap()));
    scene.house.post(&scene.admin, &cancel, json!({})).await;
    let seen = scene.preview(&changed).await;
    assert_eq!((&seen["added_columns"], &seen["removed_columns"]), (&json!(["Prix net"]), &json!(["PU HT"])));
    assert_eq!(field_of(&seen, "Récupérateurs"), "attribute certain");
}

#[actix_web::test]
async fn a_mapping_that_contradicts_itself_is_told_beside_the_columns() {
    let scene = Scene::open().await;
    let seen = scene.preview(POELES).await;
    let again = scene.path(&format!("previews/{}", seen["id"].as_str().unwrap()));
    let mut settings = seen["settings"].clone();
    settings["mapping"]["columns"] = json!([
        {"column": "Code interne", "field": {"type": "title"}}, {"column": "Intitulé", "field": {"type": "title"}},
    ]);
    let told = scene.house.post(&scene.admin, &again, json!({ "settings": settings })).await.json();
    assert_eq!(told["fault"]["code"], "field_mapped_twice");
    assert_eq!(told["columns"].as_array().unwrap().len(), 5);
    settings["currency"] = json!("EURO");
    let refused = scene.house.post(&scene.admin, &again, json!({ "settings": settings })).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_value"));
    let empty = scene.preview("").await;
    assert_eq!(empty["fault"]["code"], "empty_file");
    for status in [StatusCode::NO_CONTENT, StatusCode::NOT_FOUND] {
        let answer = scene.house.send(&scene.admin, Method::DELETE, &again, Some(json!({}))).await;
        assert_eq!(answer.status, status);
    }
}

#[actix_web::test]
async fn each_language_has_a_feed_of_its_own() {
    let scene = Scene::open().await;
    let english = "id,title,price,link\nP-1,Slate stove,1068.00 EUR,https://shop.example/1\n";
    scene.import(scene.upload("imports?lang=en", english).await).await;
    let settings = json!({"currency": "CHF", "tax_rate": 810});
    let path = scene.path("feeds/de-CH");
    let refused = scene.house.patch(&scene.admin, &path, json!({ "settings": settings })).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "a language is two or three letters");
    let saved = scene.house.patch(&scene.admin, &scene.path("feeds/de"), json!({ "settings": settings })).await.json();
    assert_eq!((&saved["settings"]["tax_rate"], &saved["products"]), (&json!(810), &json!(0)));
    let feeds = scene.house.get(&scene.admin, &scene.path("feeds")).await.json();
    let langs: Vec<&str> = feeds.as_array().unwrap().iter().map(|feed| feed["lang"].as_str().unwrap()).collect();
    assert_eq!(langs, ["fr", "de", "en"], "the site's own comes first");
    assert_eq!((&feeds[2]["products"], &feeds[2]["restorable"]), (&json!(1), &json!(false)));

    let strange = json!({"address": {"url": "http://elsewhere.example/f.csv", "every_hours": 6}});
    let refused = scene.house.patch(&scene.admin, &scene.path("feeds/fr"), strange).await;
    let fault = &refused.json()["fields"][0];
    assert_eq!((&fault["field"], &fault["code"]), (&json!("address.url"), &json!("other_host")), "{refused:?}");
    let fetch = scene.house.post(&scene.admin, &scene.path("feeds/fr/fetch"), json!({})).await;
    assert_eq!(fetch.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[actix_web::test]
async fn the_import_before_is_restored_by_one_request() {
    let scene = Scene::open().await;
    let file = |price: &str| format!("id,title,price,link\nP-1,Poêle,{price} EUR,https://shop.example/1\n");
    let price = async || {
        let product = scene.house.get(&scene.admin, &scene.path("products/P-1")).await.json();
        product["variants"][0]["price"]["minor"].clone()
    };
    let restore = async || scene.house.post(&scene.admin, &scene.path("imports/restore"), json!({})).await;
    assert_eq!(restore().await.status, StatusCode::UNPROCESSABLE_ENTITY, "there is nothing yet");
    scene.import(scene.upload("imports", &file("10.00")).await).await;
    scene.import(scene.upload("imports", &file("12.00")).await).await;
    assert_eq!((price().await, &scene.feed().await["restorable"]), (json!(1200), &json!(true)));

    let run = scene.import(restore().await).await;
    assert_eq!((&run["state"]["type"], &run["from"]), (&json!("done"), &json!("restore")), "{run}");
    assert_eq!(price().await, json!(1000));
}

#[actix_web::test]
async fn combinations_wait_for_the_products_that_they_are_of() {
    let scene = Scene::open().await;
    let combinations = "Product ID*;Attribute (Name:Type:Position)*;Value (Value:Position)*;Reference;Impact on price\n\
        1;Taille:select:0;S:0;CH-S;0\n1;Taille:select:0;L:1;CH-L;2.00\n";
    let products = "Product ID;Active (0/1);Name *;Price tax excluded;Reference #;Quantity\n1;1;Chemise;10.00;CH;5\n";
    let seen = scene.preview(combinations).await;
    assert_eq!((&seen["missing"], &seen["fault"]["code"]), (&json!(["products"]), &json!("combinations_alone")));
    let both = scene.upload(&format!("previews?with={}", seen["id"].as_str().unwrap()), products).await.json();
    assert_eq!((&both["id"], &both["missing"]), (&seen["id"], &json!(["tax_rate"])), "{both}");

    let mut settings = both["settings"].clone();
    settings["tax_rate"] = json!(2000);
    let body = json!({"preview": seen["id"], "settings": settings});
    let run = scene.import(scene.house.post(&scene.admin, &scene.path("imports"), body).await).await;
    assert_eq!((&run["state"]["type"], &run["report"]["products"]), (&json!("done"), &json!(1)), "{run}");
    let shirt = scene.house.get(&scene.admin, &scene.path("products/1")).await.json();
    let prices: Vec<&Value> =
        shirt["variants"].as_array().unwrap().iter().map(|card| &card["price"]["minor"]).collect();
    assert_eq!(prices, [&json!(1200), &json!(1440)]);
}

#[actix_web::test]
async fn a_file_that_is_not_put_to_a_preview_is_not_kept() {
    let scene = Scene::open().await;
    let lying = || std::fs::read_dir(scene.house.folder.path().join("tmp/previews")).unwrap().count();
    let seen = scene.preview(POELES).await;
    let with = format!("previews?with={}", seen["id"].as_str().unwrap());
    for _ in 1..SOURCES_MAX {
        let taken = scene.upload(&with, POELES).await;
        assert_eq!(taken.status, StatusCode::CREATED, "{taken:?}");
    }
    let refused = scene.upload(&with, POELES).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_value"));
    assert_eq!(refused.json()["message"], "There are too many files in this feed already.");
    // By this a client tells it from another value that does not fit.
    assert_eq!(refused.json()["fields"][0]["code"], "too_many_files");
    assert_eq!(lying(), 1);
}
