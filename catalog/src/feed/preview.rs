//! A file as it would be read, before anything of it is: columns, guesses, a dry run.
//!
//! Nothing is refused that a person could still mend: what is missing is named, and
//! as much is read as can be. What a guess rests on is left to [`super::guess`].

use std::collections::HashMap;
use std::io::{Read, Seek};

use super::bounds::{
    DISTINCT_TOLD_MAX, EXAMPLES_MAX, FAULT_VALUE_CHARS_MAX, PREVIEW_FAULTS_MAX, PREVIEW_SAMPLES_MAX,
    PREVIEW_VALUES_ROWS_MAX,
};
use super::dialect::Meaning as M;
use super::guess;
use super::header::{self, Tax};
use super::layout::{Column, Layout};
use super::mapping::Field;
use super::opened::Headed;
use super::progress::{Quiet, Tally};
use super::record::Record;
use super::records::Next;
use super::rows::Rows;
use super::source::Source;
use super::values::{Decimals, NumberEvidence};
use super::worded::words_of;
use super::{ColumnMapping, Dialect, Encoding, FaultKind, FeedFault, Mapping, RowFault, Settings, scratch};
use crate::model::{Product, TaxRate};

/// A file as it would be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    pub dialect: Dialect,
    pub encoding: Encoding,
    pub separator: &'static str,
    pub columns: Vec<PreviewColumn>,
    /// What must be said before the file can be imported; empty: it can.
    pub missing: Vec<Missing>,
    /// The mapping given was made for another header: what is gone from it, what is new.
    pub gone: Vec<String>,
    pub added: Vec<String>,
    /// What the dry run was read by: the mapping given, where it still fits, and the guesses.
    pub mapping: Mapping,
    /// Of the dry run over the first rows.
    pub rows: u64,
    pub products: u64,
    pub rejected: u64,
    pub warnings: u64,
    /// The first [`PREVIEW_FAULTS_MAX`].
    pub faults: Vec<RowFault>,
    /// The first [`EXAMPLES_MAX`].
    pub examples: Vec<Product>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewColumn {
    pub name: String,
    pub field: Field,
    pub confidence: Confidence,
    /// The first different values, at most three, each of at most [`FAULT_VALUE_CHARS_MAX`] characters.
    pub samples: Vec<String>,
    /// The commonest values with their rows, at most [`DISTINCT_TOLD_MAX`]; empty where nearly all differ.
    pub distinct: Vec<(String, u32)>,
}

/// How sure it is what a column gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Said by the mapping, or a column of a platform's own export.
    Certain,
    /// A known synonym.
    Likely,
    /// By the start of its name or by its values.
    Guess,
    /// Nothing is known of it.
    None,
}

/// What a person must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    Id,
    Title,
    Price,
    /// A price is without tax, and no rate is given.
    TaxRate,
    /// A price's column says both `tax excluded` and `tax included`.
    TaxKind,
    /// `489,000`: thousands or thousandths.
    Decimals,
}

/// Looks at a feed and reads its first `rows_max` rows as an import would.
///
/// # Errors
/// When the file as a whole cannot be used, whatever the mapping; when the mapping
/// contradicts itself. A mapping made for another header is put on the columns that
/// are left.
pub fn preview<R: Read + Seek>(source: R, settings: &Settings, rows_max: u64) -> Result<Preview, FeedFault> {
    preview_all(vec![source], settings, rows_max)
}

/// Looks at a feed of several files: at the columns of its products, read with what joins them.
///
/// # Errors
/// As [`preview`].
pub fn preview_all<R: Read + Seek>(sources: Vec<R>, settings: &Settings, rows_max: u64) -> Result<Preview, FeedFault> {
    let settings = &settings.mapped();
    let mut sources = Source::all(sources)?;
    let mut watch = Quiet;
    let mut tally = Tally::new(&mut watch);
    let mut products = None;
    for (at, source) in sources.iter_mut().enumerate() {
        source.examine(&mut tally)?;
        let headed = source.headed()?;
        let recognised = Layout::recognised(&headed.header, &headed.sample);
        if recognised.dialect != Dialect::PrestaShopCombinations && products.is_none() {
            products = Some((at, recognised));
        }
    }
    let (at, recognised) = products.ok_or(FeedFault::CombinationsAlone)?;
    let source = sources.get_mut(at).ok_or(FeedFault::Empty)?;
    let encoding = source.encoding();
    let Headed { rows, header: head, separator, .. } = source.headed()?;
    let (gone, added) = match &settings.mapping {
        Some(mapping) => mapping.header_change(&recognised.names()).unwrap_or_default(),
        None => Default::default(),
    };
    let known = guess::confidences(&recognised, settings.mapping.as_ref());
    let layout = match &settings.mapping {
        Some(mapping) => mapping.corrected_where_it_fits(recognised)?,
        None => recognised,
    };
    let seen = Seen::of(rows, head.len())?;
    let guesses = guess::of(&layout, &known, &seen.columns);
    let mapping = proposed(&layout, settings.mapping.as_ref(), &guesses);
    let layout = mapping.corrected_where_it_fits(layout)?;
    let missing = missing(&layout, settings, &mapping, &seen);
    let columns = columns(&layout, known, &guesses, &seen);
    let mut preview = Preview {
        dialect: layout.dialect,
        encoding,
        separator,
        columns,
        missing,
        gone,
        added,
        mapping,
        rows: 0,
        products: 0,
        rejected: 0,
        warnings: 0,
        faults: Vec::new(),
        examples: Vec::new(),
    };
    let files = sources.into_iter().map(Source::into_file).collect();
    preview.dry_run(files, settings, rows_max)?;
    Ok(preview)
}

