//! An import: what it was asked to do, how far it is, what state it is in.

use serde::{Deserialize, Serialize};

use super::feeds::Validators;
use super::{CatalogKey, LangTag};
use crate::protocol::catalog::{ImportFrom, ImportReport, ImportState};
use crate::protocol::feed::FeedSettings;
use crate::protocol::{ImportId, SiteId, Timestamp};

/// What an import needs beside its file. Kept with the run as JSON: a field that is
/// added needs a default, for runs of an earlier release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunSettings {
    /// With the site it names the catalog; only the primary subtag counts.
    pub lang: String,
    /// What the feed does not say itself.
    pub feed: FeedSettings,
    /// Somebody looks on and can confirm what a guard asks.
    pub attended: bool,
    /// Products may vanish in any number.
    pub accept_removals: bool,
    /// Of a file that was fetched; kept with the feed once it is imported.
    #[serde(default)]
    pub fetched: Option<FetchedFile>,
}

/// Where a file was fetched, and what it is asked for with the next time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchedFile {
    pub url: String,
    pub validators: Validators,
}

/// An import to queue; its file lies in `tmp/imports/{id}` already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    pub id: ImportId,
    pub site: SiteId,
    pub from: ImportFrom,
    /// The name that the merchant's file has.
    pub file: String,
    pub bytes: u64,
    pub at: Timestamp,
    pub settings: RunSettings,
}

/// An import as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub id: ImportId,
    pub site: SiteId,
    pub from: ImportFrom,
    pub file: String,
    pub state: RunState,
    pub why: Option<String>,
    pub queued_at: Timestamp,
    /// When it was claimed last.
    pub started_at: Option<Timestamp>,
    pub bytes_total: u64,
    pub bytes_read: u64,
    pub rows_read: u64,
    pub rows_per_second: Option<u32>,
    pub seconds_left: Option<u32>,
    /// Somebody saw what a guard asked and said yes.
    pub confirmed: bool,
    pub settings: RunSettings,
    /// Without its faults.
    pub report: Option<ImportReport>,
}

/// How far a run is, and how fast.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// Of the file's bytes, all phases together.
    pub bytes: u64,
    pub rows: u64,
    /// Over the last seconds.
    pub rows_per_second: Option<u32>,
    pub seconds_left: Option<u32>,
}

impl Run {
    /// The catalog that it changes.
    #[must_use]
    pub fn of(&self) -> CatalogKey {
        CatalogKey { site: self.site, lang: LangTag::of(&self.settings.lang) }
    }
}

/// [`ImportState`] without its sentences, as the database writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    Queued,
    Reading,
    Indexing,
    AwaitsConfirmation,
    Done,
    Refused,
    Cancelled,
}

impl RunState {
    pub(super) const ALL: [Self; 7] = [
        Self::Queued,
        Self::Reading,
        Self::Indexing,
        Self::AwaitsConfirmation,
        Self::Done,
        Self::Refused,
        Self::Cancelled,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Reading => "reading",
            Self::Indexing => "indexing",
            Self::AwaitsConfirmation => "awaits_confirmation",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
        }
    }

    /// Nothing more will happen to it.
    #[must_use]
    pub fn is_final(self) -> bool {
        match self {
            Self::Done | Self::Refused | Self::Cancelled => true,
            Self::Queued | Self::Reading | Self::Indexing | Self::AwaitsConfirmation => false,
        }
    }

    /// As it travels, with the sentence of a guard or a fault.
    #[must_use]
    pub fn told(self, why: Option<String>) -> ImportState {
        let why = why.unwrap_or_default();
        match self {
            Self::Queued => ImportState::Queued {},
            Self::Reading => ImportState::Reading {},
            Self::Indexing => ImportState::Indexing {},
            Self::AwaitsConfirmation => ImportState::AwaitsConfirmation { why },
            Self::Done => ImportState::Done {},
            Self::Refused => ImportState::Refused { why },
            Self::Cancelled => ImportState::Cancelled {},
        }
    }
}
