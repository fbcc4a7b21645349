//! What is suggested, and why: small shops in which the right answer is plain.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

mod common;
#[path = "suggest/shop.rs"]
mod shop;

use comptoir_catalog::index::IndexFault;
use comptoir_catalog::model::{Currency, Product, ProductId};
use comptoir_catalog::suggest::{Constraint, Page, Reason, SuggestFault, Suggestion, Suggestions, Talk};
use comptoir_catalog::words::Lang;
use serde_json::json;
use shop::Shop;

/// `id`, title, path, cents, colours (one variant each, `-` before one out of stock), similar, goes with.
type Row = (&'static str, &'static str, &'static str, i64, &'static str, &'static str, &'static str);

const MAISON: &[Row] = &[
    ("L1", "Lampe de bureau Argo", "Maison>Luminaires>Lampes", 4500, "Noir Bleu", "L3", "A1"),
    ("L2", "Lampe de chevet Lune", "Maison>Luminaires>Lampes", 5900, "Blanc", "", ""),
    ("L3", "Lampadaire Tige", "Maison>Luminaires>Lampadaires", 12_900, "Noir", "", ""),
    ("L4", "Lampe de table Orage", "Maison>Luminaires>Lampes", 8900, "Bleu", "", ""),
    ("L5", "Lampe de poche Éclair", "Maison>Luminaires>Lampes", 1500, "-Noir", "", ""),
    ("L6", "Lampe à poser Galet", "Maison>Luminaires>Lampes", 3900, "Noir -Bleu", "", ""),
    ("A1", "Ampoule douce E27", "Maison>Luminaires>Ampoules", 600, "Blanc", "", ""),
    ("C1", "Canapé Nuage", "Maison>Salon>Canapés", 89_900, "Bleu Gris", "", ""),
    ("C2", "Coussin Nuage", "Maison>Salon>Coussins", 2500, "Bleu", "", ""),
    ("T1", "Tapis Mer", "Maison>Salon>Tapis", 19_900, "Bleu", "", ""),
    ("J1", "Jeu de dames", "Jeux>Plateaux>Jeux de société", 2200, "Noir", "", ""),
];

/// Of the blue lamp, and of nothing else.
const GTIN: &str = "4006381333931";

fn product(row: &Row) -> Product {
    let (id, title, path, cents, colours, similar, goes_with) = row;
    let variant = |colour: &str| {
        let name = colour.trim_start_matches('-');
        json!({
            "sku": format!("{id}-{}", name.to_uppercase()),
            "gtin": (format!("{id}-{name}") == "L1-Bleu").then_some(GTIN),
            "options": [{"name": "Couleur", "value": name}],
            "price": {"regular": {"minor": cents, "currency": "EUR"}},
            "availability": if colour.starts_with('-') { "out_of_stock" } else { "in_stock" },
        })
    };
    let list = |text: &str| text.split(' ').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    serde_json::from_value(json!({
        "id": id, "title": title, "published": true,
        "categories": [path.split('>').collect::<Vec<_>>()],
        "link": format!("https://maison.example/produits/{}", id.to_lowercase()),
        "similar": list(similar), "complementary": list(goes_with),
        "variants": colours.split(' ').map(variant).collect::<Vec<_>>(),
    }))
    .unwrap()
}

fn maison() -> Shop {
    Shop::of(MAISON.iter().map(product).collect(), Lang::Fr)
}

fn talk<'t>(messages: &'t [String]) -> Talk<'t> {
    Talk {
        messages,
        answers: &[],
        page: Page::default(),
        cart: &[],
        recommended: &[],
        unsaid: &[],
        lang: Lang::Fr,
        currency: Currency::EUR,
        now: 0,
        deadline: None,
    }
}