impl Preview {
    /// Reads the first rows by what was guessed; what is missing is taken for granted
    /// where that is possible.
    fn dry_run<R: Read + Seek>(&mut self, files: Vec<R>, settings: &Settings, rows_max: u64) -> Result<(), FeedFault> {
        if self.missing.iter().any(|missing| matches!(missing, Missing::Id | Missing::Title | Missing::Price)) {
            return Ok(());
        }
        let mut mapping = self.mapping.clone();
        for column in self.columns.iter().filter(|_| self.missing.contains(&Missing::TaxKind)) {
            if column.field == Field::Price {
                mapping.columns.retain(|said| header::normal(&said.column) != header::normal(&column.name));
                mapping.columns.push(ColumnMapping { column: column.name.clone(), field: Field::Price });
            }
        }
        let tax_rate = settings.tax_rate.or(Some(TaxRate::ZERO));
        let settings = settings.clone().with_mapping(Some(mapping)).with_tax_rate(tax_rate);
        let mut examples = Vec::new();
        let mut outcome = super::read_rows(
            files,
            &settings,
            &mut scratch::in_memory(),
            &mut Tally::new(&mut Quiet).with_rows(rows_max),
            &mut |found| {
                if examples.len() < EXAMPLES_MAX {
                    examples.push(found.product);
                }
                Ok(())
            },
        )?;
        // The rows that the first ones belong to may stand further below.
        outcome.faults.forget(&FaultKind::MissingParent);
        self.rows = outcome.report.rows;
        self.products = outcome.report.products;
        self.rejected = outcome.faults.rejected;
        self.warnings = outcome.faults.warnings;
        self.faults = outcome.faults.first.into_iter().take(PREVIEW_FAULTS_MAX).collect();
        self.examples = examples;
        Ok(())
    }
}

/// What the columns hold, over the first rows.
struct Seen {
    columns: Vec<SeenColumn>,
}

/// What one column holds.
#[derive(Debug, Default)]
pub(super) struct SeenColumn {
    /// Rows in which it is not empty.
    pub filled: u32,
    pub samples: Vec<String>,
    /// Different values with their rows and the order in which they came; no more are
    /// kept once nearly all differ.
    pub counts: HashMap<String, (u32, usize)>,
    /// The same, of the values that stand in one cell beside each other.
    words: HashMap<String, (u32, usize)>,
    numbers: NumberEvidence,
}

/// Different values of a column that are counted; more are as good as all different.
const COUNTED_MAX: usize = 1_000;
/// Words longer than this are texts.
const WORD_CHARS_MAX: usize = 60;

impl Seen {
    fn of<R: Read>(mut rows: Rows<R>, width: usize) -> Result<Self, FeedFault> {
        let mut columns: Vec<SeenColumn> = (0..width).map(|_| SeenColumn::default()).collect();
        let mut record = Record::default();
        for _ in 0..PREVIEW_VALUES_ROWS_MAX {
            match rows.next(&mut record)? {
                Next::End => break,
                Next::Broken(_) => {}
                Next::Record => {
                    for (at, column) in columns.iter_mut().enumerate() {
                        column.see(record.get(at));
                    }
                }
            }
        }
        Ok(Self { columns })
    }
}

impl SeenColumn {
    fn see(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        self.numbers.see(cell);
        let short: String = cell.chars().take(FAULT_VALUE_CHARS_MAX).collect();
        if self.samples.len() < PREVIEW_SAMPLES_MAX && !self.samples.contains(&short) {
            self.samples.push(short.clone());
        }
        count(&mut self.counts, &short);
        for word in words_of(cell).filter(|word| word.chars().count() <= WORD_CHARS_MAX) {
            count(&mut self.words, word);
        }
    }

