//! What visitors typed and the bot did not know, as groups of what is alike.
//!
//! Put together when it is asked for: what an admin has dealt with is left out, and what the
//! published bot knows by now. Which texts are alike is [`super::likeness`]'s to say.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::bot::Bot;
pub use super::likeness::TEXT_CHARS_MAX;
use super::likeness::{self, Text};
use crate::protocol::bot_desk::{NotUnderstood, TextExample, TextGroup};
use crate::protocol::{ConversationId, Timestamp};

/// Days that are looked back.
pub const DAYS: i64 = 30;
/// Groups told, and different texts of each.
const GROUPS_MAX: usize = 200;
const EXAMPLES_MAX: usize = 20;
/// Different texts that the published bot is asked about, the most frequent first; later ones stay in.
const ASKED_MAX: usize = 5_000;

/// A text that was not understood, of at most [`TEXT_CHARS_MAX`] characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub text: String,
    /// The widget's language.
    pub lang: String,
    pub at: Timestamp,
    pub conversation: ConversationId,
    /// When the conversation began.
    pub began_at: Timestamp,
}

/// Spellings of one text in one language of the bot.
struct Different {
    lang: String,
    normal: String,
    count: u32,
    last_at: Timestamp,
    conversation: ConversationId,
    spellings: BTreeMap<String, u32>,
}

impl Different {
    /// As it was typed most often.
    fn text(&self) -> &str {
        self.spellings.iter().max_by_key(|(text, count)| (**count, Reverse(*text))).map_or("", |(text, _)| text)
    }

    fn example(&self) -> TextExample {
        let Self { lang, count, conversation, .. } = self;
        TextExample { text: self.text().to_owned(), count: *count, conversation: *conversation, lang: lang.clone() }
    }
}

/// Groups what was typed, of one language or of all.
///
/// A text that was set aside comes back when it is typed in a conversation that began later, and
/// counts from there.
#[must_use]
pub fn not_understood(
    typed: Vec<Typed>,
    set_aside: &HashMap<String, Timestamp>,
    bot: Option<&Bot>,
    lang: Option<&str>,
) -> NotUnderstood {
    let language = |lang: &str| bot.map_or(lang, |bot| bot.language_for(lang)).to_owned();
    let wanted = lang.map(language);
    let mut different: BTreeMap<(String, String), Different> = BTreeMap::new();
    for one in typed {
        let lang = language(&one.lang);
        let normal = likeness::normal(&one.text);
        let is_dealt_with = set_aside.get(&normal).is_some_and(|at| one.began_at <= *at);
        if normal.is_empty() || is_dealt_with || wanted.as_ref().is_some_and(|wanted| *wanted != lang) {
            continue;
        }
        let known = different.entry((lang.clone(), normal.clone())).or_insert_with(|| Different {
            lang,
            normal,
            count: 0,
            last_at: one.at,
            conversation: one.conversation,
            spellings: BTreeMap::new(),
        });
        if one.at > known.last_at {
            (known.last_at, known.conversation) = (one.at, one.conversation);
        }
        known.count += 1;
        *known.spellings.entry(one.text).or_default() += 1;
    }
    let mut left: Vec<Different> = different.into_values().collect();
    left.sort_by(|a, b| (Reverse(a.count), &a.lang, &a.normal).cmp(&(Reverse(b.count), &b.lang, &b.normal)));
    let mut asked = 0;
    left.retain(|one| {
        asked += 1;
        asked > ASKED_MAX || !bot.is_some_and(|bot| bot.would_answer(&one.lang, one.text()))
    });
    told(&left, bot)
}

fn told(left: &[Different], bot: Option<&Bot>) -> NotUnderstood {
    let mut by_lang: BTreeMap<&str, Vec<&Different>> = BTreeMap::new();
    for one in left {
        by_lang.entry(&one.lang).or_default().push(one);
    }
    let mut groups: Vec<(u32, Timestamp, Vec<&Different>)> = Vec::new();
    for (lang, of_lang) in by_lang {
        let texts: Vec<Text<'_>> = of_lang.iter().map(|one| Text { text: one.text(), count: one.count }).collect();
        for group in likeness::groups(lang, &texts) {
            let members: Vec<&Different> = group.iter().filter_map(|at| of_lang.get(*at)).copied().collect();
            let count = members.iter().map(|one| one.count).sum();
            let last_at = members.iter().map(|one| one.last_at).max().unwrap_or(Timestamp::EPOCH);
            groups.push((count, last_at, members));
        }
    }
    let first = |members: &[&Different]| members.first().map(|one| one.normal.clone()).unwrap_or_default();
    groups.sort_by_cached_key(|(count, last_at, members)| (Reverse(*count), Reverse(*last_at), first(members)));
    let texts = groups.iter().map(|(count, ..)| count).sum();
    groups.truncate(GROUPS_MAX);
    NotUnderstood {
        texts,
        groups: groups.iter().filter_map(|(count, last_at, members)| group(*count, *last_at, members, bot)).collect(),
    }
}

fn group(count: u32, last_at: Timestamp, members: &[&Different], bot: Option<&Bot>) -> Option<TextGroup> {
    let nearest_to_all = members.first()?;
    let mut examples: Vec<TextExample> = members.iter().map(|one| one.example()).collect();
    examples.sort_by_key(|example| Reverse(example.count));
    examples.truncate(EXAMPLES_MAX);
    let nearest = bot.and_then(|bot| bot.nearest_faq(&nearest_to_all.lang, nearest_to_all.text()));
    Some(TextGroup {
        text: nearest_to_all.text().to_owned(),
        count,
        last_at,
        examples,
        nearest: nearest.map(str::to_owned),
    })
}
