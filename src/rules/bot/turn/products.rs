//! Products: asking what is looked for, searching, and showing what was found.
//!
//! The catalog is outside. A search ends the step: what was said so far is kept in
//! the state, and the turn is finished when [`super::super::state::Input::Found`]
//! comes back. A search that is never answered is dropped by the next input.

use super::super::keywords::{fold, read_part, words_of};
use super::super::model::{Kind, Localized, PRODUCTS_MAX, PriceMax, StepProducts, Target};
use super::super::phrase::{Phrase, QUERY};
use super::super::rung;
use super::super::state::{Act, Found, Mode, Output, ProductQuery, Searching};
use super::super::words;
use super::Run;
use crate::protocol::ProductCard;

/// Searches for one input: steps that follow each other may show products each.
pub const SEARCHES_MAX: u32 = 3;
/// A text of more words does not name a product.
const NAME_WORDS_MAX: usize = 8;
/// Nor does one of more characters.
const NAME_CHARS_MAX: usize = 80;
/// Characters of a query that are said back.
const SHOWN_QUERY_CHARS_MAX: usize = 80;

impl Run<'_> {
    /// `@products`: asks what to search for.
    pub(super) fn ask_for_products(&mut self) {
        self.rest();
        if self.bot.products.enabled {
            self.state.mode = Mode::Query { again: false };
            self.say(&self.bot.products.ask);
        } else {
            // Switched off in a newer version; the validator lets no button lead here.
            self.say(&self.bot.texts.unknown);
            self.offer_menu();
        }
    }

    /// Rung 5: the text that was asked for.
    pub(super) fn search_for_query(&mut self, text: &str) {
        self.why(rung::PRODUCTS, "what was asked for");
        let query = read_part(text).to_owned();
        let words = ProductQuery::Words { text: query.clone(), price_max: None, in_stock: true, values: Vec::new() };
        self.search(Found::Query { query }, words, self.bot.products.limit);
    }

    /// Rung 8: whether the text may name a product; if so, the catalog is asked.
    pub(super) fn search_for_name(&mut self, text: &str) -> bool {
        let words = words_of(text).len();
        let short = (1..=NAME_WORDS_MAX).contains(&words) && text.trim().chars().count() <= NAME_CHARS_MAX;
        if !self.bot.products.enabled || !short {
            return false;
        }
        let text = read_part(text);
        self.why(rung::CATALOG, format!("`{}`", shown(text)));
        self.search(Found::Named, ProductQuery::Named { text: text.to_owned() }, self.bot.products.limit);
        true
    }

    /// Before the FAQs: one word alone names a kind of thing rather than a question, unless an FAQ is called so.
    /// Where the catalog does not know it, it is heard as a question after all.
    pub(super) fn search_for_word(&mut self, text: &str) -> bool {
        let names_faq = |label: &str| fold(label) == fold(text);
        let is_word = words_of(text).len() == 1 && text.trim().chars().count() <= NAME_CHARS_MAX;
        if !is_word
            || !self.bot.products.enabled
            || self.bot.faqs.iter().any(|faq| names_faq(faq.label.get(self.language)))
        {
            return false;
        }
        let word = read_part(text).to_owned();
        self.why(rung::CATALOG, format!("`{}`", shown(&word)));
        let named = ProductQuery::Named { text: word.clone() };
        self.search(Found::Word { word }, named, self.bot.products.limit);
        true
    }

    /// The products of a step. Whatever an attribute's field was answered is a filter rather than words.
    pub(super) fn search_for_step(&mut self, id: &str, products: &StepProducts) {
        let phrase = products.query.get(self.language);
        let is_filter = |field: &str| self.attribute_of(field).is_some();
        let known = |field: &str| self.state.known.get(field).cloned();
        let text = joined(&phrase.fill(|field| known(field).filter(|_| !is_filter(field))));
        let query = joined(&phrase.fill(known));
        let price_max = match &products.price_max {
            Some(PriceMax::Number(price)) => Some(price.to_string()),
            Some(PriceMax::Field(field)) => self.state.known.get(field).cloned(),
            None => None,
        };
        let words =
            ProductQuery::Words { text, price_max, in_stock: products.in_stock, values: self.filters(id, phrase) };
        self.search(Found::Step { id: id.to_owned(), query }, words, products.limit);
    }

    /// Attributes and their values: of the fields that the step asks or its query names.
    fn filters(&self, step: &str, query: &Phrase) -> Vec<(String, String)> {
        let asked = self.bot.steps.get(step).into_iter().flat_map(|step| &step.collect);
        let mut fields: Vec<&str> = asked.map(String::as_str).chain(query.variables()).collect();
        fields.sort_unstable();
        fields.dedup();
        let value = |field: &&str| Some((self.attribute_of(field)?.to_owned(), self.state.known.get(*field)?.clone()));
        fields.iter().filter_map(value).collect()
    }

    fn attribute_of(&self, field: &str) -> Option<&str> {
        match &self.bot.fields.get(field)?.kind {
            Kind::Attribute { name } => Some(name),
            Kind::Text | Kind::Email | Kind::Phone | Kind::Number { .. } | Kind::Choice { .. } | Kind::Pattern(_) => {
                None
            }
        }
    }

    /// There is room for cards, and not too much was searched for this input already.
    pub(super) fn may_search(&self) -> bool {
        self.searches < SEARCHES_MAX && self.turn.cards.len() < PRODUCTS_MAX as usize
    }

    /// Ends the step with a search; what it says waits.
    fn search(&mut self, then: Found, query: ProductQuery, limit: u32) {
        let turn = self.state.turn.saturating_add(1);
        let limit = limit.clamp(1, PRODUCTS_MAX);
        let said = std::mem::take(&mut self.turn);
        let why = self.why.clone();
        let (moves, searches) = (self.moves, self.searches.saturating_add(1));
        self.state.mode = Mode::Searching(Box::new(Searching {
            turn,
            then,
            said: said.say,
            cards: said.cards,
            moves,
            searches,
            why,
        }));
        self.search = Some(Output::SearchProducts { turn, query, limit });
    }

    /// What the search found; of another turn it changes nothing.
    pub(super) fn receive_products(&mut self, turn: u32, cards: Vec<ProductCard>) {
        let Mode::Searching(search) = &self.state.mode else { return };
        if search.turn != turn {
            return;
        }
        let search = search.as_ref().clone();
        self.rest();
        self.turn.say = search.said;
        self.turn.cards = search.cards;
        self.moves = search.moves;
        self.searches = search.searches;
        self.why = search.why;
        let found = self.show(cards);
        match search.then {
            Found::Query { query } => self.finish_query(found, &query),
            Found::Step { id, query } => {
                if !found {
                    self.say_none(&query);
                }
                self.go_on_from(&id);
            }
            Found::Named | Found::Word { .. } if found => {
                self.state.misses = 0;
                self.turn.say.push(words::found(self.lang).to_owned());
                self.offer_another_search();
            }
            Found::Named => self.miss(),
            Found::Word { word } => {
                if !self.hear_question(&word) {
                    self.miss();
                }
            }
        }
    }

    fn finish_query(&mut self, found: bool, query: &str) {
        if found {
            self.state.misses = 0;
            self.turn.say.push(words::found(self.lang).to_owned());
        } else {
            self.why(rung::PRODUCTS, "nothing found");
            self.say_none(query);
            // Whoever found nothing tries other words, with or without the button.
            self.state.mode = Mode::Query { again: true };
        }
        self.offer_another_search();
    }

    /// Adds the cards, each product once; whether there was any.
    fn show(&mut self, cards: Vec<ProductCard>) -> bool {
        let found = !cards.is_empty();
        for card in cards {
            let shown = self.turn.cards.iter().any(|other| other.product == card.product && other.sku == card.sku);
            if !shown && self.turn.cards.len() < PRODUCTS_MAX as usize {
                self.turn.cards.push(card);
            }
        }
        found
    }

    fn say_none(&mut self, query: &str) {
        let none: &Localized<Phrase> = &self.bot.products.none;
        let said = none.get(self.language).fill(|name| match name {
            QUERY => Some(shown(query)),
            field => self.state.known.get(field).cloned(),
        });
        if !said.is_empty() {
            self.turn.say.push(said);
        }
    }

    fn offer_another_search(&mut self) {
        let again = self.bot.products.again.get(self.language).clone();
        self.offer(again, Act::Go { target: Target::Products }, None);
        self.offer_ways_to_a_person();
    }

    /// An input came in place of what was found: the unfinished turn is forgotten.
    pub(super) fn drop_search(&mut self) {
        if matches!(self.state.mode, Mode::Searching(_)) {
            self.rest();
        }
    }
}

/// Words as one line: a variable that was left out leaves no gap.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A query as it is said back: one short line.
fn shown(query: &str) -> String {
    let line = joined(&query.replace(char::is_control, " "));
    match line.char_indices().nth(SHOWN_QUERY_CHARS_MAX) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or(&line).trim_end()),
        None => line,
    }
}
