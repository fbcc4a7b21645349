//! The two languages of the demo store and its sentences in each.
//!
//! Sentences live in `demo/words/*.toml`, one file a language with the same
//! keys; names and descriptions of products come from the catalog.

use std::collections::BTreeMap;

use super::DemoFault;

/// A language of the store; its code is the first part of every page's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    French,
    English,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::French, Self::English];

    /// Reads the first part of a path.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::French => Self::English,
            Self::English => Self::French,
        }
    }

    /// The better language for a browser's `Accept-Language`, French by default.
    pub(super) fn preferred(accepted: &str) -> Self {
        accepted
            .split(',')
            .filter_map(|choice| choice.trim().get(..2))
            .find_map(|code| Self::from_code(&code.to_ascii_lowercase()))
            .unwrap_or(Self::French)
    }
}

/// Every sentence of the store in one language.
#[derive(Debug)]
pub(super) struct Words(BTreeMap<String, String>);

impl Words {
    pub(super) fn load(language: Language) -> Result<Self, DemoFault> {
        let file = match language {
            Language::French => include_str!("../../demo/words/fr.toml"),
            Language::English => include_str!("../../demo/words/en.toml"),
        };
        toml::from_str(file)
            .map(Self)
            .map_err(|fault| DemoFault::Words { language: language.code(), fault: fault.to_string() })
    }

    pub(super) fn find(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The sentence, or its key when it is missing: visible, and caught by a test.
    pub(super) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// The sentence with its `{n}` replaced.
    pub(super) fn with(&self, key: &str, value: &str) -> String {
        self.get(key).replace("{n}", value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things_with_the_same_blanks() {
        let french = Words::load(Language::French).expect("French words");
        let english = Words::load(Language::English).expect("English words");

        let keys = |words: &Words| words.0.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&french), keys(&english));
        for (key, sentence) in &french.0 {
            let twin = english.get(key);
            assert_eq!(sentence.contains("{n}"), twin.contains("{n}"), "blank of `{key}`");
            assert!(!sentence.is_empty() && !twin.is_empty(), "`{key}` says nothing");
        }
    }

    #[test]
    fn the_front_door_speaks_the_browsers_language() {
        assert_eq!(Language::preferred("en-GB,en;q=0.9,fr;q=0.5"), Language::English);
        assert_eq!(Language::preferred("fr-CA, en"), Language::French);
        assert_eq!(Language::preferred("de, ja"), Language::French);
        assert_eq!(Language::preferred(""), Language::French);
        assert_eq!(Language::preferred("é"), Language::French);
    }
}
