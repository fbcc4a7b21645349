//! What the crate's tests share: reading a feed whole, and data that may be absent.

use std::path::PathBuf;

use comptoir_catalog::feed::{self, FeedFault, Found, Outcome, Quiet, Settings};
use comptoir_catalog::index::{Builder, Index};
use comptoir_catalog::model::{Currency, Product};
use comptoir_catalog::words::Lang;

/// Reads a feed into memory, in euros.
#[allow(dead_code, reason = "not every test file reads a feed")]
pub fn read(bytes: impl AsRef<[u8]>, lang: Lang) -> Result<(Vec<Found>, Outcome), FeedFault> {
    let mut found = Vec::new();
    let outcome = feed::read(
        std::io::Cursor::new(bytes),
        &Settings::new(Currency::EUR, lang),
        &mut feed::scratch::in_memory(),
        &mut Quiet,
        &mut |product| {
            found.push(product);
            Ok(())
        },
    )?;
    Ok((found, outcome))
}

/// An index of these products, and the folder that must outlive it.
#[allow(dead_code, reason = "not every test file searches")]
pub fn indexed<'p>(products: impl IntoIterator<Item = &'p Product>, lang: Lang) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("1");
    let mut builder = Builder::create(&place, 1).unwrap();
    for product in products {
        builder.add(product, lang).unwrap();
    }
    builder.finish().unwrap();
    let index = Index::open(&place, lang).unwrap();
    (folder, index)
}

/// A file of the shared test data; says so and answers nothing where it is absent.
#[allow(dead_code, reason = "not every test file reads it")]
pub fn shared_data(path: &str) -> Option<PathBuf> {
    let file = std::env::var_os("COMPTOIR_TEST_DATA").map(|folder| PathBuf::from(folder).join(path));
    let file = file.filter(|file| file.exists());
    if file.is_none() {
        println!("skipped: no data ({path})");
    }
    file
}
