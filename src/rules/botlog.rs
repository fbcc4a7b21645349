//! What events mean for what is told of the bot: what it did not understand, how its FAQs were
//! used, what became of conversations.
//!
//! [`crate::store::botlog`] keeps rows from these facts, in the transaction of the events, and
//! can make them again from the log. What is shown of them is put together by
//! [`super::not_understood`] and by the store's sums.

use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::bot::{at_local, rung};
use crate::protocol::{Author, BotWhy, Event, EventBody, QueueReason, Timestamp};

/// A handoff within so many turns of the visitor after an FAQ's answer is laid to that answer.
pub const HANDOFF_WITHIN_TURNS: u32 = 2;

/// What one event adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    Began {
        at: Timestamp,
    },
    /// The visitor said, chose or sent something.
    Heard,
    Turned(Turn),
    /// A person was asked for.
    HandedOff {
        /// Asked for with an earlier turn: the last thing said only answered a field on the way.
        on_the_way: bool,
    },
    MessageLeft {
        on_the_way: bool,
    },
    Taken,
    Rated(u8),
}

/// A turn of the bot that answers the visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The event that explains it.
    pub seq: u64,
    pub at: Timestamp,
    /// One of [`rung`].
    pub rung: String,
    /// The visitor's event that it answers.
    pub answers: u64,
    /// The FAQ whose answer was said.
    pub answered: Option<String>,
    /// FAQs that were offered, as the bot was not sure.
    pub suggested: Vec<String>,
    pub missed: Missed,
}

/// Which text was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missed {
    Nothing,
    /// The one that this turn answers.
    This,
    /// The one that the suggestions before were for: the visitor wanted none of them.
    Suggested,
}

impl Turn {
    /// A field's answer is the way to something that was asked for before, so it is no turn of its own.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.rung != rung::FIELD
    }

    /// A button was pressed, or its label typed.
    #[must_use]
    pub fn is_choice(&self) -> bool {
        self.rung == rung::BUTTON || self.rung == rung::LABEL
    }
}

/// The facts in a piece of a log, in order; what was decided together must come together.
#[must_use]
pub fn facts(events: &[Event]) -> Vec<Fact> {
    events.iter().enumerate().filter_map(|(place, event)| fact(event, events.get(place + 1..)?)).collect()
}

fn fact(event: &Event, after: &[Event]) -> Option<Fact> {
    match &event.body {
        EventBody::ConversationStarted { .. } => Some(Fact::Began { at: event.at }),
        EventBody::BotExplained { answers, why } => turn(event, *answers, why).map(Fact::Turned),
        EventBody::MessagePosted { author, .. } | EventBody::DocumentShared { author, .. } => match author {
            Author::Visitor {} => Some(Fact::Heard),
            Author::Agent { .. } => None,
        },
        EventBody::ButtonChosen { .. } | EventBody::DetailsGiven { .. } => Some(Fact::Heard),
        EventBody::ConversationQueued { reason } => match reason {
            QueueReason::Handoff {} => Some(Fact::HandedOff { on_the_way: is_on_the_way(event.seq, after) }),
            QueueReason::MessageLeft {} => Some(Fact::MessageLeft { on_the_way: is_on_the_way(event.seq, after) }),
            QueueReason::AgentGone { .. } => None,
        },
        EventBody::ConversationTaken { .. } => Some(Fact::Taken),
        EventBody::ConversationRated { rating, .. } => Some(Fact::Rated(*rating)),
        EventBody::BotSpoke { .. }
        | EventBody::TransferOffered { .. }
        | EventBody::TransferEnded { .. }
        | EventBody::ConversationTransferred { .. }
        | EventBody::ConversationClosed { .. }
        | EventBody::ProductRecommended { .. }
        | EventBody::ProductsCompared { .. }
        | EventBody::CardMarked { .. }
        | EventBody::NoteAdded { .. }
        | EventBody::ShareChanged { .. }
        | EventBody::ShareActed { .. }
        | EventBody::Withheld {} => None,
    }
}

/// First words and notices answer nobody.
fn turn(event: &Event, answers: u64, why: &BotWhy) -> Option<Turn> {
    if answers == 0 || why.rung == rung::START {
        return None;
    }
    let missed = match why.rung.as_str() {
        rung::UNKNOWN => Missed::This,
        rung::NONE_OF_THESE => Missed::Suggested,
        _ => Missed::Nothing,
    };
    Some(Turn {
        seq: event.seq,
        at: event.at,
        rung: why.rung.clone(),
        answers,
        answered: why.answered.clone(),
        suggested: why.suggested.clone(),
        missed,
    })
}

