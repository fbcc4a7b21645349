//! Trying settings that are not saved: an admin's own page of the store, as an agent would see it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{FrameFault, ShareSettings, SharedPage};
use crate::protocol::ShareId;

/// Marks that a page tells of itself; more are left out.
pub const PREVIEW_MARKS_MAX: usize = 2_000;

/// Settings to be tried: at the beginning, and each time that they change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TrySharing {
    pub settings: ShareSettings,
}

/// A preview that waits for a page of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SharePreviewBegun {
    pub id: ShareId,
    /// For the fragment of the page's address: good once, for two minutes.
    pub pass: String,
}

/// Where a preview stands, for the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SharePreview {
    /// Rises with each change.
    pub turn: u32,
    pub stage: SharePreviewStage,
    /// What the page sent last.
    pub seen: Option<PreviewedPage>,
    /// Why what it sent last cannot be shown, to agents neither.
    pub fault: Option<FrameFault>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SharePreviewStage {
    /// No page has shown the pass.
    Waiting,
    /// A page has, and asks its admin.
    Asking,
    /// The page sends what it looks like.
    Open,
    /// The page was closed, went elsewhere, or its admin said no.
    Left,
}

/// A page as an agent would see it, beside its picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewedPage {
    /// Of the settings that it was made with.
    pub version: u32,
    pub page: SharedPage,
    pub marks: Vec<PreviewMark>,
    pub selectors: Vec<PreviewSelector>,
}

/// A field of the page, or an element that a mark or selector speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewMark {
    /// Its number in the picture.
    pub node: u32,
    pub rank: PreviewRank,
}

/// What an element is for the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PreviewRank {
    Shown,
    Masked,
    Secret,
    Dropped,
}

/// What a selector of the settings found on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewSelector {
    pub selector: String,
    /// Elements; none = no browser's selector.
    pub found: Option<u32>,
}

/// A page of the store shows the pass of its address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenPreview {
    pub pass: String,
}

/// What the page gets for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewOpened {
    /// Shown as a bearer by what follows.
    pub key: String,
    /// Of the admin who asked.
    pub first_name: String,
    pub settings: PreviewSettings,
}

/// Settings that are tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewSettings {
    pub version: u32,
    pub settings: ShareSettings,
}

/// The page waits for other settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AwaitPreview {
    /// That it has.
    pub version: u32,
    /// Its admin agreed; before that nothing of the page is sent.
    pub agreed: bool,
    /// Nothing more will be sent.
    pub leaving: bool,
}

/// Files that the picture names: SHA-256 as hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewFiles {
    pub hashes: Vec<String>,
}
