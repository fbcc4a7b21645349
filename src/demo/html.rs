//! HTML in which text can only arrive escaped, and the filling of templates.
//!
//! A template holds `{{name}}` where something goes. What it says is left to
//! [`super::words`]; which page it makes up is left to [`super::pages`].

use std::fmt::Write;

/// Markup that is safe to put into a page as it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Html(String);

impl Html {
    /// Text of any origin: every character that HTML reads is escaped.
    pub(super) fn text(text: &str) -> Self {
        Self(escape(text))
    }

    /// Markup that we wrote or filled ourselves. Never call it with a value.
    pub(super) fn markup(markup: impl Into<String>) -> Self {
        Self(markup.into())
    }

    /// Several pieces, one after the other.
    pub(super) fn join(parts: impl IntoIterator<Item = Html>) -> Self {
        let mut whole = Self::default();
        parts.into_iter().for_each(|part| whole.0.push_str(&part.0));
        whole
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// Fills every `{{name}}` with what `value` answers.
///
/// A name that nobody answers stays readable in the result: a test walks all
/// pages and fails when it meets one.
pub(super) fn fill(template: &str, mut value: impl FnMut(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, from_name)) = rest.split_once("{{") {
        filled.push_str(before);
        let Some((name, after)) = from_name.split_once("}}") else {
            filled.push_str("{{");
            rest = from_name;
            continue;
        };
        match value(name) {
            Some(text) => filled.push_str(&text),
            None => {
                // Writing to a String cannot fail.
                let _ = write!(filled, "{{{{{name}}}}}");
            }
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Escapes text for element content and for quoted attributes alike.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_markup() {
        let nasty = r#"</p><script>alert("1")</script>'&"#;

        assert_eq!(Html::text(nasty).as_str(), "&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;");
    }

    #[test]
    fn a_value_is_inserted_once_and_never_filled_again() {
        let filled = fill("<p>{{a}} {{b}}</p>", |name| (name == "a").then(|| "{{b}}".to_owned()));

        assert_eq!(filled, "<p>{{b}} {{b}}</p>");
    }

    #[test]
    fn an_unclosed_brace_is_left_alone() {
        assert_eq!(fill("a {{ b", |_| None), "a {{ b");
    }
}
