//! Links and pictures: what the feed names, completed by where the shop is.
//!
//! Only `http` and `https` go through, and nothing here opens a connection.

use url::Url;

use super::Dialect;
use super::assemble::{Assembler, Cell};
use super::dialect::Meaning as M;
use super::fault_kind::FaultKind;
use super::parted::Parted;
use super::record::Record;
use super::values;
use crate::model::{ProductId, bounds};

/// Where Magento keeps the pictures that its export names by their path.
const MAGENTO_MEDIA: &str = "media/catalog/product/";

impl Assembler<'_> {
    pub(super) fn product_link(&mut self, lead: &[&Record], id: &ProductId) -> Option<String> {
        if let Some(cell) = lead.iter().find_map(|row| self.cell(row, M::Link)) {
            return self.usable_address(cell.text);
        }
        let row = lead.first().copied()?;
        let slug = self.cell(row, M::Slug).map(|cell| cell.text);
        match self.layout(row).dialect {
            Dialect::Shopify | Dialect::ShopifyOlder => self.page(&["products", id.as_str()]),
            Dialect::PrestaShop => self.page(&[&format!("{id}-{}.html", slug?)]),
            Dialect::Magento => self.page(&[&format!("{}.html", slug?)]),
            Dialect::WooCommerce | Dialect::PrestaShopCombinations | Dialect::Google | Dialect::HomeMade => None,
        }
    }

    /// A page of the shop, below its address.
    fn page(&self, path: &[&str]) -> Option<String> {
        let mut link = self.settings.shop_url.clone()?;
        link.path_segments_mut().ok()?.pop_if_empty().extend(path);
        usable(link)
    }

    /// An `http(s)` address; relative ones are completed by the shop's.
    pub(super) fn address(&mut self, row: &Record, cell: Cell<'_>) -> Option<String> {
        let address = self.usable_address(cell.text);
        if address.is_none() {
            self.warn(row, cell, FaultKind::BadLink);
        }
        address
    }

    fn usable_address(&self, text: &str) -> Option<String> {
        if is_plain(text) && text.len() <= bounds::LINK_BYTES_MAX {
            return Some(text.to_owned());
        }
        let address = match &self.settings.shop_url {
            Some(shop) => shop.join(text).ok(),
            None => Url::parse(text).ok(),
        };
        address.and_then(usable)
    }

    /// The address of a picture. Magento names paths below its own folder.
    pub(super) fn picture(&self, row: &Record, text: &str) -> Option<String> {
        if self.layout(row).dialect != Dialect::Magento || text.contains("://") {
            return self.usable_address(text);
        }
        let mut folder = self.settings.shop_url.clone()?;
        folder.path_segments_mut().ok()?.pop_if_empty().push("");
        usable(folder.join(MAGENTO_MEDIA).ok()?.join(text.trim_start_matches('/')).ok()?)
    }

    /// The pictures of a product: its own, then those of its variants.
    pub(super) fn images(&mut self, parted: &Parted<'_>) -> Vec<String> {
        let own = parted.lead.iter().map(|row| (false, *row));
        let variants = parted.variants.iter().filter(|row| !parted.leads(row)).map(|row| (true, *row));
        let mut placed: Vec<((bool, i64), String)> = Vec::new();
        for (of_variant, row) in own.chain(variants) {
            let position = self.cell(row, M::ImagePosition).and_then(|cell| values::pieces(cell.text));
            for (order, meaning) in [(0, M::Image), (1, M::MoreImages)] {
                for column in self.layout(row).all(meaning) {
                    let cell = Cell { column: *column, text: row.get(*column) };
                    for text in self.listed(row, cell) {
                        match self.picture(row, text) {
                            Some(address) if placed.iter().all(|(_, known)| *known != address) => {
                                placed.push(((of_variant, position.unwrap_or(order)), address));
                            }
                            Some(_) => {}
                            // Without the shop's address no path leads anywhere; that is told once, for all.
                            None if self.layout(row).dialect == Dialect::Magento => {}
                            None => self.warn(row, Cell { text, ..cell }, FaultKind::BadLink),
                        }
                    }
                }
            }
            if placed.len() > bounds::IMAGES_MAX {
                break;
            }
        }
        placed.sort_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, address)| address).take(bounds::IMAGES_MAX).collect()
    }

    /// The addresses in a cell of pictures.
    pub(super) fn listed<'r>(&self, row: &Record, cell: Cell<'r>) -> Box<dyn Iterator<Item = &'r str> + 'r> {
        match self.layout(row).dialect {
            Dialect::Magento => Box::new(cell.text.split(',').map(str::trim).filter(|text| !text.is_empty())),
            _ => Box::new(addresses(cell.text)),
        }
    }
}

