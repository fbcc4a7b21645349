//! How a site shares its pages.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a site shares its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ShareSettings {
    pub see: bool,
    pub point: bool,
    pub control: bool,
    /// Paths where nothing is shared: a path, or its beginning before a `*`.
    pub off_paths: Vec<String>,
    /// Paths that may only be seen. A page with a payment field is one by itself.
    pub see_only_paths: Vec<String>,
    pub show: ShowLevel,
    /// Selectors of elements that are masked, left out, or shown as they are.
    pub mask: Vec<String>,
    pub block: Vec<String>,
    pub reveal: Vec<String>,
}

impl Default for ShareSettings {
    fn default() -> Self {
        Self {
            see: true,
            point: true,
            control: true,
            off_paths: Vec::new(),
            see_only_paths: Vec::new(),
            show: ShowLevel::Choices,
            mask: Vec::new(),
            block: Vec::new(),
            reveal: Vec::new(),
        }
    }
}

/// Which values of fields are shown, beside what is secret and never is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShowLevel {
    None,
    /// Selects, radios, check boxes, ranges: so that an agent can choose a size.
    Choices,
    All,
}
