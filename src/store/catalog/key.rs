//! Which catalog is meant: one a site and language.

use crate::protocol::SiteId;

/// A language as catalogs are told apart by: the primary subtag, in lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LangTag([u8; LangTag::LETTERS_MAX]);

impl LangTag {
    const LETTERS_MAX: usize = 3;
    /// What the standard writes where the language is not known.
    const UNKNOWN: Self = Self(*b"und");

    /// The primary subtag of a tag: `fr` of `fr-CA` or `FR_fr`; `und` of what is no tag.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().as_bytes();
        let mut letters = [0; Self::LETTERS_MAX];
        let known = (2..=Self::LETTERS_MAX).contains(&primary.len()) && primary.iter().all(u8::is_ascii_alphabetic);
        if !known {
            return Self::UNKNOWN;
        }
        for (letter, given) in letters.iter_mut().zip(primary) {
            *letter = given.to_ascii_lowercase();
        }
        Self(letters)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|letter| *letter == 0).unwrap_or(Self::LETTERS_MAX);
        self.0.get(..end).and_then(|letters| std::str::from_utf8(letters).ok()).unwrap_or("und")
    }
}

impl std::fmt::Debug for LangTag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self.as_str(), f)
    }
}

impl std::fmt::Display for LangTag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One catalog: a site's, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CatalogKey {
    pub site: SiteId,
    pub lang: LangTag,
}

/// Where to look for a site's products: in the language asked for, else in the
/// site's main one, else in any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub site: SiteId,
    pub lang: Option<LangTag>,
    /// [`crate::store::Site::lang`].
    pub main: LangTag,
}

impl Wanted {
    #[must_use]
    pub fn in_main(site: SiteId, main: &str) -> Self {
        Self { site, lang: None, main: LangTag::of(main) }
    }

    /// With the language of a conversation or a request; empty is none.
    #[must_use]
    pub fn or_in(self, lang: Option<&str>) -> Self {
        let lang = lang.filter(|lang| !lang.is_empty()).map(LangTag::of);
        Self { lang, ..self }
    }

    /// Smaller comes first: for ordering a site's catalogs.
    #[must_use]
    pub fn rank(&self, lang: LangTag) -> (u8, LangTag) {
        let place = if self.lang == Some(lang) {
            0
        } else if self.main == lang {
            1
        } else {
            2
        };
        (place, lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_primary_subtag_tells_languages_apart() {
        for (tag, expected) in [
            ("fr", "fr"),
            ("fr-CA", "fr"),
            ("FR_fr", "fr"),
            (" en ", "en"),
            ("gsw-CH", "gsw"),
            ("", "und"),
            ("f", "und"),
            ("é", "und"),
            ("francais", "und"),
        ] {
            assert_eq!(LangTag::of(tag).as_str(), expected, "{tag}");
        }
    }

    #[test]
    fn the_language_asked_for_comes_before_the_sites_own_and_any_other() {
        let site = SiteId(uuid::Uuid::nil());
        let wanted = Wanted::in_main(site, "fr-FR").or_in(Some("en-GB"));
        let mut langs = ["nl", "fr", "de", "en"].map(LangTag::of);
        langs.sort_by_key(|lang| wanted.rank(*lang));
        assert_eq!(langs.map(|lang| lang.to_string()), ["en", "fr", "de", "nl"]);
        assert_eq!(Wanted::in_main(site, "fr").or_in(Some("")).lang, None);
    }
}
