//! `comptoir catalog search`: a table for people, or a line of JSON a query for programs.

use std::io::{self, BufRead, Read};

use clap::Args;
use comptoir_catalog::index::HITS_MAX;
use serde::Serialize;

use super::narrow::{self, Narrow};
use super::{Searchable, Where};
use crate::cli::{Failure, Terminal};
use crate::jobs::catalog::{Found, Search as Asked};
use crate::protocol::Timestamp;
use crate::protocol::catalog::{CardAvailability, CatalogHit};

/// A line of standard input; what is longer is cut.
const LINE_BYTES_MAX: u64 = 64 * 1024;

const EXAMPLES: &str = "Examples:\n  comptoir catalog search --site boutique \"table basse chêne\"\n  \
    comptoir catalog search --site boutique --in-stock --price-max 50 --attribute colour=blue \"mug\"\n  \
    comptoir catalog search --site boutique --json - < queries.txt\n\n\
    With --json each query is answered by one line, also an empty one:\n  \
    {\"query\":\"wool hoodie\",\"took_us\":412,\"hits\":[{\"id\":\"MH01\",\"score\":61.2,\"title\":\"…\"}]}";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Search {
    /// What to search for; `-` (or nothing) reads one query a line from standard input
    query: Vec<String>,
    #[command(flatten)]
    at: Where,
    /// Products a query
    #[arg(long, default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    narrow: Narrow,
    /// One JSON object a query, and nothing else on standard output
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    query: &'a str,
    took_us: u64,
    hits: Vec<LineHit>,
}

#[derive(Serialize)]
struct LineHit {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sku: Option<String>,
    score: f32,
    title: String,
}

impl Search {
    pub async fn carry_out(self, terminal: &mut Terminal) -> Result<(), Failure> {
        if !(1..=HITS_MAX).contains(&self.limit) {
            return Err(super::wrongly(format!("--limit {} is out of range; write 1 to {HITS_MAX}", self.limit)));
        }
        let searchable = self.at.searchable().await?;
        let asked = Asked { limit: self.limit, ..self.narrow.search(&searchable).await? };
        let query = self.query.join(" ");
        let is_named = !query.is_empty() || (asked.lists_all() && !self.json);
        if is_named && query != "-" {
            return self.answer(&searchable, &query, asked, terminal).await;
        }
        let mut input = io::stdin().lock();
        while let Some(query) = next_line(&mut input).map_err(Failure::new)? {
            self.answer(&searchable, &query, asked.clone(), terminal).await?;
        }
        Ok(())
    }

    async fn answer(
        &self,
        searchable: &Searchable,
        query: &str,
        asked: Asked,
        terminal: &mut Terminal,
    ) -> Result<(), Failure> {
        let asked = Asked { text: query.to_owned(), ..asked };
        if self.json {
            let line = self.line(searchable, query, asked).await?;
            terminal.say(serde_json::to_string(&line).map_err(Failure::new)?);
            return Ok(());
        }
        let Searchable { catalog, wanted } = searchable;
        let now = Timestamp::from(chrono::Utc::now());
        let hits = catalog.ask(wanted, asked, now).await.map_err(Failure::new)?;
        for correction in &hits.corrections {
            terminal.say(format_args!("“{}” was read as “{}”.", correction.typed, correction.read_as));
        }
        for word in &hits.dropped {
            terminal.say(format_args!("No product has “{word}”."));
        }
        if hits.hits.is_empty() {
            terminal.say("Nothing found.");
        }
        for hit in &hits.hits {
            terminal.say(row(hit));
        }
        narrow::tell(&hits, terminal);
        Ok(())
    }

    async fn line<'q>(&self, searchable: &Searchable, query: &'q str, asked: Asked) -> Result<Line<'q>, Failure> {
        let found = searchable.catalog.find(&searchable.wanted, asked, chrono::Utc::now().into()).await;
        let Some(Found { answer, took, .. }) = found.map_err(Failure::new)? else {
            return Ok(Line { query, took_us: 0, hits: Vec::new() });
        };
        let hit = |hit: comptoir_catalog::index::Hit| LineHit {
            id: hit.product.into(),
            sku: hit.sku.map(String::from),
            score: hit.score,
            title: hit.title,
        };
        let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        Ok(Line { query, took_us, hits: answer.hits.into_iter().map(hit).collect() })
    }
}

/// The next line without its end; nothing at the end of input.
pub(super) fn next_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.last() != Some(&b'\n') {
        skip_rest(input)?;
    }
    while bytes.last().is_some_and(|last| matches!(last, b'\n' | b'\r')) {
        bytes.pop();
    }
    Ok(Some(valid_start(&bytes)))
}

/// What remains of a line that was too long.
fn skip_rest(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |at| at + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

/// The line up to the first byte that is no UTF-8.
fn valid_start(bytes: &[u8]) -> String {
    let valid = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(fault) => {
            bytes.get(..fault.valid_up_to()).and_then(|start| std::str::from_utf8(start).ok()).unwrap_or_default()
        }
    };
    valid.to_owned()
}

fn row(hit: &CatalogHit) -> String {
    let card = &hit.card;
    let availability = match card.availability {
        CardAvailability::InStock => "in stock",
        CardAvailability::OutOfStock => "out of stock",
        CardAvailability::Preorder => "preorder",
        CardAvailability::Backorder => "backorder",
        CardAvailability::Unknown => "",
    };
    let variant = if card.variant.is_empty() { String::new() } else { format!(" ({})", card.variant) };
    format!(
        "{:>12}  {availability:<12}  {:<20}  {}{variant}",
        card.price.as_ref().map(narrow::money).unwrap_or_default(),
        card.product,
        card.title
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_one_by_one_and_bad_ones_are_cut() {
        let long = "x".repeat(2 * usize::try_from(LINE_BYTES_MAX).unwrap());
        let mut bytes = format!("wool hoodie\r\n\n{long}\nlast").into_bytes();
        bytes.extend_from_slice(b" \xff rest");
        let mut input = io::Cursor::new(bytes);
        let mut lines = Vec::new();
        while let Some(line) = next_line(&mut input).unwrap() {
            lines.push(line);
        }
        assert_eq!(lines.len(), 4);
        assert_eq!((lines[0].as_str(), lines[1].as_str(), lines[3].as_str()), ("wool hoodie", "", "last "));
        assert_eq!(lines[2].len() as u64, LINE_BYTES_MAX);
    }
}
