//! What a product is, once it left its feed.
//!
//! Types and their bounds only. How columns become these is [`crate::feed`]'s
//! business, how they are found [`crate::index`]'s.

mod code;
mod money;
mod product;
mod tax;

pub use code::{Gtin, GtinFault, IdTooLong, ProductId, Sku};
pub use money::{Currency, Money, UnknownCurrency};
pub use product::{Attribute, Availability, Price, Product, ProductOption, Sale, Variant};
pub use tax::{NoTaxRate, TaxRate};

/// Bounds of a product. What is longer is cut (texts) or left out (lists) with a warning.
pub mod bounds {
    /// A product's id or a variant's SKU, in characters.
    pub const CODE_CHARS_MAX: usize = 100;
    pub const TITLE_CHARS_MAX: usize = 300;
    pub const BRAND_CHARS_MAX: usize = 100;
    pub const DESCRIPTION_BYTES_MAX: usize = 64 * 1024;
    pub const VARIANTS_MAX: usize = 2_048;
    pub const IMAGES_MAX: usize = 20;
    pub const LINK_BYTES_MAX: usize = 2_048;
    pub const CATEGORIES_MAX: usize = 20;
    pub const CATEGORY_DEPTH_MAX: usize = 10;
    pub const CATEGORY_CHARS_MAX: usize = 100;
    pub const ATTRIBUTES_MAX: usize = 60;
    pub const ATTRIBUTE_VALUES_MAX: usize = 60;
    pub const ATTRIBUTE_CHARS_MAX: usize = 200;
    pub const OPTIONS_MAX: usize = 8;
    pub const RELATED_MAX: usize = 60;
}
