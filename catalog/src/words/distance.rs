//! How far apart two words are.

/// Letters put in, left out, taken for others, or swapped with their neighbour; no part
/// of a word is mended twice.
#[must_use]
pub fn errors(typed: &[char], word: &str) -> usize {
    let width = typed.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut row: Vec<usize> = vec![0; width];
    let mut letter_before = None;
    for (down, letter) in (1..).zip(word.chars()) {
        let (mut left, mut typed_before) = (down, None);
        if let Some(start) = row.first_mut() {
            *start = down;
        }
        // By columns: what stands above and left of it, above it, and two rows above.
        let above = last.iter().zip(last.iter().skip(1));
        let swaps = std::iter::once(&usize::MAX).chain(&before);
        for (((cell, typed), (diagonal, above)), swap) in row.iter_mut().skip(1).zip(typed).zip(above).zip(swaps) {
            let mut least = (diagonal + usize::from(*typed != letter)).min(above + 1).min(left + 1);
            if typed_before == Some(letter) && letter_before == Some(*typed) {
                least = least.min(swap.saturating_add(1));
            }
            *cell = least;
            left = least;
            typed_before = Some(*typed);
        }
        letter_before = Some(letter);
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors_of(typed: &str, word: &str) -> usize {
        errors(&typed.chars().collect::<Vec<_>>(), word)
    }

    #[test]
    fn errors_are_counted_as_letters_are_mended() {
        for (typed, word, count) in [
            ("lampadaire", "lampadaire", 0),
            ("lapmadaire", "lampadaire", 1),
            ("lampdaire", "lampadaire", 1),
            ("lampaadaire", "lampadaire", 1),
            ("lempadaore", "lampadaire", 2),
            ("ab", "ba", 1),
            ("ca", "abc", 3),
            ("abcd", "badc", 2),
            ("crème", "creme", 1),
            ("", "ab", 2),
            ("rouje", "rouge", 1),
            ("bleu", "vert", 4),
        ] {
            assert_eq!(errors_of(typed, word), count, "{typed} {word}");
            assert_eq!(errors_of(word, typed), count, "{word} {typed}");
        }
    }
}
