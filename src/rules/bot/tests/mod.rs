//! The lamp shop's bot, driven as a visitor drives it.

mod always;
mod corpus;
mod faq;
mod fields;
mod handoff;
mod hours;
mod ladder;
mod odd;
mod products;
mod random;
mod reach;
mod schema;
mod shop;
mod structure;
mod talk;

use super::*;
use crate::protocol::command::FieldAnswer;
use crate::protocol::{BotTurn, BotWhy, Detail, ProductCard};

pub(super) const LAMPS: &str = include_str!("../../../../tests/fixtures/bots/lampes.toml");

/// A Thursday morning in Paris, the shop open.
pub(super) const OPEN: &str = "2026-11-26T10:00";

/// A visitor before a bot, with what is true outside.
pub(super) struct Talk {
    pub bot: Bot,
    pub facts: Facts,
    pub state: State,
    pub outputs: Vec<Output>,
    /// What every search finds, at most as many as it asks for.
    pub found: Vec<ProductCard>,
    /// What was searched for.
    pub searched: Vec<ProductQuery>,
}

impl Talk {
    pub fn with(toml: &str) -> Self {
        Self::of(compile(toml, 3).unwrap_or_else(|report| panic!("{:#?}", report.problems)))
    }

    pub fn of(bot: Bot) -> Self {
        let now = bot.at_local(NaiveDateTime::parse_from_str(OPEN, "%Y-%m-%dT%H:%M").unwrap()).unwrap();
        let lang = bot.languages()[0].clone();
        let facts =
            Facts { now, agents_online: 1, agents_free: 1, place: 1, lang, values: std::collections::BTreeMap::new() };
        Self { bot, facts, state: State::new(), outputs: Vec::new(), found: Vec::new(), searched: Vec::new() }
    }

    pub fn at(mut self, local: &str) -> Self {
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M").unwrap();
        self.facts.now = self.bot.at_local(local).unwrap();
        self
    }

    pub fn agents(mut self, online: u32, free: u32) -> Self {
        self.facts.agents_online = online;
        self.facts.agents_free = free;
        self
    }

    pub fn speaking(mut self, lang: &str) -> Self {
        self.facts.lang = lang.to_owned();
        self
    }

    pub fn tell(&mut self, input: Input) -> BotTurn {
        self.outputs.clear();
        self.take(input);
        while let Some(search) = take_search(&mut self.outputs) {
            let cards = self.found.iter().take(search.limit as usize).cloned().collect();
            self.searched.push(search.query);
            self.take(Input::Found { turn: search.turn, cards });
        }
        self.outputs
            .iter()
            .find_map(|o| if let Output::Say(turn) = o { Some(turn.clone()) } else { None })
            .unwrap_or_default()
    }

    fn take(&mut self, input: Input) {
        let (state, outputs) = step(&self.bot, &self.facts, std::mem::take(&mut self.state), input);
        self.state = state;
        self.outputs.extend(outputs);
    }

    pub fn started(mut self) -> Self {
        self.tell(Input::Start);
        self
    }

    /// Past the pre-chat form.
    pub fn introduced(mut self) -> Self {
        self.tell(Input::Start);
        self.fill(&[("prenom", "Léa"), ("email", "lea@exemple.fr")]);
        self
    }

    pub fn say(&mut self, text: &str) -> BotTurn {
        self.tell(Input::Text(text.to_owned()))
    }

    pub fn fill(&mut self, answers: &[(&str, &str)]) -> BotTurn {
        self.tell(Input::Form(self::answers(answers)))
    }

    /// Clicks the button of the last turn with this label.
    pub fn click(&mut self, label: &str) -> BotTurn {
        let at = self.state.offered.iter().position(|offered| offered.label == label);
        let index = at.unwrap_or_else(|| panic!("no button `{label}` among {:?}", self.state.offered));
        self.tell(Input::Button { index: u32::try_from(index).unwrap() })
    }

    pub fn kept(&self) -> Vec<Detail> {
        self.outputs.iter().flat_map(|o| if let Output::Keep(kept) = o { kept.clone() } else { Vec::new() }).collect()
    }

    pub fn handed_off(&self) -> bool {
        self.outputs.contains(&Output::HandOff)
    }

    pub fn message_left(&self) -> bool {
        self.outputs.contains(&Output::LeaveMessage)
    }

    pub fn rung(&self) -> &str {
        self.why().map_or("", |why| why.rung.as_str())
    }

    pub fn why(&self) -> Option<&BotWhy> {
        self.outputs.iter().find_map(|o| if let Output::Explain(why) = o { Some(why) } else { None })
    }
}

pub(super) fn answers(answers: &[(&str, &str)]) -> Vec<FieldAnswer> {
    let answer = |(field, value): &(&str, &str)| FieldAnswer { field: (*field).to_owned(), value: (*value).to_owned() };
    answers.iter().map(answer).collect()
}

pub(super) fn labels(turn: &BotTurn) -> Vec<&str> {
    turn.buttons.iter().map(|button| button.label.as_str()).collect()
}

#[test]
fn the_example_passes_the_checks_and_begins_with_its_form() {
    let report = check(LAMPS, &["https://clair-obscur.example".to_owned()]);
    assert_eq!(report.problems, Vec::new());
    let mut talk = Talk::with(LAMPS);
    let shown = start_turn(&talk.bot, &talk.facts);
    assert_eq!(shown, talk.tell(Input::Start), "the widget shows the very turn that is logged");
    assert_eq!(shown.say, ["Je suis un automate, une personne peut prendre le relais."]);
    assert_eq!(shown.form.iter().map(|field| field.id.as_str()).collect::<Vec<_>>(), ["prenom", "email"]);
}

#[test]
fn a_filled_form_leads_to_the_menu_and_a_person_is_told_the_place() {
    let mut talk = Talk::with(LAMPS).introduced();
    assert_eq!(talk.kept().iter().map(|d| d.value.as_str()).collect::<Vec<_>>(), ["Léa", "lea@exemple.fr"]);
    talk.facts.place = 4;
    let turn = talk.click("Parler à un conseiller");
    assert_eq!(turn.say, ["Je préviens la boutique. Vous êtes n° 4 dans la file."]);
    assert!(talk.handed_off());
    assert!(talk.outputs.contains(&Output::RemindAt { seconds: 90 }));
    assert_eq!(talk.say("vous êtes là ?"), BotTurn::default(), "nothing is answered while a person is waited for");
}
