//! What the bot says next: definition, validator and interpreter.

use serde::{Deserialize, Serialize};

/// Where one conversation stands in the bot's definition; stored beside the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct State {}

/// A checked and compiled definition: texts by language, patterns, hours.
#[derive(Debug)]
pub struct Bot {}
