//! What can be searched for in History: the words of people, found by words.
//!
//! Typed text never reaches FTS5's query language: each word is quoted by itself.
//! Words may stand in different events of one conversation, a name in one and a
//! product in another, so each is looked up alone and conversations are intersected.

use crate::protocol::EventBody;

/// Words of one search; further ones are left out.
pub(super) const WORDS_MAX: usize = 8;
/// Bytes of one search; what is behind is left out.
const SEARCH_BYTES_MAX: usize = 256;
/// The newest matching texts of one word that are looked at, so that a common word stays cheap.
pub(super) const MATCHES_MAX: i64 = 100_000;
/// Bits of `said.rowid` that hold the event's number; the rest is the conversation's.
pub(super) const SEQ_BITS: u32 = 24;

/// The rowid that names an event in `said`; none beyond 16 million events of one conversation.
pub(super) fn name(conversation: i64, seq: u64) -> Option<i64> {
    (seq < 1 << SEQ_BITS).then(|| (conversation << SEQ_BITS) | seq.cast_signed())
}

/// The words of an event that people may look for. The bot's own words are not: every conversation has them.
pub(super) fn said(body: &EventBody) -> Option<String> {
    match body {
        EventBody::MessagePosted { text, .. } | EventBody::NoteAdded { text, .. } => Some(text.clone()),
        EventBody::ButtonChosen { label, .. } => Some(label.clone()),
        EventBody::DetailsGiven { details } => {
            Some(details.iter().map(|detail| detail.value.as_str()).collect::<Vec<_>>().join("\n"))
        }
        EventBody::DocumentShared { document, .. } => Some(document.name.clone()),
        EventBody::ProductRecommended { card, .. } => {
            let sku = card.sku.as_ref().map_or("", |sku| sku.0.as_str());
            Some([card.title.as_str(), card.variant.as_str(), sku].join("\n"))
        }
        EventBody::ProductsCompared { comparison, .. } => {
            let titles = comparison.cards.iter().map(|card| card.title.as_str());
            Some(titles.collect::<Vec<_>>().join("\n"))
        }
        EventBody::TransferOffered { note, .. } => Some(note.clone()),
        EventBody::ConversationRated { comment, .. } => Some(comment.clone()),
        EventBody::ConversationStarted { .. }
        | EventBody::BotSpoke { .. }
        | EventBody::BotExplained { .. }
        | EventBody::ConversationQueued { .. }
        | EventBody::ConversationTaken { .. }
        | EventBody::TransferEnded { .. }
        | EventBody::ConversationTransferred { .. }
        | EventBody::ConversationClosed { .. }
        | EventBody::CardMarked { .. }
        | EventBody::ShareChanged { .. }
        | EventBody::ShareActed { .. }
        | EventBody::Withheld {} => None,
    }
    .filter(|text| !text.trim().is_empty())
}

/// One FTS5 phrase a word; the last one also as a beginning, for search as one types.
pub(super) fn phrases(typed: &str) -> Vec<String> {
    let typed = typed.get(..typed.floor_char_boundary(SEARCH_BYTES_MAX)).unwrap_or("");
    let words: Vec<&str> =
        typed.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).take(WORDS_MAX).collect();
    let last = words.len().saturating_sub(1);
    words
        .iter()
        .enumerate()
        .map(|(i, word)| {
            let star = if i == last { "*" } else { "" };
            // NUL would end the text inside SQLite.
            format!("\"{}\"{star}", word.replace('"', "\"\"").replace('\0', ""))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_one_by_one_and_only_the_last_is_a_beginning() {
        for (typed, phrases_of_it) in [
            ("lampe bleue", vec!["\"lampe\"", "\"bleue\"*"]),
            ("a@b.fr", vec!["\"a@b.fr\"*"]),
            ("say \"no\" NOT * (", vec!["\"say\"", "\"\"\"no\"\"\"", "\"NOT\"*"]),
            ("  - … ", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(phrases(typed), phrases_of_it, "{typed}");
        }
    }

    #[test]
    fn a_search_is_bounded_in_words_and_bytes() {
        assert_eq!(phrases(&"a ".repeat(1000)).len(), WORDS_MAX);
        assert!(phrases(&"é".repeat(1000)).concat().len() <= SEARCH_BYTES_MAX + 4);
    }

    #[test]
    fn an_events_name_keeps_conversation_and_number_apart() {
        assert_eq!(name(3, 5).map(|name| (name >> SEQ_BITS, name & 0xff_ffff)), Some((3, 5)));
        assert_eq!(name(1, 1 << SEQ_BITS), None);
    }
}
