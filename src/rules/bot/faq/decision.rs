//! What a bot does with the FAQs found for a text: answer, offer, or neither.

use super::FaqMatch;

/// A second FAQ that scores more than this share of the best one makes the best one doubtful.
pub const SECOND_SHARE_MAX: f32 = 0.75;
/// A button is offered from this share of the score that makes the bot offer at all.
const OFFERED_SHARE_MIN: f32 = 0.5;
/// FAQs offered at once.
pub const OFFERED_MAX: usize = 3;

/// What the scores of FAQs allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The first FAQ is the answer.
    Answer,
    /// So many FAQs, from the first one on, are offered as buttons: 1 to [`OFFERED_MAX`].
    Offer(usize),
    /// The text is not understood.
    Silent,
}

impl Decision {
    /// `found` as [`super::FaqIndex::find`] gives it, of at least [`OFFERED_MAX`] asked for;
    /// both thresholds are scores.
    #[must_use]
    pub fn of(found: &[FaqMatch], answer_above: f32, suggest_above: f32) -> Self {
        let Some(best) = found.first() else { return Self::Silent };
        let second = found.get(1).map_or(0.0, |second| second.score);
        if best.score >= answer_above && second <= SECOND_SHARE_MAX * best.score {
            return Self::Answer;
        }
        if best.score < suggest_above {
            return Self::Silent;
        }
        let is_offered = |found: &&FaqMatch| found.score >= OFFERED_SHARE_MIN * suggest_above;
        Self::Offer(found.iter().take(OFFERED_MAX).take_while(is_offered).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(scores: &[f32]) -> Decision {
        let found = |(faq, score): (usize, &f32)| FaqMatch { faq, score: *score, words: Vec::new() };
        let found: Vec<FaqMatch> = scores.iter().enumerate().map(found).collect();
        Decision::of(&found, 0.30, 0.15)
    }

    #[test]
    fn scores_answer_offer_or_say_nothing() {
        for (scores, decision) in [
            (&[][..], Decision::Silent),
            (&[0.40], Decision::Answer),
            (&[0.30, 0.22], Decision::Answer),
            (&[0.40, 0.31], Decision::Offer(2)),
            (&[0.40, 0.39, 0.38, 0.37], Decision::Offer(3)),
            (&[0.29, 0.10, 0.06], Decision::Offer(2)),
            (&[0.15], Decision::Offer(1)),
            (&[0.14, 0.13], Decision::Silent),
        ] {
            assert_eq!(decided(scores), decision, "{scores:?}");
        }
    }
}