/// Queueing, speaking and explaining are decided in one turn and numbered on.
fn is_on_the_way(queued: u64, after: &[Event]) -> bool {
    let explained = after.iter().take_while(|event| event.seq <= queued + 2).find_map(|event| match &event.body {
        EventBody::BotExplained { why, .. } => Some(why.rung.as_str()),
        _ => None,
    });
    explained == Some(rung::FIELD)
}

/// A day of the shop: from its first moment to the next day's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    pub from: Timestamp,
    pub to: Timestamp,
}

/// Every day from the first to the last one, both inside; 23 or 25 hours long where summer time begins or ends.
/// At most `most`; a date beyond the calendar's end gives none.
#[must_use]
pub fn days(zone: Tz, first: NaiveDate, last: NaiveDate, most: usize) -> Vec<Day> {
    let starts = |date: NaiveDate| at_local(date.and_time(NaiveTime::MIN), zone);
    first
        .iter_days()
        .take_while(|date| *date <= last)
        .take(most)
        .filter_map(|date| Some(Day { date, from: starts(date)?, to: starts(date.checked_add_days(Days::new(1))?)? }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{AgentId, AgentRef};

    fn numbered(bodies: Vec<EventBody>) -> Vec<Event> {
        (1..).zip(bodies).map(|(seq, body)| Event { seq, at: Timestamp::from_millis(0), body }).collect()
    }

    fn explained(answers: u64, rung: &str) -> EventBody {
        EventBody::BotExplained { answers, why: BotWhy { rung: rung.into(), ..BotWhy::default() } }
    }

    fn queued(reason: QueueReason) -> EventBody {
        EventBody::ConversationQueued { reason }
    }

    fn said(text: &str) -> EventBody {
        EventBody::MessagePosted { author: Author::Visitor {}, text: text.into() }
    }

    #[test]
    fn first_words_and_notices_are_no_turns_and_a_miss_names_its_text() {
        let log = vec![explained(0, rung::START), said("x"), explained(2, rung::UNKNOWN), explained(3, rung::START)];
        let facts = facts(&numbered(log));
        let [Fact::Heard, Fact::Turned(turn)] = facts.as_slice() else { panic!("{facts:?}") };
        assert_eq!((turn.seq, turn.answers, turn.missed), (3, 2, Missed::This));
    }

    #[test]
    fn a_person_asked_for_through_fields_was_asked_for_before_them() {
        for (rung, on_the_way) in [(rung::FIELD, true), (rung::KEYWORD, false), (rung::BUTTON, false)] {
            for spoke in [false, true] {
                let mut log = vec![said("x"), queued(QueueReason::Handoff {})];
                log.extend(
                    spoke.then(|| EventBody::BotSpoke { turn: crate::protocol::BotTurn::default(), answers: 1 }),
                );
                log.push(explained(1, rung));
                assert_eq!(facts(&numbered(log))[1], Fact::HandedOff { on_the_way }, "{rung} {spoke}");
            }
        }
        let later = vec![queued(QueueReason::MessageLeft {}), said("a"), said("b"), explained(3, rung::FIELD)];
        assert_eq!(facts(&numbered(later))[0], Fact::MessageLeft { on_the_way: false });
    }

    #[test]
    fn an_agent_who_vanished_is_no_wish_for_a_person_and_an_agents_words_are_no_input() {
        let agent = AgentRef { id: AgentId(uuid::Uuid::nil()), first_name: "Ada".into() };
        let words = EventBody::MessagePosted { author: Author::Agent { agent: agent.clone() }, text: "x".into() };
        assert_eq!(facts(&numbered(vec![queued(QueueReason::AgentGone { agent }), words])), []);
    }

    #[test]
    fn days_are_the_shops_own_and_none_is_missing_where_summer_time_changes() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let hours = |day: &Day| day.to.seconds_since(day.from) / 3600;
        for (zone, first, last, wanted) in [
            (Tz::Europe__Paris, "2026-03-28", "2026-03-30", vec![24, 23, 24]),
            (Tz::Europe__Paris, "2026-10-24", "2026-10-26", vec![24, 25, 24]),
            (Tz::UTC, "2026-02-27", "2026-03-02", vec![24, 24, 24, 24]),
            // Midnight itself is skipped there.
            (Tz::America__Santiago, "2026-09-05", "2026-09-07", vec![24, 23, 24]),
            (Tz::UTC, "2026-03-02", "2026-03-01", vec![]),
        ] {
            let days = days(zone, date(first), date(last), 366);
            assert_eq!(days.iter().map(hours).collect::<Vec<_>>(), wanted, "{zone} {first}");
            assert!(days.windows(2).all(|pair| pair[0].to == pair[1].from));
        }
        assert_eq!(days(Tz::UTC, date("2024-01-01"), date("2026-01-01"), 366).len(), 366);
        assert_eq!(days(Tz::UTC, NaiveDate::MAX, NaiveDate::MAX, 366), []);
    }
}
