//! The dialects: one file a platform, with its columns and what only its rows mean.
//!
//! A file here holds a table of normalised column names and, where a platform needs it,
//! how its lists, categories, choices and stock are written. Who asks is
//! [`crate::feed::assemble`]; nothing here keeps anything.

pub(super) mod google;
pub(super) mod home_made;
pub(super) mod magento;
pub(super) mod prestashop;
pub(super) mod shopify;
pub(super) mod woocommerce;