fn said(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn ids(list: &[Suggestion]) -> Vec<&str> {
    list.iter().map(|one| one.product.id.as_str()).collect()
}

fn ask(texts: &[&str]) -> Suggestions {
    maison().suggest(&talk(&said(texts))).unwrap()
}

fn on_page(texts: &[&str], sku: &str) -> Suggestions {
    let messages = said(texts);
    let page = Page { sku: Some(sku.to_owned()), ..Page::default() };
    maison().suggest(&Talk { page, ..talk(&messages) }).unwrap()
}

#[test]
fn lamps_below_sixty_euros_are_suggested_with_their_reasons() {
    let found = ask(&["Bonjour", "une lampe à moins de 60 euros"]);
    assert!(!found.relaxed);
    let ids = ids(&found.suggestions);
    assert!(ids.contains(&"L1") && ids.contains(&"L2") && ids.contains(&"L6"), "{ids:?}");
    assert!(!ids.contains(&"L4") && !ids.contains(&"C2"), "{ids:?}");
    // What is sold out comes last, if at all.
    assert_ne!(ids[0], "L5");
    let reasons = &found.suggestions[0].reasons;
    assert_eq!(reasons[0], Reason::Words { words: vec!["lampe".to_owned()] });
    let meets = |reason: &Reason| matches!(reason, Reason::Meets { constraint: Constraint::Price { said, .. } } if said == "moins de 60 euros");
    assert!(reasons.iter().any(meets), "{reasons:?}");
    assert!(reasons.contains(&Reason::InStock));
}

#[test]
fn a_colour_that_no_longer_matters_is_neither_filtered_nor_searched() {
    let words = |texts: &[&str]| {
        let found = ask(texts);
        let said = |reason: &Reason| match reason {
            Reason::Words { words } => words.clone(),
            _ => Vec::new(),
        };
        let reasons = found.suggestions.iter().flat_map(|one| &one.reasons);
        (found.constraints.values.len(), reasons.flat_map(said).any(|word| word.starts_with("bleu")))
    };
    assert_eq!(words(&["une lampe en bleu"]), (1, true));
    assert_eq!(words(&["une lampe en bleu", "peu importe la couleur"]), (0, false));
    assert_eq!(words(&["une lampe en bleu", "finalement en noir"]), (1, false));
}

#[test]
fn the_variant_that_fits_all_of_it_is_the_one_suggested() {
    let found = ask(&["une lampe bleue", "en stock"]);
    // L6 has a blue one, but it is sold out: only its black one is in stock.
    let mut skus: Vec<_> = found.suggestions.iter().map(|one| one.sku.as_ref().unwrap().as_str()).collect();
    skus.sort_unstable();
    assert_eq!(skus, ["L1-BLEU", "L4-BLEU"]);
}

#[test]
fn a_refused_colour_never_comes_back() {
    let found = ask(&["une lampe, surtout pas en noir"]);
    assert!(!found.suggestions.is_empty());
    for one in &found.suggestions {
        assert!(!one.sku.as_ref().unwrap().as_str().ends_with("NOIR"), "{:?}", one.sku);
    }
}

#[test]
fn what_is_said_later_replaces_what_was_said_before() {
    let found = ask(&["une lampe bleue", "finalement plutôt en blanc"]);
    assert_eq!(ids(&found.suggestions), ["L2"]);
    let found = ask(&["une lampe à moins de 20 euros", "bon, moins de 50 euros"]);
    assert_eq!(found.constraints.price.unwrap().highest(), Some(4999));
}

#[test]
fn when_nothing_fits_the_nearest_are_shown_and_marked() {
    let found = ask(&["une lampe blanche à moins de 30 euros"]);
    assert!(found.relaxed);
    assert!(!found.suggestions.is_empty());
    assert!(found.suggestions.iter().all(|one| one.breaks.len() == 1), "{:?}", ids(&found.suggestions));
    assert_eq!(ids(&found.suggestions), ["L2", "L5"]);
    let white = found.suggestions.iter().find(|one| one.product.id.as_str() == "L2").unwrap();
    assert!(matches!(white.breaks[0], Constraint::Price { .. }));
}

#[test]
fn another_currency_is_said_and_not_applied() {
    let found = ask(&["une lampe à moins de 20 dollars"]);
    assert!(!found.relaxed);
    assert!(found.suggestions.len() > 2);
    let other = Constraint::OtherCurrency { currency: "USD".to_owned(), said: "moins de 20 dollars".to_owned() };
    assert_eq!(found.constraints.list(), [other]);
}

#[test]
fn a_greeting_asks_for_nothing() {
    for greeting in ["bonjour", "Bonjour, merci !", "ok parfait", "👋"] {
        let found = ask(&[greeting]);
        assert!(found.suggestions.is_empty(), "{greeting}: {:?}", ids(&found.suggestions));
        assert!(found.similar.is_empty() && found.complementary.is_empty());
    }
    let found = on_page(&["bonjour"], "L1-NOIR");
    assert!(found.suggestions.is_empty());
    assert!(!found.similar.is_empty());
}

#[test]
fn the_feeds_links_come_first_then_the_class_decides() {
    let found = on_page(&[], "L1-NOIR");
    assert_eq!(found.on_page.as_ref().unwrap().id.as_str(), "L1");
    assert_eq!(found.similar[0].product.id.as_str(), "L3");
    assert!(matches!(found.similar[0].reasons[0], Reason::SimilarByFeed { .. }));
    for one in &found.similar[1..] {
        assert_eq!(one.product.class(), Some("Lampes"));
        assert!(matches!(one.reasons[0], Reason::SimilarToPage { .. }));
    }
    assert_eq!(ids(&found.complementary), ["A1"]);
    assert!(matches!(found.complementary[0].reasons[0], Reason::GoesWithByFeed { .. }));
}

#[test]
fn without_links_what_goes_with_it_is_of_another_class_under_its_root() {
    let found = on_page(&[], "C1-BLEU");
    let goes_with = ids(&found.complementary);
    assert!(goes_with.contains(&"C2"), "{goes_with:?}");
    assert!(!goes_with.contains(&"J1"));
    let classes: Vec<_> = found.complementary.iter().map(|one| one.product.class().unwrap()).collect();
    let mut once = classes.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), classes.len(), "{classes:?}");
    assert!(on_page(&[], "J1-NOIR").complementary.is_empty());
}

