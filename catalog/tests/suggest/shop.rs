//! A shop in memory: its products and their index.

use std::collections::HashMap;

use comptoir_catalog::index::Index;
use comptoir_catalog::model::{Product, ProductId};
use comptoir_catalog::suggest::{Lookup, LookupFault, SuggestFault, Suggestions, Talk, suggest};
use comptoir_catalog::words::Lang;

use crate::common::indexed;

pub struct Shop {
    pub products: Vec<Product>,
    places: HashMap<ProductId, usize>,
    index: Index,
    _folder: tempfile::TempDir,
}

impl Shop {
    pub fn of(products: Vec<Product>, lang: Lang) -> Self {
        let (folder, index) = indexed(products.iter(), lang);
        let places = products.iter().enumerate().map(|(place, product)| (product.id.clone(), place)).collect();
        Self { products, places, index, _folder: folder }
    }

    pub fn suggest(&self, talk: &Talk<'_>) -> Result<Suggestions, SuggestFault> {
        suggest(&self.index, talk, self)
    }
}

impl Lookup for Shop {
    fn products(&self, _: u64, ids: &[ProductId]) -> Result<Vec<Product>, LookupFault> {
        Ok(ids.iter().filter_map(|id| self.places.get(id)).map(|place| self.products[*place].clone()).collect())
    }
}
