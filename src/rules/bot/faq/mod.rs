//! Which FAQ a text is about, and how surely.

use comptoir_catalog as _;

/// The example questions of one language, ready to be matched.
#[derive(Debug, Clone, Default)]
pub struct FaqIndex {
    faqs: usize,
}

/// An FAQ for a text.
#[derive(Debug, Clone, PartialEq)]
pub struct FaqMatch {
    /// Its place in the list that the index was built from.
    pub faq: usize,
    /// 0 to 1; no percentage of anything, only compared with thresholds.
    pub score: f32,
    /// The words of the text that spoke for it, as typed, the strongest first, at most 8.
    pub words: Vec<String>,
}

impl FaqIndex {
    /// `questions[i]` are the example questions of FAQ `i`, in language `lang`.
    #[must_use]
    pub fn new(_lang: &str, questions: &[Vec<String>]) -> Self {
        Self { faqs: questions.len() }
    }

    /// The best FAQs for a text, best first, at most `limit`; nothing where nothing speaks for any.
    #[must_use]
    pub fn find(&self, _text: &str, limit: usize) -> Vec<FaqMatch> {
        let _ = (self.faqs, limit);
        Vec::new()
    }
}
