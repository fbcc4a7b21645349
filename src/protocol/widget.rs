//! What the widget fetches over HTTP.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::BotTurn;

/// `GET /w/v1/config?site=KEY&lang=fr`: everything before the first act, within the byte budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WidgetConfig {
    pub site: String,
    pub name: String,
    /// The language to speak: the asked one where the bot has it, else the site's.
    pub lang: String,
    /// Absolute addresses of this release's chunks.
    pub chunks: WidgetChunks,
    /// The bot's name, shown at the head of the panel.
    pub bot_name: String,
    pub bot_version: u32,
    pub start: BotTurn,
    pub reachable: bool,
    /// A CSS colour, `#rrggbb`.
    pub accent: String,
    /// Query parameters that may stay in page addresses.
    pub query_keep: Vec<String>,
    pub file_megabytes_max: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WidgetChunks {
    /// The panel (chat), fetched at the first act.
    pub panel: String,
    /// The words of `lang`.
    pub words: String,
}

/// `POST …/documents` answers this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Uploaded {
    pub document: super::DocumentRef,
}

/// `GET /w/v1/documents/{id}/address`: an address for an `<img>` or a download, valid 10 minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DocumentAddress {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub preview: Option<String>,
    pub download: String,
}
