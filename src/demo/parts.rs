//! What every page of the demo store shares: its frame, its shelves, its cards.

use super::goods::{Category, Goods, Product, Variant, slug};
use super::html::{Html, escape, fill};
use super::picture::swatch_path;
use super::words::Language;
use super::{DemoStore, Shelf};

/// The pages whose address is a word of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixed {
    Cart,
    Checkout,
    Payment,
    Thanks,
    Delivery,
    Workshop,
}

impl Fixed {
    pub(super) const ALL: [Self; 6] =
        [Self::Cart, Self::Checkout, Self::Payment, Self::Thanks, Self::Delivery, Self::Workshop];

    /// As templates and files of words call it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Cart => "cart",
            Self::Checkout => "checkout",
            Self::Payment => "payment",
            Self::Thanks => "thanks",
            Self::Delivery => "delivery",
            Self::Workshop => "workshop",
        }
    }

    pub(super) fn slug(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Cart, Language::French) => "panier",
            (Self::Cart, Language::English) => "cart",
            (Self::Checkout, Language::French) => "commande",
            (Self::Checkout, Language::English) => "checkout",
            (Self::Payment, Language::French) => "paiement",
            (Self::Payment, Language::English) => "payment",
            (Self::Thanks, Language::French) => "merci",
            (Self::Thanks, Language::English) => "thank-you",
            (Self::Delivery, Language::French) => "livraison",
            (Self::Delivery, Language::English) => "delivery",
            (Self::Workshop, Language::French) => "atelier",
            (Self::Workshop, Language::English) => "workshop",
        }
    }

    pub(super) fn path(self, language: Language) -> String {
        format!("/{}/{}", language.code(), self.slug(language))
    }
}

/// Address of the frame in which a delivery is estimated.
pub(super) fn estimate_path(language: Language) -> String {
    format!("/{}/frame/delivery", language.code())
}

pub(super) fn category_path(language: Language, category: &Category) -> String {
    format!("/{}/c/{}", language.code(), category.slug)
}

/// What a page says about itself, around its own content.
pub(super) struct Head {
    pub title: String,
    pub description: String,
    /// Path of the page that this one is; a variant's page names its product's.
    pub canonical: String,
    /// The same page in the other language.
    pub twin: String,
    /// More for the `<head>`: JSON-LD, Open Graph.
    pub extra: Html,
    /// The shelf to mark in the menu.
    pub category: Option<String>,
}

/// Fills a template: first from the slots, then words as `w.key`, then the
/// paths that any page may name.
pub(super) fn render(shelf: &Shelf, template: &str, slots: &[(&str, Html)]) -> Html {
    let language = shelf.language;
    Html::markup(fill(template, |name| {
        if let Some((_, html)) = slots.iter().find(|(slot, _)| *slot == name) {
            return Some(html.as_str().to_owned());
        }
        if let Some(key) = name.strip_prefix("w.") {
            return shelf.words.find(key).map(escape);
        }
        match name {
            "lang" => Some(language.code().to_owned()),
            "estimate_path" => Some(estimate_path(language)),
            _ => {
                let key = name.strip_suffix("_path")?;
                Fixed::ALL.into_iter().find(|fixed| fixed.key() == key).map(|fixed| fixed.path(language))
            }
        }
    }))
}

