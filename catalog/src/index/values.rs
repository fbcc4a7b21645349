//! The values that a catalog's products have, read from its index once a generation.
//!
//! Which of them a message may mean is decided by [`crate::suggest`]; this counts.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

use super::schema::Fields;
use super::{IndexFault, Snapshot, facets, offers};
use crate::suggest::{COVERAGE_ONE_IN, Vocabulary, VocabularyBuilder};

/// Terms of a catalog's values that are read.
const FACETS_READ_MAX: usize = 200_000;
/// Products whose variants are looked at for the names of options.
const OPTIONS_LOOKED_MAX: u32 = 100_000;

pub(super) fn read(
    snapshot: &Snapshot,
    fields: &Fields,
    mut builder: VocabularyBuilder,
) -> Result<Vocabulary, IndexFault> {
    let products = snapshot.searcher.num_docs();
    builder.of_products(products);
    let counts = counts(snapshot, fields)?;
    // Of each name its terms, and how many products have them, one with two values twice.
    let mut names: HashMap<&str, (Vec<&str>, u64)> = HashMap::new();
    for (term, count) in &counts {
        let Some((kind, _, shown)) = facets::parts(term) else { continue };
        match (kind, shown.as_slice()) {
            (facets::Kind::Category, [.., class]) => builder.add_class(class),
            (facets::Kind::Attribute, [name, value]) => {
                builder.add_value(name, value, *count);
                let (terms, all) = names.entry(name).or_default();
                terms.push(term);
                *all += count;
            }
            (facets::Kind::Category | facets::Kind::Attribute | facets::Kind::Brand, _) => {}
        }
    }
    let options = option_names(snapshot);
    for (name, (terms, all)) in names {
        // Where even all together are too few, how many exactly says nothing more.
        let products = if all * COVERAGE_ONE_IN >= products { having(snapshot, fields, &terms)? } else { all };
        builder.add_name(name, products, options.contains(&offers::hash_of(name)));
    }
    Ok(builder.finish())
}

/// The terms of all values with how many products have them, the commonest first.
fn counts(snapshot: &Snapshot, fields: &Fields) -> Result<Vec<(String, u64)>, IndexFault> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    for segment in snapshot.searcher.segment_readers() {
        let inverted = segment.inverted_index(fields.facets)?;
        let mut stream = inverted.terms().stream()?;
        while let Some((term, info)) = stream.next() {
            if counts.len() >= FACETS_READ_MAX {
                break;
            }
            let Ok(term) = std::str::from_utf8(term) else { continue };
            *counts.entry(term.to_owned()).or_default() += u64::from(info.doc_freq);
        }
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|one, other| Reverse(one.1).cmp(&Reverse(other.1)).then_with(|| one.0.cmp(&other.0)));
    Ok(counts)
}

/// How many products have any of the terms.
fn having(snapshot: &Snapshot, fields: &Fields, terms: &[&str]) -> Result<u64, IndexFault> {
    let mut all = 0;
    for segment in snapshot.searcher.segment_readers() {
        let inverted = segment.inverted_index(fields.facets)?;
        let mut has = vec![0_u64; segment.max_doc() as usize / 64 + 1];
        for term in terms {
            let term = Term::from_field_text(fields.facets, term);
            let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                // Postings keep what was deleted until segments merge.
                if !segment.is_deleted(doc)
                    && let Some(bits) = has.get_mut(doc as usize / 64)
                {
                    *bits |= 1 << (doc % 64);
                }
                postings.advance();
            }
        }
        all += has.iter().map(|bits| u64::from(bits.count_ones())).sum::<u64>();
    }
    Ok(all)
}

/// The names that variants differ by, as options are compared.
fn option_names(snapshot: &Snapshot) -> HashSet<u64> {
    let mut names = HashSet::new();
    let mut left = OPTIONS_LOOKED_MAX;
    for (segment, columns) in snapshot.searcher.segment_readers().iter().zip(&snapshot.columns) {
        let looked = segment.max_doc().min(left);
        (0..looked).for_each(|doc| columns.option_names(doc, &mut names));
        left -= looked;
    }
    names
}
