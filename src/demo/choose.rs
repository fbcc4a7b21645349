//! How a variant is chosen on a product's page: colours, sizes with their guide, quantity.

use super::Shelf;
use super::goods::{Product, Variant};
use super::html::{Html, escape};
use super::picture::swatch_path;

/// Pieces that the list of quantities goes up to.
const QUANTITY_MAX: u32 = 6;
/// Width of the largest size's picture in the guide, in pixels.
const GUIDE_PICTURE_WIDTH: f64 = 200.0;
/// Below this share of the largest, a picture in the guide could not be made out.
const GUIDE_SHARE_MIN: f64 = 0.35;

/// Colours as links to the variant that each would choose, sizes as a picker.
pub(super) fn options(shelf: &Shelf, product: &Product, chosen: &Variant) -> Html {
    let mut rows = vec![colours(shelf, product, chosen)];
    if chosen.size.is_some() {
        rows.push(sizes(shelf, product, chosen));
    }
    Html::join(rows)
}

fn colours(shelf: &Shelf, product: &Product, chosen: &Variant) -> Html {
    let mut shown: Vec<&Variant> = Vec::new();
    for variant in &product.variants {
        if !shown.iter().any(|other| other.colour == variant.colour) {
            let same_size = |other: &&Variant| other.colour == variant.colour && other.size == chosen.size;
            shown.push(product.variants.iter().find(same_size).unwrap_or(variant));
        }
    }
    let links = Html::join(shown.iter().map(|variant| {
        let here = if variant.sku == chosen.sku { r#" aria-current="true""# } else { "" };
        Html::markup(format!(
            r#"<a class="choice{}" href="{}" data-variant="{}"{here}><img class="dot" src="{}" alt="" width="24" height="24">{}</a>"#,
            out(variant),
            escape(&variant.path),
            escape(&variant.sku),
            swatch_path(&variant.colour_key),
            escape(&variant.colour)
        ))
    }));
    let name = escape(shelf.words.get("colour"));
    Html::markup(format!(
        r#"<div class="option"><p class="option-name">{name}</p><div class="choices">{}</div></div>"#,
        links.as_str()
    ))
}

fn sizes(shelf: &Shelf, product: &Product, chosen: &Variant) -> Html {
    let sizes = product.variants.iter().filter(|variant| variant.colour == chosen.colour);
    let picks = Html::join(sizes.filter_map(|variant| {
        let size = variant.size.as_ref()?;
        let here = if variant.sku == chosen.sku { " checked" } else { "" };
        Some(Html::markup(format!(
            r#"<label class="choice{}"><input type="radio" name="size" value="{}" data-variant="{}"{here}>{}</label>"#,
            out(variant),
            escape(&variant.path),
            escape(&variant.sku),
            escape(size)
        )))
    }));
    let (name, guide) = (escape(shelf.words.get("size")), escape(shelf.words.get("size_guide")));
    Html::markup(format!(
        r#"<fieldset class="option"><legend class="option-name">{name}</legend><div class="choices">{}</div><button class="link guide-link" type="button" data-opens="size-guide">{guide}</button></fieldset>"#,
        picks.as_str()
    ))
}

fn out(variant: &Variant) -> &'static str {
    if variant.stock == 0 { " choice-out" } else { "" }
}

/// The options of the list of quantities.
pub(super) fn quantities(variant: &Variant) -> Html {
    let most = variant.stock.clamp(1, QUANTITY_MAX);
    Html::join((1..=most).map(|count| Html::markup(format!("<option>{count}</option>"))))
}

/// The dialog that compares the sizes; nothing for what comes in one.
pub(super) fn size_guide(shelf: &Shelf, product: &Product) -> Html {
    let Some(face) = product.face().filter(|face| face.size.is_some()) else { return Html::default() };
    let sizes: Vec<&Variant> = product.variants.iter().filter(|variant| variant.colour == face.colour).collect();
    let measures: Option<Vec<f64>> = sizes.iter().map(|variant| measure(variant.size.as_deref()?)).collect();
    let (text, body) = match measures {
        Some(measures) => ("guide_things", pictures(&sizes, &measures)),
        None => ("guide_worn", table(shelf, &sizes)),
    };
    let word = |key: &str| escape(shelf.words.get(key));
    Html::markup(format!(
        r#"<dialog class="dialog" id="size-guide" aria-labelledby="size-guide-title"><h2 id="size-guide-title">{}</h2><p class="dialog-of">{}</p>{}<p class="dialog-text">{}</p><p class="actions"><button class="button" type="button" data-closes>{}</button></p></dialog>"#,
        word("size_guide"),
        escape(&product.title),
        body.as_str(),
        word(text),
        word("close"),
    ))
}

