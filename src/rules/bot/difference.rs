//! Which lines differ between two definitions, for admins who compare versions.
//!
//! Compared as text, never as structure: comments and order count, too.

use imara_diff::{Algorithm, Diff, InternedInput};

use crate::protocol::bot_desk::{BotLine, LineChange};

/// Lines of both texts and what they differ in; a last line break does not count.
fn difference(before: &str, after: &str) -> Diff {
    let mut lines = InternedInput::default();
    lines.update_before(before.lines());
    lines.update_after(after.lines());
    let mut difference = Diff::compute(Algorithm::Histogram, &lines);
    difference.postprocess_lines(&lines);
    difference
}

/// How many lines `after` has that `before` has not, and the other way round.
#[must_use]
pub fn lines_changed(before: &str, after: &str) -> (u32, u32) {
    let difference = difference(before, after);
    (difference.count_additions(), difference.count_removals())
}

/// The lines of `after` in order, with those of `before` that went where they stood.
pub fn compare<'a>(before: &'a str, after: &'a str) -> impl Iterator<Item = BotLine> + 'a {
    let difference = difference(before, after);
    let (mut old, mut new) = ((0_u32..).zip(before.lines()).peekable(), (0_u32..).zip(after.lines()).peekable());
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

    #[test]
    fn both_texts_can_be_read_back_out_of_their_difference() {
        let before: String = (0..500_u32).map(|n| format!("line {}\n", n * n % 37)).collect();
        let after: String = (0..500_u32).map(|n| format!("line {}\n", n * n * n % 41)).collect();
        let lines: Vec<BotLine> = compare(&before, &after).collect();
        let without = |gone| -> String {
            lines.iter().filter(|line| line.change != gone).map(|line| format!("{}\n", line.text)).collect()
        };
        assert_eq!((without(LineChange::Added), without(LineChange::Removed)), (before.clone(), after.clone()));
        let count = |of| lines.iter().filter(|line| line.change == of).count();
        let (added, removed) = lines_changed(&before, &after);
        assert_eq!((added as usize, removed as usize), (count(LineChange::Added), count(LineChange::Removed)));
    }
}
