//! Texts of a definition, per language of the bot.

use super::super::check::LABEL_CHARS_MAX;
use super::super::definition::{Definition, FaqTable, Text};
use super::super::model::Localized;
use super::super::phrase::Phrase;
use super::super::words::Word;

pub(super) struct Builder<'d> {
    pub definition: &'d Definition,
    /// The default first.
    pub languages: &'d [String],
}

impl Builder<'_> {
    pub fn localized<T: Clone>(&self, first: T, in_language: impl Fn(&str) -> Option<T>) -> Localized<T> {
        let others = self.languages.iter().skip(1).map(|code| in_language(code).unwrap_or_else(|| first.clone()));
        Localized { others: others.collect(), first }
    }

    fn default_language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    /// What is written in the default language, else anything that is written.
    fn default_text<'t>(&self, text: &'t Text) -> &'t str {
        let written = text.by_language.get(self.default_language()).or_else(|| text.by_language.values().next());
        text.plain.as_deref().or_else(|| written.map(|said| said.value.as_str())).unwrap_or_default()
    }

    pub fn label(&self, text: &Text) -> Localized<String> {
        self.localized(self.default_text(text).to_owned(), |code| Some(text.by_language.get(code)?.value.clone()))
    }

    pub fn phrase(&self, text: &Text) -> Localized<Phrase> {
        let cut = |text: &str| Phrase::cut(text).unwrap_or_else(|_| Phrase::plain(text));
        self.localized(cut(self.default_text(text)), |code| Some(cut(&text.by_language.get(code)?.value)))
    }

    pub fn label_or(&self, text: Option<&Text>, word: Word) -> Localized<String> {
        let built_in = |code: &str| word.in_language(code).map(str::to_owned);
        match text {
            Some(text) => self.label(text),
            None => self.localized(built_in(self.default_language()).unwrap_or_default(), built_in),
        }
    }

    pub fn phrase_or(&self, text: Option<&Text>, word: Word) -> Localized<Phrase> {
        let built_in = |code: &str| word.in_language(code).map(|said| Phrase::cut(said).unwrap_or_default());
        match text {
            Some(text) => self.phrase(text),
            None => self.localized(built_in(self.default_language()).unwrap_or_default(), built_in),
        }
    }

    /// What an FAQ is called on a button: its label, else its first question.
    pub fn faq_label(&self, faq: &FaqTable) -> Localized<String> {
        let question = |code: &str| self.questions(faq, code).into_iter().next();
        match &faq.label {
            Some(label) => self.label(label),
            None => {
                let first = question(self.default_language()).unwrap_or_default();
                self.localized(shortened(&first), |code| question(code).map(|said| shortened(&said)))
            }
        }
    }

    /// The example questions in a language; where none are written, the default language's.
    pub fn questions(&self, faq: &FaqTable, code: &str) -> Vec<String> {
        let Some(texts) = &faq.questions else { return Vec::new() };
        let of = |code: &str| texts.by_language.get(code).filter(|list| !list.is_empty());
        let written = of(code).or(texts.plain.as_ref()).or_else(|| of(self.default_language()));
        written.map_or_else(Vec::new, |list| list.iter().map(|word| word.value.clone()).collect())
    }
}

/// A question as a button's label: cut between words where it is too long.
fn shortened(question: &str) -> String {
    if question.chars().count() <= LABEL_CHARS_MAX {
        return question.to_owned();
    }
    let cut: String = question.chars().take(LABEL_CHARS_MAX - 1).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_question_is_cut_between_words_to_fit_a_button() {
        assert_eq!(shortened("Où est mon colis ?"), "Où est mon colis ?");
        let cut = shortened("Sous combien de jours suis-je livré en Belgique ?");
        assert_eq!(cut, "Sous combien de jours suis-je livré en…");
        assert!(shortened(&"x".repeat(200)).chars().count() <= LABEL_CHARS_MAX);
    }
}