    /// The commonest values; of lists in cells the values in them, where they come again more often.
    fn distinct(&self, is_list: bool) -> Vec<(String, u32)> {
        let counts = if is_list && self.words.len() < self.counts.len() { &self.words } else { &self.counts };
        let nearly_all_differ =
            counts.len() > PREVIEW_SAMPLES_MAX * 4 && counts.len() as u64 * 2 > u64::from(self.filled);
        if nearly_all_differ || counts.len() >= COUNTED_MAX {
            return Vec::new();
        }
        let mut distinct: Vec<_> = counts.iter().collect();
        distinct.sort_by_key(|(_, (rows, order))| (std::cmp::Reverse(*rows), *order));
        distinct.into_iter().take(DISTINCT_TOLD_MAX).map(|(value, (rows, _))| (value.clone(), *rows)).collect()
    }
}

fn count(counts: &mut HashMap<String, (u32, usize)>, value: &str) {
    let order = counts.len();
    match counts.get_mut(value) {
        Some((rows, _)) => *rows += 1,
        None if order < COUNTED_MAX => {
            counts.insert(value.to_owned(), (1, order));
        }
        None => {}
    }
}

/// The mapping that was given, as far as it fits, with the guesses, for this header.
fn proposed(layout: &Layout, given: Option<&Mapping>, guesses: &HashMap<usize, Field>) -> Mapping {
    let names = layout.names();
    let is_there = |column: &str| names.iter().any(|name| header::normal(name) == header::normal(column));
    let mut mapping = given.cloned().unwrap_or_default();
    mapping.columns.retain(|mapped| is_there(&mapped.column));
    mapping.values.retain(|value| is_there(&value.column));
    let mut guessed: Vec<(&usize, &Field)> = guesses.iter().collect();
    guessed.sort_by_key(|(at, _)| **at);
    for (at, field) in guessed {
        mapping.columns.push(ColumnMapping { column: layout.name(*at).to_owned(), field: field.clone() });
    }
    mapping.header = names;
    mapping
}

fn missing(layout: &Layout, settings: &Settings, mapping: &Mapping, seen: &Seen) -> Vec<Missing> {
    let has = |meaning| layout.first(meaning).is_some();
    let mut missing = Vec::new();
    if ![M::Id, M::Sku, M::Group, M::ExternalId].into_iter().any(has) {
        missing.push(Missing::Id);
    }
    if !has(M::Title) {
        missing.push(Missing::Title);
    }
    if !has(M::Price) {
        missing.push(Missing::Price);
    }
    let money = || layout.columns.iter().enumerate().filter(|(_, column)| column.meaning.is_money());
    if money().any(|(_, column)| layout.tax_of(column) == Some(Tax::Either)) {
        missing.push(Missing::TaxKind);
    }
    if settings.tax_rate.is_none() && money().any(|(_, column)| layout.tax_of(column) == Some(Tax::Excluded)) {
        missing.push(Missing::TaxRate);
    }
    let decides = |at: usize| seen.columns.get(at).map(|seen| seen.numbers.decide(settings.currency));
    let by_itself = !layout.dialect.writes_dots() && mapping.decimals.is_none();
    let price = layout.first(M::Price).filter(|_| by_itself);
    // The other prices of the file are written by the same hand.
    let others_tell = money().any(|(at, _)| seen.columns.get(at).is_some_and(|seen| seen.numbers.is_decisive()));
    if price.and_then(decides) == Some(Decimals::Unclear) && !others_tell {
        missing.push(Missing::Decimals);
    }
    missing
}

fn columns(
    layout: &Layout,
    known: Vec<Confidence>,
    guesses: &HashMap<usize, Field>,
    seen: &Seen,
) -> Vec<PreviewColumn> {
    let described = layout.columns.iter().zip(known).zip(&seen.columns).enumerate();
    described
        .map(|(at, ((column, known), seen))| PreviewColumn {
            name: column.name.clone(),
            field: named(column),
            confidence: if guesses.contains_key(&at) { Confidence::Guess } else { known },
            samples: seen.samples.clone(),
            distinct: seen.distinct(matches!(column.meaning, M::Attribute | M::Tags)),
        })
        .collect()
}

/// A column's field, an attribute or option with the name that it gets.
fn named(column: &Column) -> Field {
    let called = || column.label.clone().unwrap_or_else(|| column.name.clone());
    match Field::of(column) {
        Field::Option { .. } => Field::Option { name: called() },
        Field::Attribute { .. } => Field::Attribute { name: called() },
        field => field,
    }
}
