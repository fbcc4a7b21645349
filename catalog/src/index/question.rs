//! What may be asked of an index, and what it answers. Types only.

use std::time::Instant;

use crate::model::{ProductId, Sku};

/// A question's text; what is longer is cut between words.
pub const QUERY_BYTES_MAX: usize = 256;
/// Words of a question that are searched, after words of talk and grammar went.
pub const QUERY_WORDS_MAX: usize = 16;
/// Hits of one answer.
pub const HITS_MAX: usize = 100;
/// Values of one filter, and attributes that are filtered by; what is more is not looked at.
pub const FILTER_VALUES_MAX: usize = 100;

/// How a text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// A finished question: any of its words, ranked, typing errors corrected.
    #[default]
    Ranked,
    /// A text being typed: all its words, the last one perhaps only begun. Where
    /// nothing is found so, errors are corrected; then it is taken as [`Mode::Ranked`].
    TypeAhead,
}

/// What is asked. [`Question::about`] gives one that only has a text:
///
/// ```
/// use comptoir_catalog::index::{Filters, Question};
///
/// let question = Question {
///     filters: Filters { in_stock: true, price_max: Some(50_00), ..Filters::default() },
///     ..Question::about("desk lamp")
/// };
/// assert_eq!(question.limit, 10);
/// ```
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// Typed text; never parsed. Empty with filters or a sort: all products that pass.
    pub text: &'a str,
    pub mode: Mode,
    /// At most [`HITS_MAX`].
    pub limit: usize,
    pub filters: Filters,
    pub sort: Sort,
    /// Whether [`Answer::counts`] is wanted; costs a look at every product found.
    pub counts: bool,
    /// Words are searched as they stand: the way back from a correction.
    pub literal: bool,
    /// Unix seconds: what sales are judged by.
    pub now: i64,
    /// When an answer is of no use any more; see [`IndexFault::TooSlow`](super::IndexFault::TooSlow).
    pub deadline: Option<Instant>,
}

impl<'a> Question<'a> {
    /// A finished question without filters: ten hits, by relevance, prices of today unimportant.
    #[must_use]
    pub fn about(text: &'a str) -> Self {
        Self {
            text,
            mode: Mode::Ranked,
            limit: 10,
            filters: Filters::default(),
            sort: Sort::Relevance,
            counts: false,
            literal: false,
            now: 0,
            deadline: None,
        }
    }
}

/// What a product must be. Names and values are compared without case and accents.
///
/// Stock, prices and options are judged together for one variant: with "blue",
/// "in stock" and "at most 50" a product passes if one variant is all three.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    /// A path from the root, as deep as wanted; empty: any.
    pub category: Vec<String>,
    /// Any of these; empty: any at all.
    pub brands: Vec<String>,
    /// What is paid at [`Question::now`], in minor units, both ends included.
    /// A variant without a price passes neither.
    pub price_min: Option<i64>,
    pub price_max: Option<i64>,
    /// Only what is on the shelf: neither preorder nor backorder.
    pub in_stock: bool,
    /// Options and attributes by name: all names, any of a name's values.
    pub attributes: Vec<(String, Vec<String>)>,
    /// The leaf of the product's first category.
    pub class: Option<String>,
    /// Products that are left out.
    pub not: Vec<ProductId>,
}

impl Filters {
    /// Whether everything passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What comes first. Ties end by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Relevance,
    /// By what the cheapest variant that passes costs; without a price last.
    PriceUp,
    PriceDown,
    Title,
    /// By the import that brought the product, latest first.
    Newest,
}

/// What was found, wholly in one generation of the catalog.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    pub generation: u64,
    /// Best first.
    pub hits: Vec<Hit>,
    /// Products that hold any of the words and pass the filters. While a text is
    /// being typed counting stops at [`TYPED_PRODUCTS_MAX`](super::TYPED_PRODUCTS_MAX).
    pub total: u64,
    /// Words that were read as others; ask with [`Question::literal`] to undo.
    pub corrections: Vec<Correction>,
    /// Words that were not searched for, or that no product holds.
    pub dropped: Vec<Dropped>,
    pub counts: Option<Counts>,
    /// When nothing was found with filters: how many there are without each one.
    pub relaxed: Vec<Relaxed>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub product: ProductId,
    /// The variant that the text or the filters mean; nothing where any will do.
    pub sku: Option<Sku>,
    /// Comparable within one answer only.
    pub score: f32,
    pub title: String,
}

/// A word that was read as another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub typed: String,
    pub read_as: String,
}

/// A word that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    pub word: String,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A word of talk: "hello", "je cherche".
    Talk,
    /// No product holds it, nor anything like it.
    Unknown,
}

/// One filter taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxed {
    pub without: Filter,
    /// Products found without it, all other filters kept.
    pub total: u64,
}

/// Names one part of [`Filters`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    Category,
    Brand,
    Price,
    Stock,
    /// The one on this name.
    Attribute(String),
    Class,
}

/// How the products found spread; each list at most
/// [`COUNTED_VALUES_MAX`](super::COUNTED_VALUES_MAX) long, the most frequent first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    pub categories: Vec<CategoryCount>,
    pub brands: Vec<ValueCount>,
    pub prices: Option<PriceCounts>,
    /// Products of which a variant is in stock.
    pub in_stock: u64,
    pub attributes: Vec<AttributeCounts>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryCount {
    /// From the root.
    pub path: Vec<String>,
    pub products: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueCount {
    pub value: String,
    pub products: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeCounts {
    pub name: String,
    pub values: Vec<ValueCount>,
}

/// Prices paid now, in minor units, by each product's cheapest variant that passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceCounts {
    pub lowest: i64,
    pub highest: i64,
    /// Ranges with round ends that hold all of it, from low to high.
    pub ranges: Vec<PriceRange>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRange {
    /// Included.
    pub from: i64,
    /// Not included.
    pub until: i64,
    pub products: u64,
}
