//! Which pages of a store may be shared, and how: the site's two lists of paths.

use crate::protocol::cobrowse::{PageRule, ShareSettings};

/// Paths of a list.
pub const PATHS_MAX: usize = 100;
/// Bytes of a path.
pub const PATH_BYTES_MAX: usize = 200;
/// Selectors of a list.
pub const SELECTORS_MAX: usize = 100;
/// Bytes of a selector.
pub const SELECTOR_BYTES_MAX: usize = 200;

/// What the site says of a page, by its address; the page may say less, never more.
#[must_use]
pub fn rule_of(settings: &ShareSettings, url: &str) -> PageRule {
    let path = path_of(url);
    let on = |list: &[String]| list.iter().any(|pattern| matches(pattern, path));
    if !settings.see || on(&settings.off_paths) {
        PageRule::Off
    } else if !settings.control || on(&settings.see_only_paths) {
        PageRule::SeeOnly
    } else {
        PageRule::Full
    }
}

/// `/a/b` of `https://shop.example:8443/a/b?c#d`.
fn path_of(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = after_scheme.find('/').map_or("/", |at| after_scheme.get(at..).unwrap_or("/"));
    path.split(['?', '#']).next().unwrap_or(path)
}

/// A pattern is a path, or its beginning before a `*`. Case does not matter: a shop that answers
/// `/Checkout` for `/checkout` must not be shown by it.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.to_lowercase(), path.to_lowercase());
    let whole = |text: &str| text.trim_end_matches('/').to_owned();
    match pattern.split_once('*') {
        Some((beginning, _)) => path.starts_with(beginning) || whole(&path) == whole(beginning),
        None => whole(&path) == whole(&pattern),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_off_see_only_or_open_by_its_path() {
        let settings = ShareSettings {
            off_paths: vec!["/account/*".into()],
            see_only_paths: vec!["/checkout".into(), "/pay*".into()],
            ..ShareSettings::default()
        };
        let rules = [
            ("https://shop.example/", PageRule::Full),
            ("https://shop.example", PageRule::Full),
            ("https://shop.example/account/orders?page=2", PageRule::Off),
            ("https://shop.example/account", PageRule::Off),
            ("https://shop.example:8443/Checkout/#step", PageRule::SeeOnly),
            ("https://shop.example/payments/card", PageRule::SeeOnly),
            ("https://shop.example/checkout-help", PageRule::Full),
        ];
        for (url, rule) in &rules {
            assert_eq!(rule_of(&settings, url), *rule, "{url}");
        }
    }

    #[test]
    fn a_site_that_shares_nothing_has_no_page_that_is_shared() {
        let settings = ShareSettings { see: false, ..ShareSettings::default() };
        assert_eq!(rule_of(&settings, "https://shop.example/"), PageRule::Off);
        let settings = ShareSettings { control: false, ..ShareSettings::default() };
        assert_eq!(rule_of(&settings, "https://shop.example/"), PageRule::SeeOnly);
    }
}
