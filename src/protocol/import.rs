//! Imports of a catalog as they travel: where a run stands, what it found, and why.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ImportId, Timestamp};

/// One import, from its queueing to its report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportRun {
    pub id: ImportId,
    /// The catalog that it is for, a primary subtag.
    pub lang: String,
    pub from: ImportFrom,
    /// The name of the merchant's file, or the address.
    pub file: String,
    pub state: ImportState,
    pub started_at: Timestamp,
    pub bytes_total: u64,
    pub bytes_read: u64,
    pub rows_read: u64,
    /// While it runs, over the last seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rows_per_second: Option<u32>,
    /// While it runs; absent until it can be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub seconds_left: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub report: Option<ImportReport>,
}

/// Where the products of a run come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportFrom {
    /// A file, by upload or on the command line.
    File,
    /// The feed's address.
    Address,
    /// The import before the one that answers.
    Restore,
    /// Nowhere: it empties the catalog.
    Empty,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ImportState {
    Queued {},
    Reading {},
    Indexing {},
    /// A guard asks: the figures are in the report.
    AwaitsConfirmation {
        why: String,
    },
    Done {},
    /// The old catalog stays.
    Refused {
        why: String,
    },
    Cancelled {},
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct ImportReport {
    pub dialect: String,
    pub encoding: String,
    pub separator: String,
    pub rows: u64,
    pub products: u64,
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub removed: u64,
    pub rejected: u64,
    pub warnings: u64,
    pub took_ms: u64,
    pub generation: u64,
    /// What concerns the file as a whole: columns left unused, products without a link.
    #[serde(default)]
    pub remarks: Vec<ImportReason>,
    /// Why it waits for an answer or was refused.
    #[serde(default)]
    pub reasons: Vec<ImportReason>,
    /// The first 100 here; up to 1,000 in `rejected.csv`.
    pub faults: Vec<ImportFault>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportFault {
    /// The file's line where the record starts; 0 for the file as a whole.
    pub line: u64,
    pub code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub column: Option<String>,
    /// At most 80 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub value: Option<String>,
    /// What is wrong and how to write it, one sentence.
    pub message: String,
    /// A warning drops only the field.
    pub warning: bool,
    /// The numbers of the sentence by their names, for clients that say it in their own
    /// words: docs/feeds lists them by code.
    #[serde(default)]
    pub numbers: BTreeMap<String, u64>,
    /// Which kind of the fault, where a code has several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub detail: Option<String>,
}

/// A sentence about a whole import, with what a client needs to say it in its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportReason {
    /// docs/feeds lists the codes.
    pub code: String,
    #[serde(default)]
    pub numbers: BTreeMap<String, u64>,
    /// Columns or other names that the sentence tells.
    #[serde(default)]
    pub names: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub detail: Option<String>,
    /// The sentence in English.
    pub message: String,
}