#[test]
fn the_page_is_known_by_sku_then_gtin_then_id_then_its_address() {
    let shop = maison();
    for page in [
        Page { sku: Some("L1-BLEU".into()), id: Some("C1".into()), ..Page::default() },
        Page { gtin: Some(GTIN.into()), id: Some("C1".into()), ..Page::default() },
        Page { sku: Some("unknown".into()), gtin: Some(GTIN.into()), ..Page::default() },
        Page { sku: Some("unknown".into()), id: Some("L1".into()), ..Page::default() },
        Page { url: Some("https://maison.example/produits/l1?utm=1#avis".into()), ..Page::default() },
        Page { url: Some("https://maison.example/produits/l1/".into()), ..Page::default() },
    ] {
        let found = shop.suggest(&Talk { page: page.clone(), ..talk(&[]) }).unwrap();
        assert_eq!(found.on_page.unwrap().id.as_str(), "L1", "{page:?}");
    }
    let front = Page { url: Some("https://maison.example/".into()), ..Page::default() };
    assert_eq!(shop.suggest(&Talk { page: front, ..talk(&[]) }).unwrap().on_page, None);
}

#[test]
fn the_page_answers_questions_that_name_nothing() {
    let cheaper = on_page(&["vous avez moins cher ?"], "L1-NOIR");
    assert_eq!(ids(&cheaper.suggestions), ["L6", "L5"]);
    let blue = on_page(&["la même en bleu ?"], "L1-NOIR");
    assert_eq!(blue.suggestions[0].sku.as_ref().unwrap().as_str(), "L1-BLEU");
    assert_eq!(blue.suggestions[0].reasons[0], Reason::OnPage);
    assert_eq!(ids(&blue.suggestions)[1..], ["L4", "L6"]);
}

