//! What an agent is offered after a visitor's message: every other one on a product's page.
//!
//! The products are looked up in memory here; in the server a few more are read
//! from the database.

use std::collections::HashMap;

use comptoir_catalog::index::Index;
use comptoir_catalog::model::{Currency, Product, ProductId};
use comptoir_catalog::suggest::{Lookup, LookupFault, Page, Talk, suggest};
use comptoir_catalog::words::Lang;
use comptoir_silver::Kind;
use serde_json::Value;

use super::search::index_of;
use super::{Asked, timed};
use crate::Failure;

const TALKS: usize = 200;
const WISHES: [&str; 4] = ["", "under 200 euros, please.", "It should be in stock.", "something between 50 and 300 €"];

struct Shop(HashMap<ProductId, Product>);

impl Lookup for Shop {
    fn products(&self, _generation: u64, ids: &[ProductId]) -> Result<Vec<Product>, LookupFault> {
        Ok(ids.iter().filter_map(|id| self.0.get(id).cloned()).collect())
    }
}

pub fn measure(asked: &Asked) -> Result<Value, Failure> {
    let index = index_of(asked)?;
    let shop = Shop(asked.shop().products().map(|product| (product.id.clone(), product)).collect());
    let judged = asked.shop().judged(TALKS);
    let said = judged.queries.iter().filter(|query| query.kind == Kind::Chat);
    let talks = said.enumerate().map(|(number, query)| {
        let wanted = judged.judgments.get(&query.need).and_then(|judgments| judgments.first());
        let id = wanted.filter(|_| number % 2 == 1).map(|(product, _)| product.as_str().to_owned());
        let wish = WISHES.get(number % WISHES.len()).copied().unwrap_or_default();
        (vec!["Hello!".to_owned(), query.text.clone(), wish.to_owned()], Page { id, ..Page::default() })
    });
    let talks: Vec<(Vec<String>, Page)> = talks.collect();
    // The first call reads the catalog's words for colours and sizes, once a generation.
    ask(&index, &shop, talks.first().ok_or("no talks")?)?;
    timed(&talks, |talk| ask(&index, &shop, talk))
}

fn ask(index: &Index, shop: &Shop, (messages, page): &(Vec<String>, Page)) -> Result<(), Failure> {
    let talk = Talk {
        messages,
        answers: &[],
        page: page.clone(),
        cart: &[],
        recommended: &[],
        unsaid: &[],
        lang: Lang::En,
        currency: Currency::EUR,
        now: 1_795_000_000,
        deadline: None,
    };
    Ok(suggest(index, &talk, shop).map(drop)?)
}
