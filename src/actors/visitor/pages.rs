//! Page visits as they are kept: bounded, of the web, and in the past.

use crate::protocol::suggestion::{CartLine, OnPage, PageProduct};
use crate::protocol::{
    BEGIN_VISITS_MAX, Begin, PAGE_ADDRESS_BYTES_MAX, PAGE_TITLE_BYTES_MAX, PageRef, PageVisit, Timestamp,
};

/// The visits that begin a conversation, oldest first. Without consent only the current page follows, by itself.
pub fn visits(begin: &Begin, now: Timestamp) -> Vec<PageVisit> {
    if !begin.visits_consented {
        return Vec::new();
    }
    let skipped = begin.visits.len().saturating_sub(BEGIN_VISITS_MAX);
    begin.visits.iter().skip(skipped).filter_map(|visit| clean_visit(visit.clone(), now)).collect()
}

/// None: not a page of the web.
pub fn clean_visit(visit: PageVisit, now: Timestamp) -> Option<PageVisit> {
    let PageVisit { id, page, at } = visit;
    Some(PageVisit { id, page: clean(page)?, at: at.min(now) })
}

/// Cut to the bounds; only `http` and `https`, since agents may follow it.
pub fn clean(page: PageRef) -> Option<PageRef> {
    let PageRef { mut url, mut title } = page;
    let web = url.starts_with("https://") || url.starts_with("http://");
    cut(&mut url, PAGE_ADDRESS_BYTES_MAX);
    cut(&mut title, PAGE_TITLE_BYTES_MAX);
    let clean = !url.contains('\0') && !title.contains('\0');
    (web && clean).then_some(PageRef { url, title })
}

/// What a page says of itself, cut to its bounds. None: not a page of the web, which agents may follow.
pub fn on_page(page: OnPage) -> Option<OnPage> {
    let PageRef { url, .. } = clean(PageRef { url: page.url, title: String::new() })?;
    let text = |mut text: String| {
        cut(&mut text, OnPage::TEXT_BYTES_MAX);
        text
    };
    let line = |line: CartLine| CartLine { sku: text(line.sku), ..line };
    Some(OnPage {
        url,
        product: page.product.map(|product| PageProduct {
            id: product.id.map(text),
            sku: product.sku.map(text),
            gtin: product.gtin.map(text),
        }),
        categories: page.categories.into_iter().take(OnPage::PATH_MAX).map(text).collect(),
        cart: page.cart.into_iter().take(OnPage::CART_MAX).map(line).collect(),
    })
}

fn cut(text: &mut String, bytes_max: usize) {
    if text.len() > bytes_max {
        let at = (0..=bytes_max).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(at);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::protocol::VisitId;

    fn visit(url: &str, at: i64) -> PageVisit {
        let page = PageRef { url: url.to_owned(), title: "é".repeat(300) };
        PageVisit { id: VisitId(Uuid::nil()), page, at: Timestamp::from_millis(at) }
    }

    #[test]
    fn visits_are_of_the_web_in_the_past_bounded_and_only_with_consent() {
        let now = Timestamp::from_millis(1_000);
        let many = vec![visit("https://shop.example/", 5_000); BEGIN_VISITS_MAX + 3];
        let begin = Begin { visits: many, visits_consented: true, ..Begin::default() };
        let kept = visits(&begin, now);
        assert_eq!((kept.len(), kept[0].at, kept[0].page.title.len()), (BEGIN_VISITS_MAX, now, 300));
        assert!(visits(&Begin { visits_consented: false, ..begin }, now).is_empty());
        assert_eq!(clean_visit(visit("javascript:alert(1)", 0), now), None);
    }

    #[test]
    fn what_a_page_says_of_itself_is_cut_to_its_bounds() {
        let long = "é".repeat(400);
        let said = OnPage {
            url: "https://shop.example/l1".to_owned(),
            product: Some(PageProduct { sku: Some(long.clone()), ..PageProduct::default() }),
            categories: vec![long.clone(); OnPage::PATH_MAX + 1],
            cart: vec![CartLine { sku: long, quantity: 2 }; OnPage::CART_MAX + 1],
        };
        let kept = on_page(said.clone()).unwrap();
        assert_eq!((kept.categories.len(), kept.cart.len()), (OnPage::PATH_MAX, OnPage::CART_MAX));
        assert_eq!(kept.product.unwrap().sku.unwrap().len(), OnPage::TEXT_BYTES_MAX);
        assert_eq!((kept.cart[0].sku.len(), kept.cart[0].quantity), (OnPage::TEXT_BYTES_MAX, 2));
        assert_eq!(on_page(OnPage { url: "javascript:alert(1)".to_owned(), ..said }), None);
    }
}
