//! The pages of the demo store, each as a whole document.
//!
//! A page that does not exist is `None`; [`super::serve`] turns it into the
//! page that says so.

use std::cmp::Ordering;

use super::goods::{Category, Product, Variant};
use super::html::{Html, escape};
use super::parts::{Fixed, Head, cards, category_path, document, picked, pieces, price, render, shelf_text};
use super::picture::{scene_path, together_path};
use super::words::Language;
use super::{DemoStore, Shelf, choose, jsonld, sieve};

/// Shown first on the home page, by product code.
const FAVOURITES: [&str; 8] = ["MAR", "VIG", "PHA", "ROS", "CAB", "VAR", "QUA", "HUB"];
/// Products beside a product, from the same shelf.
const RELATED_MAX: usize = 4;
/// Products of the home page's sale.
const BARGAINS_MAX: usize = 4;
/// From here down the page says how many are left.
const FEW: u32 = 3;

pub(super) fn home(store: &DemoStore, language: Language) -> String {
    let shelf = store.shelf(language);
    let goods = &shelf.goods;
    let first_shelf = goods.categories.first().map(|first| category_path(language, first));
    let tiles = goods.categories.iter().enumerate().map(|(place, category)| {
        Html::markup(format!(
            r#"<li class="tile tone-{place}"><a href="{}">{}</a><p>{}</p><img src="{}" alt="" width="700" height="460" loading="lazy"></li>"#,
            category_path(language, category),
            escape(&category.name),
            escape(&pieces(shelf, goods.within(&category.name).count())),
            scene_path(&place.to_string()),
        ))
    });
    let bargains =
        goods.products.iter().filter(|product| product.on_sale() && !FAVOURITES.contains(&product.code.as_str()));
    let slots = [
        ("first_shelf", Html::text(&first_shelf.unwrap_or_default())),
        ("tiles", Html::join(tiles)),
        ("favourites", cards(shelf, picked(goods, &FAVOURITES))),
        ("bargains", cards(shelf, bargains.rev().take(BARGAINS_MAX))),
    ];
    let main = render(shelf, include_str!("../../demo/pages/home.html"), &slots);
    let head = Head {
        title: shelf.words.get("home_title").to_owned(),
        description: shelf.words.get("home_description").to_owned(),
        canonical: format!("/{}/", language.code()),
        twin: format!("/{}/", language.other().code()),
        extra: Html::default(),
        category: None,
    };
    document(store, shelf, head, main)
}

pub(super) fn category(store: &DemoStore, language: Language, slug: &str) -> Option<String> {
    let shelf = store.shelf(language);
    let category = shelf.goods.category(slug)?;
    let place = shelf.goods.place_of(category)?;
    let twin = store.shelf(language.other()).goods.categories.get(place)?;
    let count = shelf.goods.within(&category.name).count();
    let slots = [
        ("place", Html::text(&place.to_string())),
        ("name", Html::text(&category.name)),
        ("text", Html::text(shelf_text(shelf, place))),
        ("pieces", Html::text(&pieces(shelf, count))),
        ("filters", sieve::filters(shelf, category)),
        ("products", cards(shelf, shelf.goods.within(&category.name))),
    ];
    let main = render(shelf, include_str!("../../demo/pages/category.html"), &slots);
    let head = Head {
        title: format!("{} · Corlieu", category.name),
        description: shelf.words.with("category_description", &category.name),
        canonical: category_path(language, category),
        twin: category_path(language.other(), twin),
        extra: category_head(store, shelf, category),
        category: Some(category.name.clone()),
    };
    Some(document(store, shelf, head, main))
}

