//! How long a search takes: in the index that the import built, in this process.

use std::path::{Path, PathBuf};

use comptoir_catalog::index::{Index, Mode};
use comptoir_catalog::words::Lang;
use serde_json::{Value, json};

use super::{Asked, timed};
use crate::Failure;
use crate::questions::{beginnings, questions};

const HITS: usize = 10;
/// Asked before the clock runs, so that files are in memory; for peers likewise.
pub const WARMING: usize = 50;

pub fn search(asked: &Asked) -> Result<Value, Failure> {
    let index = index_of(asked)?;
    let texts = questions(asked.products).texts;
    for text in texts.iter().take(WARMING) {
        index.search(text, Mode::Ranked, HITS)?;
        index.search(text, Mode::TypeAhead, HITS)?;
    }
    let ranked = timed(&texts, |text| Ok(index.search(text, Mode::Ranked, HITS).map(drop)?))?;
    let typed = texts.iter().flat_map(|text| beginnings(text));
    let typed = timed(typed, |text| Ok(index.search(text, Mode::TypeAhead, HITS).map(drop)?))?;
    Ok(json!({"ranked": ranked, "typed": typed, "products": index.products()}))
}

/// What the import built.
pub fn index_of(asked: &Asked) -> Result<Index, Failure> {
    let folder = index_below(&asked.folder.join("data/index")).ok_or("the import left no index")?;
    Ok(Index::open(&folder, Lang::En)?)
}

/// The folder with a finished index; the newest where there are several.
fn index_below(folder: &Path) -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        if folder.join("meta.json").exists() {
            found.push(folder);
            continue;
        }
        let entries = std::fs::read_dir(folder).ok()?;
        open.extend(entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()));
    }
    found.into_iter().max_by_key(|folder| folder.join("meta.json").metadata().and_then(|about| about.modified()).ok())
}
