//! How far apart two words are, for a value that was misspelt.

/// Errors between two words: a letter more, less or other, or two swapped.
pub(super) fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let width = other.len() + 1;
    let mut rows: [Vec<usize>; 3] = [vec![0; width], (0..width).collect(), vec![0; width]];
    for (down, letter) in one.iter().enumerate() {
        let [older, last, row] = &mut rows;
        let mut left = down + 1;
        let mut line = vec![left];
        for (right, compared) in other.iter().enumerate() {
            let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
            let changed = at(last, right) + usize::from(letter != compared);
            let mut best = changed.min(at(last, right + 1) + 1).min(left + 1);
            let swapped =
                down > 0 && right > 0 && one.get(down - 1) == Some(compared) && other.get(right - 1) == Some(letter);
            if swapped {
                best = best.min(at(older, right - 1) + 1);
            }
            line.push(best);
            left = best;
        }
        *row = line;
        rows.rotate_left(1);
    }
    let [_, last, _] = &rows;
    last.last().copied().unwrap_or(one.len())
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn errors_between_words_are_counted() {
        for (one, other, errors) in [
            ("rouge", "rouge", 0),
            ("rouje", "rouge", 1),
            ("nior", "noir", 1),
            ("blac", "black", 1),
            ("", "abc", 3),
            ("bleu", "vert", 4),
        ] {
            assert_eq!(distance(one, other), errors, "{one} {other}");
        }
    }
}
