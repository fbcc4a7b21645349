//! Which lines differ between two definitions, for admins who compare versions.
//!
//! Compared as text, never as structure: comments and order count, too.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use crate::protocol::bot_desk::{BotLine, LineChange};

/// Lines between the first and the last that differ: more of them in either text are not matched with one another,
/// since repeated lines (blank ones, say) would take minutes then.
const MATCHED_LINES_MAX: usize = 5_000;

enum Difference {
    Matched(Diff),
    /// By number, from 0: everything between what both begin and end with.
    Apart {
        removed: Range<u32>,
        added: Range<u32>,
    },
}

impl Difference {
    /// A last line break does not count.
    fn of(before: &str, after: &str) -> Self {
        let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
        let begin = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        let shorter = old.len().min(new.len()) - begin;
        let end = old.iter().rev().zip(new.iter().rev()).take(shorter).take_while(|(old, new)| old == new).count();
        if old.len().max(new.len()) - begin - end > MATCHED_LINES_MAX {
            let number = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
            let between = |lines: usize| number(begin)..number(lines - end);
            return Self::Apart { removed: between(old.len()), added: between(new.len()) };
        }
        let mut lines = InternedInput::default();
        lines.update_before(old.into_iter());
        lines.update_after(new.into_iter());
        let mut matched = Diff::compute(Algorithm::Histogram, &lines);
        matched.postprocess_lines(&lines);
        Self::Matched(matched)
    }

    fn is_removed(&self, line: u32) -> bool {
        match self {
            Self::Matched(matched) => matched.is_removed(line),
            Self::Apart { removed, .. } => removed.contains(&line),
        }
    }

    fn is_added(&self, line: u32) -> bool {
        match self {
            Self::Matched(matched) => matched.is_added(line),
            Self::Apart { added, .. } => added.contains(&line),
        }
    }
}

/// How many lines `after` has that `before` has not, and the other way round.
#[must_use]
pub fn lines_changed(before: &str, after: &str) -> (u32, u32) {
    match Difference::of(before, after) {
        Difference::Matched(matched) => (matched.count_additions(), matched.count_removals()),
        Difference::Apart { removed, added } => (added.end - added.start, removed.end - removed.start),
    }
}

/// The lines of `after` in order, with those of `before` that went where they stood.
pub fn compare<'a>(before: &'a str, after: &'a str) -> impl Iterator<Item = BotLine> + 'a {
    let difference = Difference::of(before, after);
    let (mut old, mut new) = ((0_u32..).zip(before.lines()).peekable(), (0_u32..).zip(after.lines()));
    std::iter::from_fn(move || {
        let line = |change, text: &str| Some(BotLine { change, text: text.to_owned() });
        if let Some((_, text)) = old.next_if(|(at, _)| difference.is_removed(*at)) {
            return line(LineChange::Removed, text);
        }
        let (at, text) = new.next()?;
        if difference.is_added(at) {
            return line(LineChange::Added, text);
        }
        old.next();
        line(LineChange::Same, text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(before: &str, after: &str) -> String {
        let sign = |change| match change {
            LineChange::Same => ' ',
            LineChange::Added => '+',
            LineChange::Removed => '-',
        };
        compare(before, after).map(|line| format!("{}{}\n", sign(line.change), line.text)).collect()
    }

    #[test]
    fn a_changed_line_is_one_that_went_and_one_that_came() {
        let (before, after) = ("a = 1\nb = 2\nc = 3\n", "a = 1\nb = 4\nc = 3");
        assert_eq!(drawn(before, after), " a = 1\n-b = 2\n+b = 4\n c = 3\n");
        assert_eq!(lines_changed(before, after), (1, 1));
    }

    #[test]
    fn lines_at_either_end_and_empty_texts_lose_nothing() {
        assert_eq!(drawn("", "a\nb\n"), "+a\n+b\n");
        assert_eq!(drawn("a\nb\n", ""), "-a\n-b\n");
        assert_eq!(drawn("a\nz\n", "z\ny\n"), "-a\n z\n+y\n");
        assert_eq!((drawn("", ""), lines_changed("", "")), (String::new(), (0, 0)));
        assert_eq!(drawn("a\r\nb", "a\nb"), " a\n b\n");
    }

    /// Lines of few kinds, after one that both texts begin with.
    fn lines(count: u64, kinds: u64, seed: u64) -> String {
        let line = |n: u64| format!("kind {}\n", n.wrapping_mul(n ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) % kinds);
        std::iter::once("format = 1\n".to_owned()).chain((0..count).map(line)).collect()
    }

    #[test]
    fn both_texts_can_be_read_back_out_of_their_difference() {
        let pairs = [
            (lines(500, 37, 1), lines(500, 41, 2)),
            (lines(30, 2, 1), lines(700, 2, 2)),
            // Too many to be matched: minutes, if they were.
            (lines(100_000, 2, 1), lines(90_000, 2, 2)),
            (String::new(), lines(100_000, 3, 1)),
        ];
        for (before, after) in pairs {
            let compared: Vec<BotLine> = compare(&before, &after).collect();
            let without = |gone| -> String {
                compared.iter().filter(|line| line.change != gone).map(|line| format!("{}\n", line.text)).collect()
            };
            assert!(without(LineChange::Added) == before && without(LineChange::Removed) == after);
            let count = |of| compared.iter().filter(|line| line.change == of).count();
            let (added, removed) = lines_changed(&before, &after);
            assert_eq!((added as usize, removed as usize), (count(LineChange::Added), count(LineChange::Removed)));
        }
    }
}
