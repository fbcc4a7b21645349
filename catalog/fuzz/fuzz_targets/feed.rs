//! Any bytes as a feed, in French and English, with a rate of tax: an answer, never a panic.
//! Read again with every other product known, it comes to the same.

#![no_main]

use std::collections::HashSet;

use comptoir_catalog::feed::{self, FeedFault, Found, Outcome, Settings, Watch, scratch};
use comptoir_catalog::model::{Currency, TaxRate};
use comptoir_catalog::words::Lang;
use libfuzzer_sys::fuzz_target;

/// Knows products by the hash of their rows, and says so before they are read, or does not.
#[derive(Default)]
struct Knowing {
    hashes: HashSet<u64>,
    compares: bool,
}

impl Watch for Knowing {
    fn compares(&self) -> bool {
        self.compares
    }

    fn knows(&mut self, hash: u64) -> bool {
        self.hashes.remove(&hash)
    }
}

fn read(bytes: &[u8], settings: &Settings, mut knowing: Knowing) -> Result<(Vec<Found>, Outcome), FeedFault> {
    let mut all = Vec::new();
    let (source, mut aside) = (std::io::Cursor::new(bytes), scratch::in_memory());
    let outcome = feed::read(source, settings, &mut aside, &mut knowing, &mut |found| {
        assert!(!found.product.variants.is_empty());
        all.push(found);
        Ok(())
    })?;
    Ok((all, outcome))
}

fuzz_target!(|bytes: &[u8]| {
    for lang in [Lang::Fr, Lang::En] {
        let settings = Settings::new(Currency::EUR, lang).with_tax_rate(TaxRate::new("20").ok());
        let Ok((all, outcome)) = read(bytes, &settings, Knowing::default()) else { continue };
        assert_eq!(outcome.report.products, all.len() as u64);
        let hashes: HashSet<u64> = all.iter().step_by(2).map(|found| found.hash).collect();
        let reread = |compares| {
            let knowing = Knowing { hashes: hashes.clone(), compares };
            read(bytes, &settings, knowing).expect("it was read before")
        };
        let (rest, again) = reread(true);
        assert_eq!((&rest, &again), (&reread(false).0, &reread(false).1), "comparing changed what was read");
        assert_eq!((again.report.products, again.faults), (outcome.report.products, outcome.faults));
        assert!(rest.iter().all(|found| all.contains(found)), "something else was handed on");
        for found in all.iter().skip(1).step_by(2) {
            assert!(rest.contains(found), "{} was passed over, and nobody knows it", found.product.id);
        }
    }
});