/// Where the shelf stands, for search engines and the widget.
fn category_head(store: &DemoStore, shelf: &Shelf, category: &Category) -> Html {
    let (origin, language) = (store.settings.origin.as_str(), shelf.language);
    let start = (shelf.words.find("home").unwrap_or_default().to_owned(), format!("{origin}/{}/", language.code()));
    let here = (category.name.clone(), format!("{origin}{}", category_path(language, category)));
    Html::markup(format!(r#"<script type="application/ld+json">{}</script>"#, jsonld::of_path(&[start, here])))
}

/// A product; with a SKU, that variant is chosen.
pub(super) fn product(store: &DemoStore, language: Language, slug: &str, sku: Option<&str>) -> Option<String> {
    let shelf = store.shelf(language);
    let product = shelf.goods.by_path(&format!("/{}/p/{slug}", language.code()))?;
    let variant = match sku {
        Some(sku) => product.variant(sku)?,
        None => product.face()?,
    };
    let twin_product = store.shelf(language.other()).goods.by_code(&product.code)?;
    let twin = match sku {
        Some(sku) => twin_product.variant(sku)?.path.clone(),
        None => twin_product.path.clone(),
    };
    let main = product_main(shelf, product, variant);
    let head = Head {
        title: match sku {
            Some(_) => format!("{}, {} · Corlieu", product.title, choice_of(variant)),
            None => format!("{} · Corlieu", product.title),
        },
        description: product.description.clone(),
        canonical: product.path.clone(),
        twin,
        extra: product_head(store, product, variant),
        category: Some(product.category.clone()),
    };
    Some(document(store, shelf, head, main))
}

/// `Corail, 16 cm`
pub(super) fn choice_of(variant: &Variant) -> String {
    match &variant.size {
        Some(size) => format!("{}, {size}", variant.colour),
        None => variant.colour.clone(),
    }
}

fn product_main(shelf: &Shelf, product: &Product, variant: &Variant) -> Html {
    let category = shelf.goods.categories.iter().find(|shelf| shelf.name == product.category);
    let category_link = category.map(|category| category_path(shelf.language, category));
    let (stock_state, stock) = stock_words(shelf, variant);
    let related = shelf
        .goods
        .within(&product.category)
        .filter(|other| other.code != product.code)
        .skip(related_start(product))
        .chain(shelf.goods.within(&product.category).filter(|other| other.code != product.code))
        .take(RELATED_MAX);
    let title = product.title.as_str();
    let slots = [
        ("category_path", Html::text(&category_link.unwrap_or_default())),
        ("category", Html::text(&product.category)),
        ("subcategory", Html::text(&product.subcategory)),
        ("name", Html::text(title)),
        ("description", Html::text(&product.description)),
        ("sku", Html::text(&variant.sku)),
        ("picture", Html::text(&variant.picture)),
        ("picture_alt", Html::text(&format!("{title}, {}", choice_of(variant)))),
        ("detail", Html::text(&variant.detail)),
        ("detail_alt", Html::text(&shelf.words.with("picture_detail", title))),
        ("together", Html::text(&together_path(&product.kind))),
        ("together_alt", Html::text(&shelf.words.with("picture_together", title))),
        ("price", price(shelf, variant)),
        ("options", choose::options(shelf, product, variant)),
        ("quantities", choose::quantities(variant)),
        ("size_guide", choose::size_guide(shelf, product)),
        ("stock_state", Html::text(stock_state)),
        ("stock", Html::text(&stock)),
        ("add_state", Html::markup(if variant.stock == 0 { " disabled" } else { "" })),
        ("facts", facts(shelf, variant)),
        ("related", cards(shelf, related)),
    ];
    render(shelf, include_str!("../../demo/pages/product.html"), &slots)
}

/// Neighbours differ from product to product, and are the same at each visit.
fn related_start(product: &Product) -> usize {
    product.code.bytes().map(usize::from).sum::<usize>() % 3
}

fn stock_words(shelf: &Shelf, variant: &Variant) -> (&'static str, String) {
    match variant.stock {
        0 => ("out", shelf.words.get("sold_out").to_owned()),
        few if few <= FEW => ("few", shelf.words.with("few_left", &few.to_string())),
        _ => ("good", shelf.words.get("in_stock").to_owned()),
    }
}

fn facts(shelf: &Shelf, variant: &Variant) -> Html {
    let rows = [
        ("material", Some(&variant.material)),
        ("colour", Some(&variant.colour)),
        ("size", variant.size.as_ref()),
        ("sku", Some(&variant.sku)),
        ("gtin", Some(&variant.gtin)),
    ];
    Html::join(rows.into_iter().filter_map(|(key, value)| {
        let name = escape(shelf.words.get(key));
        value.map(|value| Html::markup(format!("<div><dt>{name}</dt><dd>{}</dd></div>", escape(value))))
    }))
}

/// Open Graph and JSON-LD, for search engines and for the widget's page context.
fn product_head(store: &DemoStore, product: &Product, variant: &Variant) -> Html {
    let origin = &store.settings.origin;
    let metas = [
        ("og:type", "product".to_owned()),
        ("og:title", product.title.clone()),
        ("og:url", format!("{origin}{}", product.path)),
        ("og:image", format!("{origin}{}", variant.picture)),
        ("product:price:amount", variant.paid().plain()),
        ("product:price:currency", "EUR".to_owned()),
    ];
    let metas = metas
        .iter()
        .map(|(name, value)| Html::markup(format!(r#"<meta property="{name}" content="{}">"#, escape(value))));
    let data = format!(r#"<script type="application/ld+json">{}</script>"#, jsonld::of_product(product, origin));
    Html::join(metas.chain([Html::markup(data)]))
}

/// The pages that are no product's, by the address in their language.
pub(super) fn fixed(store: &DemoStore, language: Language, slug: &str) -> Option<String> {
    let fixed = Fixed::ALL.into_iter().find(|fixed| fixed.slug(language) == slug)?;
    let shelf = store.shelf(language);
    let template = match (fixed, language) {
        (Fixed::Cart, _) => include_str!("../../demo/pages/cart.html"),
        (Fixed::Checkout, _) => include_str!("../../demo/pages/checkout.html"),
        (Fixed::Payment, _) => include_str!("../../demo/pages/payment.html"),
        (Fixed::Thanks, _) => include_str!("../../demo/pages/thanks.html"),
        (Fixed::Delivery, Language::French) => include_str!("../../demo/pages/fr/delivery.html"),
        (Fixed::Delivery, Language::English) => include_str!("../../demo/pages/en/delivery.html"),
        (Fixed::Workshop, Language::French) => include_str!("../../demo/pages/fr/workshop.html"),
        (Fixed::Workshop, Language::English) => include_str!("../../demo/pages/en/workshop.html"),
    };
    let word = |end: &str| shelf.words.find(&format!("{}_{end}", fixed.key()));
    let slots = match fixed {
        Fixed::Cart | Fixed::Checkout | Fixed::Payment | Fixed::Thanks => vec![("steps", steps(shelf, fixed))],
        Fixed::Delivery | Fixed::Workshop => Vec::new(),
    };
    let head = Head {
        title: format!("{} · Corlieu", word("title").unwrap_or_default()),
        description: word("description").unwrap_or(shelf.words.get("home_description")).to_owned(),
        canonical: fixed.path(language),
        twin: fixed.path(language.other()),
        extra: Html::default(),
        category: None,
    };
    Some(document(store, shelf, head, render(shelf, template, &slots)))
}

/// From the cart to the thanks: what is done is a link back, what comes is words.
fn steps(shelf: &Shelf, here: Fixed) -> Html {
    const WAY: [Fixed; 3] = [Fixed::Cart, Fixed::Checkout, Fixed::Payment];
    let at = WAY.iter().position(|step| *step == here).unwrap_or(WAY.len());
    let steps = WAY.iter().enumerate().map(|(place, step)| {
        let name = escape(shelf.words.get(match step {
            Fixed::Checkout => "step_delivery",
            Fixed::Payment => "step_payment",
            _ => "cart",
        }));
        Html::markup(match place.cmp(&at) {
            Ordering::Less if here != Fixed::Thanks => {
                format!(r#"<li class="step-done"><a href="{}">{name}</a></li>"#, step.path(shelf.language))
            }
            Ordering::Less => format!(r#"<li class="step-done">{name}</li>"#),
            Ordering::Equal => format!(r#"<li aria-current="step">{name}</li>"#),
            Ordering::Greater => format!("<li>{name}</li>"),
        })
    });
    let name = escape(shelf.words.get("steps"));
    Html::markup(format!(r#"<ol class="steps" aria-label="{name}">{}</ol>"#, Html::join(steps).as_str()))
}

/// The frame of the cart and delivery pages that says when a parcel comes and for how much.
pub(super) fn estimate(store: &DemoStore, language: Language) -> String {
    render(store.shelf(language), include_str!("../../demo/pages/estimate.html"), &[]).into_string()
}

/// The page for an address that leads nowhere.
pub(super) fn missing(store: &DemoStore, language: Language) -> String {
    let shelf = store.shelf(language);
    let home = format!("/{}/", language.code());
    let head = Head {
        title: format!("{} · Corlieu", shelf.words.get("missing_title")),
        description: shelf.words.get("missing_text").to_owned(),
        canonical: home,
        twin: format!("/{}/", language.other().code()),
        extra: Html::default(),
        category: None,
    };
    let main = render(shelf, include_str!("../../demo/pages/missing.html"), &[]);
    document(store, shelf, head, main)
}
