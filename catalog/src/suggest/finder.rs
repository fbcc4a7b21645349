//! Products by what a page, a cart or a feed calls them.

use std::cell::RefCell;
use std::collections::HashMap;

use super::talk::{LEFT_OUT_MAX, Lookup, SuggestFault, Talk};
use crate::index::{Filters, Hit, Sought, View};
use crate::model::{Currency, Gtin, Product, ProductId};

/// Products that the catalog's currency is read from.
const SAMPLED: usize = 20;

pub(super) struct Finder<'f> {
    view: &'f View<'f>,
    lookup: &'f dyn Lookup,
    /// What was looked up already: several searches find the same products.
    known: RefCell<HashMap<ProductId, Product>>,
}

impl<'f> Finder<'f> {
    pub fn new(view: &'f View<'f>, lookup: &'f dyn Lookup) -> Self {
        Self { view, lookup, known: RefCell::default() }
    }

    /// The published products of these ids.
    fn products(&self, ids: &[ProductId]) -> Result<Vec<Product>, SuggestFault> {
        let mut known = self.known.borrow_mut();
        let new: Vec<ProductId> = ids.iter().filter(|id| !known.contains_key(*id)).cloned().collect();
        if !new.is_empty() {
            let found = self.lookup.products(self.view.generation(), &new).map_err(SuggestFault::Lookup)?;
            known.extend(found.into_iter().map(|product| (product.id.clone(), product)));
        }
        let found = ids.iter().filter_map(|id| known.get(id));
        Ok(found.filter(|product| product.published).cloned().collect())
    }

    /// The currency of most of a few products; nothing when none of them has a price.
    pub fn currency(&self) -> Result<Option<Currency>, SuggestFault> {
        let hits = self.view.seek(&Sought::default(), &Filters::default(), SAMPLED, 0, None)?;
        let ids: Vec<ProductId> = hits.into_iter().map(|hit| hit.product).collect();
        let mut counts: HashMap<Currency, usize> = HashMap::new();
        for price in self.products(&ids)?.iter().flat_map(|product| &product.variants).filter_map(|one| one.price) {
            *counts.entry(price.regular.currency).or_default() += 1;
        }
        Ok(counts.into_iter().max_by_key(|(currency, count)| (*count, *currency)).map(|(currency, _)| currency))
    }

    /// The product with a variant of this SKU, else of this GTIN, else of this id.
    pub fn by_code(&self, code: &str) -> Result<Option<Product>, SuggestFault> {
        let mut found = self.products(&self.view.of_code(code)?)?;
        let code = code.trim();
        let gtin = Gtin::new(code).ok().map(|gtin| gtin.canonical());
        let rank = |product: &Product| {
            let has_sku = product.variants.iter().any(|variant| variant.sku.as_str() == code);
            let has_gtin = || {
                let mut gtins = product.variants.iter().filter_map(|variant| variant.gtin.as_ref());
                gtin.as_ref().is_some_and(|gtin| gtins.any(|known| known.canonical() == *gtin))
            };
            if has_sku {
                0
            } else if has_gtin() {
                1
            } else if product.id.as_str() == code {
                2
            } else {
                3
            }
        };
        found.sort_by_key(rank);
        Ok(found.into_iter().next())
    }

    /// The products of hits, in their order; one that is gone meanwhile is left out.
    pub fn of_hits(&self, hits: Vec<Hit>) -> Result<Vec<(Product, f32)>, SuggestFault> {
        let ids: Vec<ProductId> = hits.iter().map(|hit| hit.product.clone()).collect();
        let mut found = self.products(&ids)?.into_iter().peekable();
        let product = |hit: Hit| Some((found.next_if(|product| product.id == hit.product)?, hit.score));
        Ok(hits.into_iter().filter_map(product).collect())
    }

    /// The product on the page, by its codes, else by the path of its address.
    pub fn on_page(&self, talk: &Talk<'_>) -> Result<Option<Product>, SuggestFault> {
        let page = &talk.page;
        for code in [&page.sku, &page.gtin, &page.id].into_iter().flatten() {
            if let Some(product) = self.by_code(code)? {
                return Ok(Some(product));
            }
        }
        let ids = page.url.as_deref().map(|url| self.view.of_link(url)).transpose()?.unwrap_or_default();
        Ok(self.products(&ids)?.into_iter().next())
    }

    /// What was recommended, what is in the cart, what is on the page.
    pub fn left_out(&self, talk: &Talk<'_>, on_page: Option<&Product>) -> Result<Vec<ProductId>, SuggestFault> {
        let mut left_out: Vec<ProductId> = on_page.map(|product| product.id.clone()).into_iter().collect();
        left_out.extend(talk.recommended.iter().rev().take(LEFT_OUT_MAX).cloned());
        for code in talk.cart.iter().take(LEFT_OUT_MAX) {
            left_out.extend(self.view.of_code(code)?);
        }
        Ok(left_out)
    }
}
