//! Texts and labels: languages, lengths, variables.

use super::super::definition::{Text, Texts};
use super::super::phrase::{NEXT_OPENING, POSITION, Phrase, QUERY};
use super::super::problem::{Spot, Spotted, did_you_mean, shown};
use super::super::words::Word;
use super::{Checker, LANGUAGES_MAX};

pub const LABEL_CHARS_MAX: usize = 40;
pub const TEXT_CHARS_MAX: usize = 1_000;
pub const ANSWER_CHARS_MAX: usize = 2_000;
pub const KEYWORDS_MAX: usize = 40;

/// Which words of the server a text may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Label,
    Text,
    /// Of an FAQ.
    Answer,
    /// Said outside a talk: no field is known there.
    Plain,
    /// May say what was searched for.
    NothingFound,
    /// May say the place in line.
    Waiting,
    /// May say when the shop opens again.
    Leaving,
}

impl Checker<'_> {
    pub(super) fn languages(&mut self) {
        let languages = &self.definition.bot.languages;
        if let Some(spot) = self.definition.bot.languages_spot.as_ref().filter(|_| languages.is_empty()) {
            let message = "no language; write for instance `languages = [\"fr\", \"en\"]`, the default first";
            self.add("E13", spot, message);
        }
        if let Some(over) = languages.get(LANGUAGES_MAX) {
            self.limit(&over.spot, "languages", languages.len(), LANGUAGES_MAX);
        }
        for (at, code) in languages.iter().enumerate().take(LANGUAGES_MAX) {
            if !(2..=3).contains(&code.value.len()) || !code.value.chars().all(|c| c.is_ascii_lowercase()) {
                let message = format!(
                    "cannot read language {}; write two or three small letters, such as `fr`",
                    shown(&code.value)
                );
                self.add("E13", &code.spot, message);
            } else if languages.iter().take(at).any(|other| other.value == code.value) {
                self.add("E13", &code.spot, format!("language `{}` is there twice; remove one", code.value));
            }
        }
    }

    pub(super) fn codes(&self) -> Vec<String> {
        self.definition.bot.languages.iter().take(LANGUAGES_MAX).map(|code| code.value.clone()).collect()
    }

    pub(super) fn label(&mut self, text: Option<&Text>) {
        self.text(text, Kind::Label);
    }

    pub(super) fn text(&mut self, text: Option<&Text>, kind: Kind) {
        let Some(text) = text else { return };
        if let Some(plain) = &text.plain {
            let pointer = format!("{}/{}", text.spot.pointer, self.definition.default_language());
            self.written(plain, &Spot { line: text.spot.line, pointer }, kind);
        }
        for said in text.by_language.values() {
            self.written(&said.value, &said.spot, kind);
        }
        let written: Vec<(&String, &Spot)> = text.by_language.iter().map(|(code, said)| (code, &said.spot)).collect();
        self.language_coverage(&text.spot, text.plain.is_some(), &written);
    }

    /// Default language there, no stranger, the others as a warning.
    fn language_coverage(&mut self, spot: &Spot, plain: bool, written: &[(&String, &Spot)]) {
        let codes = self.codes();
        let Some(default) = codes.first() else { return };
        for (code, spot) in written {
            if !codes.contains(code) {
                let mean = did_you_mean(code, codes.iter().map(String::as_str));
                self.add("E13", spot, format!("language {} is not among `bot.languages`{mean}", shown(code)));
            }
        }
        let has = |code: &String| (plain && code == default) || written.iter().any(|(other, _)| *other == code);
        if !has(default) {
            self.add("E13", spot, format!("not written in `{default}`, the default language; add it"));
            return;
        }
        let missing: Vec<String> = codes.iter().filter(|code| !has(code)).map(|code| format!("`{code}`")).collect();
        if !missing.is_empty() {
            let message = format!("not written in {}; visitors will read it in `{default}`", missing.join(", "));
            self.add("W13", spot, message);
        }
    }

    fn written(&mut self, text: &str, spot: &Spot, kind: Kind) {
        let (code, max) = match kind {
            Kind::Label => ("E10", LABEL_CHARS_MAX),
            Kind::Answer => ("E12", ANSWER_CHARS_MAX),
            Kind::Text | Kind::Plain | Kind::Waiting | Kind::Leaving | Kind::NothingFound => ("E12", TEXT_CHARS_MAX),
        };
        let chars = text.chars().count();
        if text.trim().is_empty() {
            self.add(code, spot, format!("nothing is written; write 1 to {max} characters"));
        } else if chars > max {
            self.add(code, spot, format!("{} has {chars} characters; keep at most {max}", shown(text)));
        }
        match Phrase::cut(text) {
            Ok(phrase) => self.variables(&phrase, spot, kind),
            Err(fault) => self.add("E08", spot, fault.to_string()),
        }
    }

    fn variables(&mut self, phrase: &Phrase, spot: &Spot, kind: Kind) {
        for name in phrase.variables() {
            let variable = shown(&format!("{{{{{name}}}}}"));
            let allowed = match name {
                POSITION => kind == Kind::Waiting,
                NEXT_OPENING => kind == Kind::Leaving,
                QUERY => kind == Kind::NothingFound,
                _ => {
                    if kind == Kind::Label {
                        self.add("E08", spot, format!("{variable} stands in a label; labels take no variable"));
                    } else if kind == Kind::Plain {
                        self.add("E08", spot, format!("{variable} stands where no field is known; write it without"));
                    } else if !self.definition.fields.iter().any(|field| field.id == name) {
                        let mean = did_you_mean(name, self.definition.fields.iter().map(|field| field.id.as_str()));
                        self.add("E08", spot, format!("no field for {variable}{mean}"));
                    }
                    true
                }
            };
            if !allowed {
                let place = match name {
                    POSITION => "belongs into `handoff.waiting`",
                    NEXT_OPENING => "belongs into `leave_message.say`",
                    _ => "belongs into `products.none`",
                };
                self.add("E08", spot, format!("{variable} {place}; remove it here"));
            }
        }
    }

    pub(super) fn keywords(&mut self, keywords: Option<&Texts>) {
        let Some(texts) = keywords else { return };
        for list in texts.plain.iter().chain(texts.by_language.values()) {
            if let Some(over) = list.get(KEYWORDS_MAX) {
                self.limit(&over.spot, "keywords", list.len(), KEYWORDS_MAX);
            }
            for word in list.iter().take(KEYWORDS_MAX) {
                self.written(&word.value, &word.spot, Kind::Label);
            }
        }
        self.lists_coverage(texts);
    }

    /// As [`Self::language_coverage`], of lists.
    pub(super) fn lists_coverage(&mut self, texts: &Texts) {
        if texts.plain.as_ref().is_some_and(Vec::is_empty) {
            // Nothing, on purpose, in any language.
            return;
        }
        let spot =
            |list: &Vec<Spotted<String>>| list.first().map_or_else(|| texts.spot.clone(), |word| word.spot.clone());
        let written: Vec<(&String, Spot)> = texts.by_language.iter().map(|(code, list)| (code, spot(list))).collect();
        let written: Vec<(&String, &Spot)> = written.iter().map(|(code, spot)| (*code, spot)).collect();
        self.language_coverage(&texts.spot, texts.plain.is_some(), &written);
    }

    /// A text that we have built in for French and English only.
    pub(super) fn built_in(&mut self, text: Option<&Text>, word: Word, key: &str, spot: &Spot) {
        if text.is_some() {
            return;
        }
        let spot = &Spot { line: spot.line, pointer: format!("/{}", key.replace('.', "/")) };
        for (at, code) in self.codes().iter().enumerate().filter(|(_, code)| word.in_language(code).is_none()) {
            if at == 0 {
                self.add("E13", spot, format!("no built-in words in `{code}` for `{key}`; write it"));
            } else {
                self.add(
                    "W13",
                    spot,
                    format!("no built-in words in `{code}` for `{key}`; visitors will read the default language"),
                );
            }
        }
    }
}
