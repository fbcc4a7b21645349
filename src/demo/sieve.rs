//! The filters of a shelf: what there is to tick, by what stands on the shelf.
//!
//! Which cards stay is the page's script's (`demo/assets/sieve.js`), by what [`super::parts`] writes on them.

use super::Shelf;
use super::goods::{Category, slug};
use super::html::{Html, escape};
use super::picture::swatch_path;

/// Prices that are asked for, in euros, from and below.
const PRICES: [(u32, u32); 3] = [(0, 25), (25, 50), (50, 10_000)];

/// The groups of the filter form.
pub(super) fn filters(shelf: &Shelf, category: &Category) -> Html {
    let goods = &shelf.goods;
    let within = || goods.within(&category.name);
    let parts = goods.parts_of(&category.name).into_iter().map(|part| {
        let count = within().filter(|product| product.subcategory == part).count();
        let label = format!("{} <span>{count}</span>", escape(part));
        tick("checkbox", "part", &slug(part), &label)
    });
    let mut colours: Vec<(&str, &str)> = Vec::new();
    for variant in within().flat_map(|product| &product.variants) {
        if !colours.iter().any(|(key, _)| *key == variant.colour_key) {
            colours.push((&variant.colour_key, &variant.colour));
        }
    }
    let colours = colours.into_iter().map(|(key, name)| {
        let dot = format!(r#"<img class="dot" src="{}" alt="" width="16" height="16">"#, swatch_path(key));
        tick("checkbox", "colour", key, &format!("{dot}{}", escape(name)))
    });
    let prices = PRICES.iter().enumerate().map(|(place, (from, below))| {
        let label = shelf.words.get(["price_low", "price_middle", "price_high"].get(place).copied().unwrap_or("from"));
        tick("radio", "price", &format!("{from}-{below}"), &escape(label))
    });
    let any = tick("radio", "price", "", &escape(shelf.words.get("price_any")));
    let others = [("stock", "only_stock"), ("sale", "only_sale")]
        .into_iter()
        .map(|(name, key)| tick("checkbox", name, "yes", &escape(shelf.words.get(key))));
    Html::join([
        group(shelf, "filter_part", Html::join(parts)),
        group(shelf, "filter_price", Html::join(std::iter::once(any).chain(prices))),
        group(shelf, "filter_colour", Html::join(colours)),
        group(shelf, "filter_other", Html::join(others)),
    ])
}

fn group(shelf: &Shelf, key: &str, ticks: Html) -> Html {
    let name = escape(shelf.words.get(key));
    Html::markup(format!("<fieldset><legend>{name}</legend>{}</fieldset>", ticks.as_str()))
}

fn tick(kind: &str, name: &str, value: &str, label: &str) -> Html {
    let checked = if kind == "radio" && value.is_empty() { " checked" } else { "" };
    Html::markup(format!(
        r#"<label class="tick"><input type="{kind}" name="{name}" value="{}"{checked}>{label}</label>"#,
        escape(value)
    ))
}