#[test]
fn a_category_on_the_page_is_listed_and_limits_what_names_nothing() {
    let shop = maison();
    let page = Page { categories: said(&["Maison", "Salon"]), ..Page::default() };
    let found = shop.suggest(&Talk { page: page.clone(), ..talk(&said(&["bonjour"])) }).unwrap();
    let mut listed = ids(&found.suggestions);
    listed.sort_unstable();
    assert_eq!(listed, ["C1", "C2", "T1"]);
    assert!(found.suggestions[0].reasons.contains(&Reason::InCategory { name: "Salon".to_owned() }));
    let found = shop.suggest(&Talk { page, ..talk(&said(&["quelque chose à moins de 50 euros"])) }).unwrap();
    assert_eq!(ids(&found.suggestions), ["C2"]);
}

#[test]
fn what_is_in_the_cart_or_was_recommended_is_left_out() {
    let shop = maison();
    let messages = said(&["une lampe à moins de 60 euros"]);
    let cart = said(&["L1-BLEU", "gone"]);
    let recommended = [ProductId::new("L2").unwrap()];
    let found = shop.suggest(&Talk { cart: &cart, recommended: &recommended, ..talk(&messages) }).unwrap();
    let ids = ids(&found.suggestions);
    assert_eq!(ids[0], "L6");
    assert!(!ids.contains(&"L1") && !ids.contains(&"L2"), "{ids:?}");
}

#[test]
fn the_bots_answers_count_like_older_messages() {
    let shop = maison();
    let answers = said(&["Lampes", "Moins de 50 €"]);
    let messages = said(&["en noir si possible"]);
    let found = shop.suggest(&Talk { answers: &answers, ..talk(&messages) }).unwrap();
    assert_eq!(ids(&found.suggestions)[..2], ["L1", "L6"]);
}

#[test]
fn a_typing_error_finds_the_lamp_all_the_same() {
    let found = ask(&["une lanpe bleu svp"]);
    let mut first = ids(&found.suggestions)[..2].to_vec();
    first.sort_unstable();
    assert_eq!(first, ["L1", "L4"]);
}

#[test]
fn a_deadline_that_has_passed_is_a_fault_not_a_wait() {
    let shop = Shop::of(
        (0..5_000)
            .map(|number| {
                let mut lamp = product(&MAISON[0]);
                lamp.id = ProductId::new(&format!("X{number}")).unwrap();
                lamp
            })
            .collect(),
        Lang::Fr,
    );
    let messages = said(&["une lampe"]);
    let late = Talk { deadline: Some(std::time::Instant::now()), ..talk(&messages) };
    assert!(matches!(shop.suggest(&late), Err(SuggestFault::Index(IndexFault::TooSlow))));
}

#[test]
fn no_talk_breaks_the_suggestions() {
    let shop = maison();
    for text in
        ["(((", "\u{0}", "9".repeat(4_000).as_str(), "pas ".repeat(2_000).as_str(), "lampe ".repeat(900).as_str(), ""]
    {
        shop.suggest(&talk(&said(&[text, text, text, text]))).unwrap();
    }
}

#[test]
fn prices_are_read_in_the_currency_that_the_products_have() {
    let mut lamp = product(&MAISON[0]);
    for variant in &mut lamp.variants {
        variant.price.as_mut().unwrap().regular.currency = Currency::USD;
    }
    let shop = Shop::of(vec![lamp], Lang::Fr);
    // The talk says euros, as a site may: the products know better.
    let found = shop.suggest(&talk(&said(&["une lampe à moins de 50 dollars"]))).unwrap();
    assert_eq!(found.constraints.price.unwrap().highest(), Some(4999));
    assert_eq!(ids(&found.suggestions), ["L1"]);
}
