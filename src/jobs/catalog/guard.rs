//! Whether a feed may replace the catalog that answers now. Pure.
//!
//! A cut export or a wrong file must not empty a shop's catalog over night. With
//! nobody looking on, the old catalog stays; somebody who looks on is shown the
//! figures and decides. A first import has nothing to lose and is never held.

use crate::protocol::catalog::{ImportReason, ImportReport};
use crate::store::catalog::RunSettings;

/// More rows refused than one in so many holds an import: 5 %.
const REJECTED_ONE_IN: u64 = 20;
/// More products gone than one in so many holds an import: half.
const REMOVED_ONE_IN: u64 = 2;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    GoOn,
    Ask { why: String, reasons: Vec<ImportReason> },
    Refuse { why: String, reasons: Vec<ImportReason> },
}

impl Verdict {
    /// The same as the sentence, for clients that say it in another language.
    pub fn reasons(&self) -> Vec<ImportReason> {
        match self {
            Self::GoOn => Vec::new(),
            Self::Ask { reasons, .. } | Self::Refuse { reasons, .. } => reasons.clone(),
        }
    }
}

pub(super) fn judge(report: &ImportReport, products_before: u64, settings: &RunSettings) -> Verdict {
    if report.products == 0 {
        let first = report.faults.iter().find(|fault| !fault.warning);
        let why = match first {
            Some(fault) => format!("No product could be read. Line {}: {}.", fault.line, fault.message),
            None => "The file has a header but no products. Export it again and check that it holds rows.".to_owned(),
        };
        let mut reason = reason("no_products", &[], why.clone());
        if let Some(fault) = first {
            reason.numbers.insert("line".to_owned(), fault.line);
            reason.names = std::iter::once(fault.code.clone()).chain(fault.column.clone()).collect();
        }
        return Verdict::Refuse { why, reasons: vec![reason] };
    }
    if products_before == 0 {
        return Verdict::GoOn;
    }
    let removals = report.removed * REMOVED_ONE_IN > products_before && !settings.accept_removals;
    let rejections = report.rejected * REJECTED_ONE_IN > report.rows;
    let mut reasons = Vec::new();
    if removals {
        let figures = format!("{} of {products_before} products would be gone", report.removed);
        reasons.push(reason(
            "removes_products",
            &[("removed", report.removed), ("products", products_before)],
            figures,
        ));
    }
    if rejections {
        let figures = format!("{} of {} rows were refused", report.rejected, report.rows);
        reasons.push(reason("rejects_rows", &[("rejected", report.rejected), ("rows", report.rows)], figures));
    }
    if reasons.is_empty() {
        return Verdict::GoOn;
    }
    let figures: Vec<&str> = reasons.iter().map(|reason| reason.message.as_str()).collect();
    let figures = figures.join(", and ");
    if settings.attended {
        return Verdict::Ask { why: format!("{figures}. Import it all the same?"), reasons };
    }
    let remedy = match (removals, rejections) {
        (true, false) => "Import it again with --accept-removals if that is right.",
        (_, true) => "Correct the rows and import the file again, or import it in the console and confirm there.",
        (false, false) => "",
    };
    Verdict::Refuse { why: format!("The catalog stays as it is: {figures}. {remedy}"), reasons }
}

fn reason(code: &str, numbers: &[(&str, u64)], message: String) -> ImportReason {
    let numbers = numbers.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect();
    ImportReason { code: code.to_owned(), numbers, names: Vec::new(), detail: None, message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::feed::FeedSettings;

    fn verdict(rows: u64, rejected: u64, removed: u64, before: u64, attended: bool, accept: bool) -> &'static str {
        let report = ImportReport { rows, rejected, removed, products: rows - rejected, ..ImportReport::default() };
        let settings = RunSettings {
            lang: "fr".into(),
            feed: FeedSettings { currency: "EUR".into(), shop_url: None, tax_rate: None, mapping: None },
            attended,
            accept_removals: accept,
            fetched: None,
        };
        match judge(&report, before, &settings) {
            Verdict::GoOn => "go on",
            Verdict::Ask { .. } => "ask",
            Verdict::Refuse { .. } => "refuse",
        }
    }

    #[test]
    fn a_feed_that_would_harm_the_catalog_is_held() {
        for (rows, rejected, removed, before, attended, accept, expected) in [
            (100, 5, 0, 100, false, false, "go on"),
            (100, 6, 0, 100, false, false, "refuse"),
            (100, 6, 0, 100, true, false, "ask"),
            (100, 0, 50, 100, false, false, "go on"),
            (100, 0, 51, 100, false, false, "refuse"),
            (100, 0, 51, 100, true, false, "ask"),
            (100, 0, 51, 100, false, true, "go on"),
            (100, 6, 51, 100, false, true, "refuse"),
            (100, 90, 0, 0, false, false, "go on"),
            (100, 100, 0, 0, true, false, "refuse"),
            (0, 0, 100, 100, true, true, "refuse"),
        ] {
            let found = verdict(rows, rejected, removed, before, attended, accept);
            assert_eq!(found, expected, "{rows} rows, {rejected} rejected, {removed} of {before} removed");
        }
    }
}
