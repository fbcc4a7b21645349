//! What is asked: the real queries where they are, generated ones where not.

use std::path::PathBuf;

use comptoir_silver::{English, Kind};

/// As many as there are real ones.
const GENERATED: usize = 480;

/// Texts with the sentence that says where they are from.
pub struct Questions {
    pub texts: Vec<String>,
    pub from: &'static str,
}

/// The 480 furniture queries of WANDS from `$COMPTOIR_TEST_DATA`, else queries of the generated shop.
pub fn questions(products: u64) -> Questions {
    let path = std::env::var_os("COMPTOIR_TEST_DATA").map(|folder| PathBuf::from(folder).join("wands-query.csv"));
    let real = path.and_then(|path| std::fs::read_to_string(path).ok());
    if let Some(text) = real {
        let texts = text.lines().skip(1).filter_map(|line| line.split('\t').nth(1)).map(str::to_owned).collect();
        return Questions { texts, from: "real queries" };
    }
    let judged = English::new(products.min(43_000)).judged(GENERATED / 3);
    let asked = judged.queries.into_iter().filter(|query| matches!(query.kind, Kind::Plain | Kind::Typo | Kind::Known));
    Questions { texts: asked.map(|query| query.text).collect(), from: "generated queries: no data" }
}

/// Every beginning of a text, as it is seen while somebody types.
pub fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().filter_map(|(at, letter)| text.get(..at + letter.len_utf8()))
}
