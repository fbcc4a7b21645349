//! Problems of a definition: where, what was read, what to write.

use crate::protocol::admin::BotProblem;

/// Errors kept of one file; whoever has more mends these first.
pub const ERRORS_MAX: usize = 300;
/// Warnings kept of one file; bounded apart, so that no number of them hides an error.
pub const WARNINGS_MAX: usize = 200;
/// Two names are taken for the same one misspelt up to this edit distance.
const NEAR_EDITS_MAX: usize = 2;
/// Characters of a value that a message shows back.
const SHOWN_CHARS_MAX: usize = 60;

/// A place in the file and in its structure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Spot {
    /// From 1.
    pub line: u32,
    /// Of the TOML while reading and judging, for instance `/steps/suivi/goto`; of the
    /// structure once told ([`super::read::in_structure`]).
    pub pointer: String,
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spotted<T> {
    pub value: T,
    pub spot: Spot,
}

#[derive(Debug, Default)]
pub(super) struct Problems {
    list: Vec<BotProblem>,
    errors: usize,
    warnings: usize,
    lost: bool,
}

impl Problems {
    pub fn add(&mut self, code: &'static str, spot: &Spot, message: impl Into<String>) {
        let (kept, max) =
            if code.starts_with('E') { (&mut self.errors, ERRORS_MAX) } else { (&mut self.warnings, WARNINGS_MAX) };
        if *kept < max {
            *kept += 1;
            self.list.push(BotProblem {
                code: code.to_owned(),
                line: spot.line.max(1),
                pointer: spot.pointer.clone(),
                message: message.into(),
            });
        }
    }

    /// As [`Self::add`], of something that is written and finds no place in what was read.
    pub fn lose(&mut self, code: &'static str, spot: &Spot, message: impl Into<String>) {
        self.lost = true;
        self.add(code, spot, message);
    }

    /// What was read is less than what is written.
    pub fn has_lost(&self) -> bool {
        self.lost
    }

    /// Errors and warnings kept.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// By line, then by code.
    pub fn sorted(mut self) -> Vec<BotProblem> {
        self.list.sort_by(|a, b| (a.line, &a.code, &a.pointer).cmp(&(b.line, &b.code, &b.pointer)));
        self.list
    }
}

/// Blocks publishing.
#[must_use]
pub fn is_error(problem: &BotProblem) -> bool {
    problem.code.starts_with('E')
}

/// A value as a message shows it: one line, in backticks, cut when long.
pub(super) fn shown(value: &str) -> String {
    let line: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.chars().count() > SHOWN_CHARS_MAX {
        let cut: String = line.chars().take(SHOWN_CHARS_MAX).collect();
        format!("`{cut}…`")
    } else {
        format!("`{line}`")
    }
}

/// "; did you mean `suivi`?" where a name is near, else nothing.
pub(super) fn did_you_mean<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> String {
    nearest(word, names).map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .filter_map(|name| Some((edits(word, name)?, name)))
        // Of a word of two letters, everything of two letters is two edits away.
        .filter(|(edits, name)| *edits <= NEAR_EDITS_MAX && *edits < name.chars().count())
        .min()
        .map(|(_, name)| name)
}

/// The edit distance (Levenshtein), where it can be near at all.
fn edits(a: &str, b: &str) -> Option<usize> {
    const NAME_CHARS_MAX: usize = 64;
    let a: Vec<char> = a.chars().take(NAME_CHARS_MAX + 1).collect();
    let b: Vec<char> = b.chars().take(NAME_CHARS_MAX + 1).collect();
    if a.len().abs_diff(b.len()) > NEAR_EDITS_MAX || a.len() > NAME_CHARS_MAX || b.len() > NAME_CHARS_MAX {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for ((y, above), corner) in b.iter().zip(row.iter().skip(1)).zip(row.iter()) {
            let left = next.last().copied().unwrap_or(0);
            next.push((corner + usize::from(x != y)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_up_to_two_edits_away_is_proposed() {
        let names = ["suivi", "accueil", "cadeau"];
        let asked = |word: &str| did_you_mean(word, names.into_iter());
        assert_eq!(asked("suivit"), "; did you mean `suivi`?");
        assert_eq!(asked("acueill"), "; did you mean `accueil`?");
        assert_eq!(asked("adieu"), "");
        assert_eq!(asked(""), "");
    }

    #[test]
    fn a_shown_value_is_one_short_line() {
        assert_eq!(shown("a\nb"), "`a b`");
        assert_eq!(shown(&"x".repeat(61)), format!("`{}…`", "x".repeat(60)));
    }
}
