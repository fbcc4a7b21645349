//! Any text as a query, in both modes, against a small index: an answer, never a panic.

#![no_main]

use std::sync::LazyLock;

use comptoir_catalog::feed::{self, Quiet, Settings, scratch};
use comptoir_catalog::index::{Builder, Index, Mode};
use comptoir_catalog::model::Currency;
use comptoir_catalog::words::Lang;
use libfuzzer_sys::fuzz_target;

const FEED: &str = include_str!("../../tests/data/google.csv");

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder").keep().join("1");
    let mut builder = Builder::create(&folder, 1).expect("an index");
    let settings = Settings::new(Currency::EUR, Lang::Fr);
    feed::read(
        std::io::Cursor::new(FEED),
        &settings,
        &mut scratch::in_memory(),
        &mut Quiet,
        &mut |found| builder.add(&found.product, Lang::Fr).map_err(Into::into),
    )
    .expect("a feed");
    builder.finish().expect("a finished index");
    Index::open(&folder, Lang::Fr).expect("an open index")
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for mode in [Mode::Ranked, Mode::TypeAhead] {
        INDEX.search(&text, mode, 10).expect("an answer");
    }
});
