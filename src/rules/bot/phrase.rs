//! Texts with `{{…}}` in them, cut once and filled in many times.
//!
//! What is filled in is inserted once and as plain text: an answer that itself
//! contains `{{email}}` is shown as typed. Which words may stand where is the
//! validator's to say ([`super::check`]).

/// A text cut at its variables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrase {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Variable(String),
}

/// A `{{` without its `}}`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{{{{` is not closed; write it like `{{{{{name}}}}}`")]
pub struct Unclosed {
    pub name: String,
}

/// The place in line, a word of the server.
pub const POSITION: &str = "position";
/// When the shop opens again, a word of the server.
pub const NEXT_OPENING: &str = "next_opening";
/// What was searched for, a word of the server; taken, although its texts come with a later release.
pub const QUERY: &str = "query";

/// Characters of a faulty variable that are shown back.
const SHOWN_CHARS: usize = 20;

impl Phrase {
    /// Cuts `text` at `{{name}}`.
    ///
    /// # Errors
    /// When a `{{` is never closed.
    pub fn cut(text: &str) -> Result<Self, Unclosed> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((name, tail)) = after.split_once("}}") else {
                let name = after.split_whitespace().next().unwrap_or("name");
                return Err(Unclosed {
                    name: name
                        .trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                        .chars()
                        .take(SHOWN_CHARS)
                        .collect(),
                });
            };
            if !before.is_empty() {
                pieces.push(Piece::Words(before.to_owned()));
            }
            pieces.push(Piece::Variable(name.trim().to_owned()));
            rest = tail;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        Ok(Self { pieces })
    }

    /// The text as it stands, without any variable.
    pub fn plain(text: &str) -> Self {
        Self { pieces: vec![Piece::Words(text.to_owned())] }
    }

    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable(name) => Some(name.as_str()),
            Piece::Words(_) => None,
        })
    }

    pub fn mentions(&self, variable: &str) -> bool {
        self.variables().any(|name| name == variable)
    }

    /// Fills in; a variable for which `value` has nothing leaves nothing.
    pub fn fill(&self, value: impl Fn(&str) -> Option<String>) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => text.push_str(words),
                Piece::Variable(name) => text.push_str(&value(name).unwrap_or_default()),
            }
        }
        text.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> String {
        Phrase::cut(text).unwrap().fill(|name| (name == "prenom").then(|| "Léa {{email}}".to_owned()))
    }

    #[test]
    fn an_answer_is_inserted_once_and_as_plain_text() {
        assert_eq!(filled("Merci {{prenom}} !"), "Merci Léa {{email}} !");
        assert_eq!(filled("Merci {{ prenom }}"), "Merci Léa {{email}}");
        assert_eq!(filled("Vers {{email}}."), "Vers .");
        assert_eq!(filled("} { }} rien"), "} { }} rien");
    }

    #[test]
    fn a_variable_that_is_not_closed_is_said_with_its_name() {
        let fault = Phrase::cut("Bien reçu {{prenom, merci").unwrap_err();
        assert_eq!(fault.to_string(), "`{{` is not closed; write it like `{{prenom}}`");
    }
}
