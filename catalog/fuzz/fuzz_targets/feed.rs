//! Any bytes as a feed, in French and English, with a rate of tax: an answer, never a panic.

#![no_main]

use comptoir_catalog::feed::{self, Quiet, Settings, scratch};
use comptoir_catalog::model::{Currency, TaxRate};
use comptoir_catalog::words::Lang;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for lang in [Lang::Fr, Lang::En] {
        let settings = Settings::new(Currency::EUR, lang).with_tax_rate(TaxRate::new("20").ok());
        let mut products = 0;
        let read = feed::read(
            std::io::Cursor::new(bytes),
            &settings,
            &mut scratch::in_memory(),
            &mut Quiet,
            &mut |found| {
                assert!(!found.product.variants.is_empty());
                products += 1;
                Ok(())
            },
        );
        if let Ok(outcome) = read {
            assert_eq!(outcome.report.products, products);
        }
    }
});
