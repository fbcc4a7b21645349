//! Any bytes as a feed, in French and English, with a rate of tax: an answer, never a panic.
//! Read again with every other product known, it comes to the same.

#![no_main]

use std::collections::HashSet;

use comptoir_catalog::feed::{self, FeedFault, Found, Outcome, Settings, Watch, scratch};
use comptoir_catalog::model::{Currency, TaxRate};
use comptoir_catalog::words::Lang;
use libfuzzer_sys::fuzz_target;

/// Knows products by the hash of their rows.
struct Knowing(HashSet<u64>);

impl Watch for Knowing {
    fn compares(&self) -> bool {
        !self.0.is_empty()
    }

    fn knows(&mut self, hash: u64) -> bool {
        self.0.remove(&hash)
    }
}

fn read(bytes: &[u8], settings: &Settings, known: HashSet<u64>) -> Result<(Vec<Found>, Outcome), FeedFault> {
    let mut all = Vec::new();
    let (source, mut aside) = (std::io::Cursor::new(bytes), scratch::in_memory());
    let outcome = feed::read(source, settings, &mut aside, &mut Knowing(known), &mut |found| {
        assert!(!found.product.variants.is_empty());
        all.push(found);
        Ok(())
    })?;
    Ok((all, outcome))
}

fuzz_target!(|bytes: &[u8]| {
    for lang in [Lang::Fr, Lang::En] {
        let settings = Settings::new(Currency::EUR, lang).with_tax_rate(TaxRate::new("20").ok());
        let Ok((all, outcome)) = read(bytes, &settings, HashSet::new()) else { continue };
        assert_eq!(outcome.report.products, all.len() as u64);
        let known = all.iter().step_by(2).map(|found| found.hash).collect();
        let (rest, again) = read(bytes, &settings, known).expect("it was read before");
        assert_eq!((again.report.products, again.faults), (outcome.report.products, outcome.faults));
        assert!(rest.iter().all(|found| all.contains(found)), "something else was handed on");
        for found in all.iter().skip(1).step_by(2) {
            assert!(rest.contains(found), "{} was passed over, and nobody knows it", found.product.id);
        }
    }
});