/// How long or wide a size is, to draw sizes beside one another; clothes have none.
fn measure(size: &str) -> Option<f64> {
    if let Some(fold) = size.strip_prefix('A') {
        // Each fold of the sheet is the one before over the root of two.
        return fold.parse::<i32>().ok().map(|fold| 2_f64.powf(f64::from(-fold) / 2.0));
    }
    if !size.ends_with("cm") && !size.ends_with('g') {
        return None;
    }
    let number = size.split(|character: char| !character.is_ascii_digit()).find(|part| !part.is_empty())?;
    let number: f64 = number.parse().ok()?;
    // A weight grows as a cube does.
    Some(if size.ends_with('g') { number.cbrt() } else { number })
}

fn pictures(sizes: &[&Variant], measures: &[f64]) -> Html {
    let largest = measures.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    // One picture at several widths: pictures of small variants are drawn small already.
    let picture =
        sizes.iter().zip(measures).find(|(_, measure)| **measure >= largest).map(|(variant, _)| &variant.picture);
    let picture = escape(picture.map_or("", String::as_str));
    let shown = sizes.iter().zip(measures).map(|(variant, measure)| {
        let width = (GUIDE_PICTURE_WIDTH * (measure / largest).max(GUIDE_SHARE_MIN)).round();
        Html::markup(format!(
            r#"<li><img src="{picture}" alt="" width="{width}" height="{width}"><span>{}</span></li>"#,
            escape(variant.size.as_deref().unwrap_or_default())
        ))
    });
    Html::markup(format!(r#"<ul class="guide-pictures">{}</ul>"#, Html::join(shown).as_str()))
}

/// What is worn, by the words `guide_S`, `guide_36-39`: a garment's and a glove's letters differ.
fn table(shelf: &Shelf, sizes: &[&Variant]) -> Html {
    let worn_on_hands = !sizes.iter().any(|variant| variant.size.as_deref() == Some("XL"));
    let rows = sizes.iter().filter_map(|variant| {
        let size = variant.size.as_deref()?;
        let letters = size.chars().all(|character| character.is_ascii_alphabetic());
        let key = if letters && worn_on_hands { format!("guide_hand_{size}") } else { format!("guide_{size}") };
        let measure = escape(shelf.words.find(&key)?);
        Some(Html::markup(format!(r#"<tr><th scope="row">{}</th><td>{measure}</td></tr>"#, escape(size))))
    });
    let word = |key: &str| escape(shelf.words.get(key));
    Html::markup(format!(
        r#"<table class="guide-table"><thead><tr><th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>"#,
        word("size"),
        word("guide_measure"),
        Html::join(rows).as_str()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::words::Language;

    #[test]
    fn every_size_stands_in_the_guide_of_its_product() {
        for language in Language::ALL {
            let shelf = Shelf::open(language).expect("the demo's files");
            for product in &shelf.goods.products {
                let guide = size_guide(&shelf, product).into_string();
                let Some(face) = product.face().filter(|face| face.size.is_some()) else {
                    assert!(guide.is_empty(), "`{}` has no sizes", product.code);
                    continue;
                };
                for variant in product.variants.iter().filter(|variant| variant.colour == face.colour) {
                    let size = variant.size.as_deref().expect("a size");
                    let (pictured, listed) = (format!("<span>{size}</span>"), format!("row\">{size}</th>"));
                    assert!(guide.contains(&pictured) || guide.contains(&listed), "`{size}` of `{}`", product.code);
                }
            }
        }
    }

    #[test]
    fn a_larger_size_is_drawn_larger() {
        let measured = |size| measure(size).expect("a measure");
        assert!(measured("16 cm") > measured("12 cm"));
        assert!(measured("Ø 36 cm") > measured("Ø 24 cm"));
        assert!(measured("A5") > measured("A6"));
        assert!(measured("400 g") > measured("180 g"));
        assert_eq!(measure("XL"), None);
        assert_eq!(measure("36-39"), None);
    }
}
