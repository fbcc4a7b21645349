//! One step of the bot with what it searches for: the same live and in a preview.
//!
//! The interpreter knows no catalog. It says what it wants searched and says nothing else
//! until it hears what was found; nothing is stored in between.

use std::collections::BTreeMap;

use super::ports::Finder;
use crate::protocol::{BotTurn, SiteId};
use crate::rules::bot::talk::Search;
use crate::rules::bot::{self, Bot, Facts, Input, Output, State};

/// Searches for one input; a definition asks for one, and for another where nothing was found.
const SEARCHES_MAX: usize = 4;

/// The values that the bot's questions offer; nothing is asked of the catalog where none does.
pub async fn values(finder: &dyn Finder, site: SiteId, bot: &Bot, lang: &str) -> BTreeMap<String, Vec<String>> {
    let attributes: Vec<String> = bot.attributes().map(str::to_owned).collect();
    if attributes.is_empty() {
        return BTreeMap::new();
    }
    finder.values(site, lang.to_owned(), attributes).await
}

/// What follows from an input once everything was searched that it asks for.
pub async fn step(
    finder: &dyn Finder,
    site: SiteId,
    bot: &Bot,
    facts: &Facts,
    state: State,
    input: Input,
) -> (State, Vec<Output>) {
    let (mut state, mut outputs) = bot::step(bot, facts, state, input);
    for _ in 0..SEARCHES_MAX {
        let Some(Search { turn, query, limit }) = bot::take_search(&mut outputs) else { break };
        let cards = finder.find(site, facts.lang.clone(), query, limit).await;
        let (then, more) = bot::step(bot, facts, state, Input::Found { turn, cards });
        state = then;
        outputs.extend(more);
    }
    outputs.retain(|output| !matches!(output, Output::SearchProducts { .. }));
    (state, outputs)
}

/// The first words, as the widget shows them before there is a conversation.
pub async fn start_turn(finder: &dyn Finder, site: SiteId, bot: &Bot, facts: &Facts) -> BotTurn {
    let (_, outputs) = step(finder, site, bot, facts, State::new(), Input::Start).await;
    let said = outputs.into_iter().find_map(|output| match output {
        Output::Say(turn) => Some(turn),
        Output::Keep(_)
        | Output::HandOff
        | Output::LeaveMessage
        | Output::RemindAt { .. }
        | Output::Refuse(_)
        | Output::Stale
        | Output::Explain(_)
        | Output::SearchProducts { .. } => None,
    });
    said.unwrap_or_default()
}
