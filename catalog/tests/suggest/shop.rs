//! A shop in memory: its products, found by code and by link, and their index.

use std::collections::HashMap;

use comptoir_catalog::index::Index;
use comptoir_catalog::model::{Product, ProductId};
use comptoir_catalog::suggest::{Lookup, LookupFault, SuggestFault, Suggestions, Talk, suggest};
use comptoir_catalog::words::Lang;

use crate::common::indexed;

pub struct Shop {
    pub products: Vec<Product>,
    codes: HashMap<String, usize>,
    index: Index,
    _folder: tempfile::TempDir,
}

impl Shop {
    pub fn of(products: Vec<Product>, lang: Lang) -> Self {
        let (folder, index) = indexed(products.iter(), lang);
        let mut codes = HashMap::new();
        for (place, product) in products.iter().enumerate() {
            codes.insert(product.id.to_string(), place);
            for variant in &product.variants {
                codes.insert(variant.sku.to_string(), place);
                codes.extend(variant.gtin.iter().map(|gtin| (gtin.to_string(), place)));
            }
        }
        Self { products, codes, index, _folder: folder }
    }

    pub fn suggest(&self, talk: &Talk<'_>) -> Result<Suggestions, SuggestFault> {
        suggest(&self.index, talk, self)
    }

    pub fn product(&self, code: &str) -> Option<&Product> {
        self.codes.get(code).map(|place| &self.products[*place])
    }
}

impl Lookup for Shop {
    fn products(&self, _: u64, ids: &[ProductId]) -> Result<Vec<Product>, LookupFault> {
        Ok(ids.iter().filter_map(|id| self.product(id.as_str())).cloned().collect())
    }

    fn by_code(&self, _: u64, code: &str) -> Result<Option<Product>, LookupFault> {
        Ok(self.product(code).cloned())
    }

    fn by_link_path(&self, _: u64, path: &str) -> Result<Option<Product>, LookupFault> {
        let has = |product: &&Product| product.link.as_deref().is_some_and(|link| link.ends_with(path));
        Ok(self.products.iter().find(has).cloned())
    }
}
