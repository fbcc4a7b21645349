//! Imports a shop's export and searches it, with the crate alone:
//! `cargo run -p comptoir-catalog --example search -- shop.csv fr "table basse"`.

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Write};

use comptoir_catalog::feed::{self, Settings};
use comptoir_catalog::index::{Builder, Index, Mode};
use comptoir_catalog::model::Currency;
use comptoir_catalog::words::Lang;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(lang), Some(text)) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("write: search FILE LANGUAGE TEXT".into());
    };
    let lang = Lang::of_tag(&lang);
    let mut out = std::io::stdout();

    let folder = std::env::temp_dir().join(format!("comptoir-search-{}", std::process::id()));
    let mut builder = Builder::create(&folder, 1)?;
    let outcome = feed::read(
        BufReader::new(File::open(file)?),
        &Settings::new(Currency::EUR, lang),
        &mut feed::scratch::in_memory(),
        &mut feed::Quiet,
        &mut |found| builder.add(&found.product, lang).map_err(Into::into),
    )?;
    builder.finish()?;
    writeln!(out, "{} products from {}", outcome.report.products, outcome.report.dialect.name())?;
    for fault in &outcome.faults.first {
        writeln!(out, "{fault}")?;
    }

    let index = Index::open(&folder, lang)?;
    let answer = index.search(&text, Mode::Ranked, 10)?;
    for correction in &answer.corrections {
        writeln!(out, "`{}` read as `{}`", correction.typed, correction.read_as)?;
    }
    for hit in &answer.hits {
        writeln!(out, "{:8.1}  {}  {}", hit.score, hit.product, hit.title)?;
    }
    std::fs::remove_dir_all(folder)?;
    Ok(())
}
