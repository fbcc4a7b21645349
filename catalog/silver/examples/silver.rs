//! Writes a silver feed and its judged queries into files, for trying things by hand.
//!
//! ```text
//! cargo run -p comptoir-silver --example silver -- en 43000 feed.csv queries.tsv qrels.tsv
//! ```

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;

use comptoir_silver::{English, French};

/// Needs that queries are written for.
const NEEDS: usize = 200;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [lang, products, files @ ..] = arguments.as_slice() else {
        return Err("name a language (en, fr), how many products, and a file for the feed".into());
    };
    let (products, french) = (products.parse()?, lang == "fr");
    if let Some(path) = files.first() {
        let mut feed = File::create(path)?;
        if french {
            French::new(products).write_feed(&mut feed)?;
        } else {
            English::new(products).write_feed(&mut feed)?;
        }
    }
    if let [_, queries, qrels] = files {
        let judged = if french { French::new(products).judged(NEEDS) } else { English::new(products).judged(NEEDS) };
        judged.write(&mut BufWriter::new(File::create(queries)?), &mut BufWriter::new(File::create(qrels)?))?;
    }
    Ok(())
}
