//! From wherever a visitor stands, at any hour and with anybody or nobody there,
//! there is a way to a person or to a message left.

use super::random::{Dice, any_input};
use super::{LAMPS, Talk, shop};
use crate::rules::bot::state::{Mode, Then};

const OPEN: &str = super::OPEN;
const CLOSED: &str = "2026-11-29T11:00";
/// Answers and clicks that a willing visitor needs at most.
const WILLING_TURNS_MAX: usize = 20;

/// A visitor who wants a person and answers whatever is asked; whether one or a message was reached.
pub fn arrives(talk: &mut Talk) -> bool {
    let mut asked = false;
    for _ in 0..WILLING_TURNS_MAX {
        match talk.state.mode.clone() {
            Mode::Waiting { .. } | Mode::Left => return true,
            Mode::Message => talk.say("Ma lampe clignote depuis hier."),
            Mode::Asking { then: Then::HandOff | Then::LeaveMessage, .. } if asked => talk.say(fitting(talk)),
            Mode::New | Mode::Form | Mode::Menu | Mode::Query { .. } | Mode::Searching(_) | Mode::Asking { .. } => {
                asked = true;
                talk.say("je voudrais parler à une personne")
            }
            Mode::Silenced => return false,
        };
    }
    false
}

fn fitting(talk: &Talk) -> &'static str {
    let Mode::Asking { field, .. } = &talk.state.mode else { return "" };
    match field.as_str() {
        "prenom" => "Léa",
        "email" => "lea@exemple.fr",
        "tel" => "06 12 34 56 78",
        "teinte" => "Laiton",
        _ => "CO-204177",
    }
}

#[test]
fn from_every_state_at_every_hour_a_person_or_a_message_is_within_reach() {
    let lamps = [
        LAMPS.to_owned(),
        LAMPS.replace("after_unknown = 2", "after_unknown = 0\nwhen_nobody = \"hide\"\nneeds = \"free\""),
    ];
    let mut seen = std::collections::BTreeSet::new();
    let shops = lamps.iter().map(|toml| Talk::with(toml).bot).chain([shop::bot()]);
    for (shop, bot) in shops.enumerate() {
        for seed in 0..200 {
            let mut dice = Dice::new(seed);
            let talk = Talk::of(bot.clone());
            let mut talk = if seed % 2 == 0 { talk.started() } else { talk.introduced() };
            for _ in 0..dice.roll(40) {
                talk = talk.agents(u32::try_from(dice.roll(2)).unwrap(), 1);
                talk.tell(any_input(&mut dice));
            }
            let reached = (talk.state.clone(), serde_json::to_value(&talk.state.mode).unwrap()["type"].to_string());
            seen.insert(reached.1.clone());
            for (local, online, free) in [(OPEN, 1, 1), (OPEN, 2, 0), (OPEN, 0, 0), (CLOSED, 3, 3), (CLOSED, 0, 0)] {
                let mut talk = Talk::of(bot.clone()).at(local).agents(online, free);
                talk.state = reached.0.clone();
                assert!(
                    arrives(&mut talk),
                    "shop {shop}, seed {seed}, {local}, {online} online, {free} free: {:?}",
                    talk.state
                );
            }
        }
    }
    assert_eq!(seen.len(), 7, "every state that speaks or waits was met: {seen:?}");
}

#[test]
fn a_visitor_who_only_clicks_reaches_a_person_or_a_message_in_two_clicks() {
    for (local, agents) in [(OPEN, 1), (OPEN, 0), (CLOSED, 1), (CLOSED, 0)] {
        let mut talk = Talk::with(LAMPS).at(local).agents(agents, agents).introduced();
        let label = talk.state.offered[3].label.clone();
        talk.click(&label);
        let reachable = local == OPEN && agents > 0;
        assert_eq!(talk.handed_off(), reachable, "{local} {agents}");
        assert_eq!(talk.state.mode == Mode::Message, !reachable, "{local} {agents}");
    }
}