/// Whether an address is, as it is written, what parsing it would come to: nearly all are,
/// and there are several in each row. What is odd in any way is left to [`Url::parse`].
fn is_plain(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some((host, path)) = rest.and_then(|rest| rest.split_once('/')) else { return false };
    let is_label = |label: &str| {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        label.starts_with(|first: char| first.is_ascii_lowercase())
            && label.len() <= 63
            && label.bytes().all(fits)
            && !label.ends_with('-')
            // What is written in another alphabet is looked at letter by letter.
            && label.get(2..4) != Some("--")
    };
    let is_step = |step: &str| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'+' | b'=');
        step.bytes().all(fits) && !matches!(step, "." | "..")
    };
    host.len() <= 253 && host.split('.').all(is_label) && path.split('/').all(is_step)
}

fn usable(address: Url) -> Option<String> {
    let usable = matches!(address.scheme(), "http" | "https") && address.as_str().len() <= bounds::LINK_BYTES_MAX;
    usable.then(|| address.into())
}

/// The addresses of a list. An address may itself hold commas, so only a comma, a bar or
/// a space before a new `http` cuts.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    const BETWEEN: [char; 5] = [',', ' ', '\n', '|', ';'];
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(BETWEEN);
        if rest.is_empty() {
            return None;
        }
        let next = rest
            .match_indices("http")
            .map(|(at, _)| at)
            .find(|at| *at > 0 && rest.get(..*at).is_some_and(|before| before.ends_with(BETWEEN)));
        let (address, after) = rest.split_at(next.unwrap_or(rest.len()));
        rest = after;
        Some(address.trim_end_matches(BETWEEN))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator, so that a failure can be repeated.
    fn next(state: &mut u64, below: usize) -> usize {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((*state >> 33) % below as u64).unwrap()
    }

    #[test]
    fn an_address_that_is_taken_as_it_is_written_is_what_parsing_it_comes_to() {
        const PIECES: [&str; 40] = [
            "https://",
            "http://",
            "a",
            "shop",
            "example",
            ".",
            ".",
            "/",
            "/",
            "-",
            "--",
            "xn--",
            "1",
            "0x1",
            "127",
            "%",
            "%2e",
            "..",
            "?",
            "#",
            "=",
            "&",
            ":",
            ":443",
            "@",
            "é",
            " ",
            "\\",
            "_",
            "~",
            "+",
            "A",
            "\t",
            "'",
            ";",
            ",",
            "|",
            "p",
            "1.jpg",
            "localhost",
        ];
        let mut state = 11;
        let mut plain = 0;
        for round in 0..100_000 {
            let count = 1 + next(&mut state, 12);
            let start = PIECES[next(&mut state, 2)];
            let rest: String = (0..count).map(|_| PIECES[next(&mut state, PIECES.len())]).collect();
            let text = format!("{start}{rest}");
            if is_plain(&text) {
                plain += 1;
                let parsed = Url::parse(&text).ok().and_then(usable);
                assert_eq!(parsed.as_deref(), Some(text.as_str()), "round {round}");
                let base = Url::parse("http://other.example/x/").unwrap();
                assert_eq!(base.join(&text).ok().and_then(usable).as_deref(), Some(text.as_str()), "round {round}");
            }
        }
        assert!(plain > 50, "{plain}");
    }

    #[test]
    fn nearly_all_addresses_of_shops_are_plain() {
        for address in
            ["https://shop.example/p/bab-0000000", "http://cdn.shop.example/i/A_1.jpg", "https://shop.example/"]
        {
            assert!(is_plain(address), "{address}");
        }
        for address in ["https://SHOP.example/", "https://shop.example", "https://1.2.3.4/", "https://a.example/../b"] {
            assert!(!is_plain(address), "{address}");
        }
    }
}
