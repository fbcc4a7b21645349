//! Where "Show me" may lead a visitor's page.
//!
//! The address is the catalog's, so it is a merchant's or their supplier's: whatever is not plainly a page of the
//! store that is open is refused. Asking the visitor, and going there, are others'.

use url::Url;

use super::paths::rule_of;
use crate::protocol::cobrowse::{PageRule, ShareSettings};

/// The path of a product's address, if the visitor's page may be led there: of the page's own origin, and where
/// sharing is not off.
///
/// Written plainly, that is: an address that browsers, servers and people could read differently is none.
#[must_use]
pub fn path_of(settings: &ShareSettings, page: &str, address: &str) -> Option<String> {
    // Parsers forgive these, and not all of them alike.
    if address.contains(|character: char| character == '\\' || character.is_whitespace() || character.is_control()) {
        return None;
    }
    let page = Url::parse(page).ok()?;
    let link = Url::parse(address).ok()?;
    let web = matches!(link.scheme(), "http" | "https");
    let named = !link.username().is_empty() || link.password().is_some();
    if !web || named || link.origin() != page.origin() || leads_out(link.path()) {
        return None;
    }
    if rule_of(settings, link.as_str()) == PageRule::Off {
        return None;
    }
    let query = link.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{}{query}", link.path()))
}

/// `//host` would be another site's, be its slash written plainly or as an escape that a server undoes.
fn leads_out(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ["//", "/%2f", "/%5c"].iter().any(|beginning| path.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://shop.example/a";

    fn shown(address: &str) -> Option<String> {
        let settings = ShareSettings { off_paths: vec!["/account*".into(), "/pay".into()], ..ShareSettings::default() };
        path_of(&settings, HERE, address)
    }

    #[test]
    fn a_product_of_the_same_origin_is_suggested() {
        for (address, path) in [
            ("https://shop.example/tea?size=2#top", "/tea?size=2"),
            ("https://shop.example:443/tea", "/tea"),
            ("HTTPS://SHOP.EXAMPLE/tea", "/tea"),
            ("https://shop.example/fr/th%C3%A9", "/fr/th%C3%A9"),
        ] {
            assert_eq!(shown(address).as_deref(), Some(path), "{address}");
        }
    }

    #[test]
    fn nothing_leads_a_visitor_elsewhere() {
        for bad in [
            // Other origins: scheme, host, port.
            "http://shop.example/tea",
            "https://shop.example:8443/tea",
            "https://elsewhere.example/tea",
            "https://www.shop.example/tea",
            "https://shop.example.evil.example/tea",
            "https://evil-shop.example/tea",
            "https://shop.example./tea",
            "https://127.0.0.1/tea",
            "https://sh\u{43e}p.example/tea",
            // What is no page.
            "javascript:alert(1)",
            "JaVaScRiPt://shop.example/%0aalert(1)",
            "data:text/html,x",
            "blob:https://shop.example/0190aaaa",
            "file:///etc/passwd",
            "ftp://shop.example/tea",
            "view-source:https://shop.example/tea",
            "filesystem:https://shop.example/temporary/x",
            "mailto:a@shop.example",
            // Without a scheme or a host of its own.
            "//evil.example/tea",
            "/tea",
            "tea",
            "",
            // Names and words before the host.
            "https://user@shop.example/tea",
            "https://user:word@shop.example/tea",
            "https://shop.example@evil.example/tea",
            "https://shop.example%40evil.example/tea",
            // What parsers read differently.
            "https://shop.example\\@evil.example/tea",
            "https:\\\\shop.example\\tea",
            "https://shop.example/\\evil.example",
            "https://shop.example/\t/evil.example",
            " https://shop.example/tea",
            "https://shop.example/tea\u{0}",
            "java\nscript:alert(1)",
            // A path that is an address when it stands alone.
            "https://shop.example//evil.example/tea",
            "https://shop.example/.//evil.example",
            "https://shop.example/x/..//evil.example",
            "https://shop.example/%2e%2e//evil.example",
            "https://shop.example/%2Fevil.example",
            "https://shop.example/%5cevil.example",
            // Where the site shares nothing.
            "https://shop.example/account/orders",
            "https://shop.example/Account/orders",
            "https://shop.example/x/../account",
            "https://shop.example/pay/",
            "https://shop.example/pay?tea",
        ] {
            assert_eq!(shown(bad), None, "{bad}");
        }
    }
}