/// The whole document around a page's content.
pub(super) fn document(store: &DemoStore, shelf: &Shelf, head: Head, main: Html) -> String {
    let origin = &store.settings.origin;
    let links = |current: bool, item: fn(String) -> String| {
        Html::join(shelf.goods.categories.iter().map(|category| {
            let here = current && head.category.as_deref() == Some(category.name.as_str());
            let mark = if here { r#" aria-current="true""# } else { "" };
            Html::markup(item(format!(
                r#"<a href="{}"{mark}>{}</a>"#,
                category_path(shelf.language, category),
                escape(&category.name)
            )))
        }))
    };
    let slots = [
        ("title", Html::text(&head.title)),
        ("description", Html::text(&head.description)),
        ("canonical", Html::text(&format!("{origin}{}", head.canonical))),
        ("twin_address", Html::text(&format!("{origin}{}", head.twin))),
        ("twin", Html::text(&head.twin)),
        ("twin_lang", Html::text(shelf.language.other().code())),
        ("comptoir", Html::text(&store.settings.comptoir)),
        ("site_key", Html::text(&store.settings.site_key)),
        ("nav", links(true, |link| link)),
        ("menu", menu(shelf)),
        ("foot_nav", links(false, |link| format!("<li>{link}</li>"))),
        ("extra", head.extra),
        ("main", main),
    ];
    render(shelf, include_str!("../../demo/pages/layout.html"), &slots).into_string()
}

/// Every shelf with its parts, for the menu that unfolds.
fn menu(shelf: &Shelf) -> Html {
    Html::join(shelf.goods.categories.iter().map(|category| {
        let path = category_path(shelf.language, category);
        let parts = shelf.goods.parts_of(&category.name).into_iter().map(|part| {
            let (slug, name) = (slug(part), escape(part));
            Html::markup(format!(r#"<li><a href="{path}?part={slug}">{name}</a></li>"#))
        });
        Html::markup(format!(
            r#"<div class="menu-shelf"><p><a href="{path}">{}</a></p><ul>{}</ul></div>"#,
            escape(&category.name),
            Html::join(parts).as_str()
        ))
    }))
}

/// The sentence that introduces a shelf, by its place.
pub(super) fn shelf_text(shelf: &Shelf, place: usize) -> &str {
    const KEYS: [&str; 5] = ["table_text", "light_text", "desk_text", "linen_text", "garden_text"];
    shelf.words.get(KEYS.get(place).copied().unwrap_or("home_description"))
}

pub(super) fn pieces(shelf: &Shelf, count: usize) -> String {
    let key = if count == 1 { "pieces_one" } else { "pieces_many" };
    shelf.words.with(key, &count.to_string())
}

/// Products as the items of a grid.
pub(super) fn cards<'a>(shelf: &Shelf, products: impl IntoIterator<Item = &'a Product>) -> Html {
    Html::join(products.into_iter().filter_map(|product| product.face().map(|face| card(shelf, product, face))))
}

fn card(shelf: &Shelf, product: &Product, face: &Variant) -> Html {
    let face = product.variants.iter().find(|variant| variant.sale.is_some()).unwrap_or(face);
    let tag = if product.variants.iter().all(|variant| variant.stock == 0) {
        format!(r#"<span class="tag tag-out">{}</span>"#, escape(shelf.words.get("sold_out")))
    } else if product.on_sale() {
        format!(r#"<span class="tag">{}</span>"#, escape(shelf.words.get("sale")))
    } else {
        String::new()
    };
    let dots: String = product
        .colour_keys()
        .into_iter()
        .map(|key| format!(r#"<img class="dot" src="{}" alt="" width="16" height="16">"#, swatch_path(key)))
        .collect();
    // A card shows the variant on sale, so its link leads to that one.
    let path = if face.sale.is_some() { &face.path } else { &product.path };
    Html::markup(format!(
        r#"<li class="card"{}><img src="{}" alt="" width="600" height="600" loading="lazy">{tag}<p class="part">{}</p><h3><a href="{}">{}</a></h3><p class="price">{}</p><p class="dots">{dots}</p></li>"#,
        sifted_by(product, face),
        escape(&face.picture),
        escape(&product.subcategory),
        escape(path),
        escape(&product.title),
        card_price(shelf, product, face).as_str(),
    ))
}

/// What the filters of a shelf go by.
fn sifted_by(product: &Product, face: &Variant) -> String {
    let cents = product.variants.iter().map(|variant| variant.paid().0).min().unwrap_or(face.paid().0);
    let stock: u32 = product.variants.iter().map(|variant| variant.stock).sum();
    format!(
        r#" data-part="{}" data-colours="{}" data-cents="{cents}" data-stock="{stock}"{}"#,
        slug(&product.subcategory),
        escape(&product.colour_keys().join(" ")),
        if product.on_sale() { " data-sale" } else { "" },
    )
}

fn card_price(shelf: &Shelf, product: &Product, face: &Variant) -> Html {
    let lowest = product.variants.iter().map(Variant::paid).min();
    let highest = product.variants.iter().map(Variant::paid).max();
    match (face.sale, lowest) {
        (Some(_), _) => price(shelf, face),
        (None, Some(lowest)) if highest != Some(lowest) => {
            Html::text(&shelf.words.with("from", &lowest.in_words(shelf.language)))
        }
        (None, _) => price(shelf, face),
    }
}

/// The price of a variant, the regular one struck through beside a sale price.
pub(super) fn price(shelf: &Shelf, variant: &Variant) -> Html {
    let words = |cents: super::goods::Cents| escape(&cents.in_words(shelf.language));
    Html::markup(match variant.sale {
        Some(sale) => format!(
            r#"<span class="now">{}</span> <span class="unseen">{}</span> <s>{}</s>"#,
            words(sale),
            escape(shelf.words.get("was")),
            words(variant.price)
        ),
        None => words(variant.price),
    })
}

/// Products named by their codes, in that order; codes that are gone are skipped.
pub(super) fn picked<'a>(goods: &'a Goods, codes: &'a [&str]) -> impl Iterator<Item = &'a Product> {
    codes.iter().filter_map(|code| goods.by_code(code))
}
