//! Whole definitions to begin with, so that no shop faces an empty page.
//!
//! For a fashion, a furniture and a food shop, in French and in English; plain
//! files of `templates/bot`, clean under the checks, with tests that hold.

use crate::protocol::bot_desk::BotTemplate;

/// Kind of shop, language, file.
const TEMPLATES: [(&str, &str, &str); 6] = [
    ("fashion", "fr", include_str!("../../../templates/bot/fashion.fr.toml")),
    ("fashion", "en", include_str!("../../../templates/bot/fashion.en.toml")),
    ("furniture", "fr", include_str!("../../../templates/bot/furniture.fr.toml")),
    ("furniture", "en", include_str!("../../../templates/bot/furniture.en.toml")),
    ("food", "fr", include_str!("../../../templates/bot/food.fr.toml")),
    ("food", "en", include_str!("../../../templates/bot/food.en.toml")),
];

/// Every template, by kind of shop.
#[must_use]
pub fn templates() -> Vec<BotTemplate> {
    let template = |(id, lang, toml): (&str, &str, &str)| BotTemplate {
        id: id.to_owned(),
        lang: lang.to_owned(),
        toml: toml.to_owned(),
    };
    TEMPLATES.into_iter().map(template).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Checked, structure, write};
    use super::*;

    #[test]
    fn a_shop_can_publish_any_template_as_it_stands() {
        for template in templates() {
            let name = format!("{}.{}", template.id, template.lang);
            let checked = Checked::of(&template.toml, &[]);
            assert_eq!(checked.report().problems, [], "{name}");
            assert!(checked.trials().iter().all(|trial| trial.passed), "{name}");
            assert!(checked.counts().faqs >= 15 && checked.counts().tests >= 5, "{name}");
            assert!(checked.counts().questions >= 4 * checked.counts().faqs, "{name}");
        }
    }

    #[test]
    fn the_editor_changes_nothing_of_a_template_but_its_comments() {
        for template in templates() {
            let text: Vec<&str> = template.toml.lines().filter(|line| !line.starts_with("# ")).collect();
            let read = structure(&template.toml).unwrap();
            assert_eq!(write(&read).lines().collect::<Vec<_>>(), text, "{}.{}", template.id, template.lang);
        }
    }
}
