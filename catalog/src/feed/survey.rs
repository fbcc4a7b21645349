//! A first look at all rows: what must be known before the first can be read.

use std::collections::HashMap;
use std::io::Read;

use xxhash_rust::xxh3::xxh3_64;

use super::dialect::Meaning;
use super::progress::Tally;
use super::reading::Opened;
use super::records::{Next, Record};
use super::values::{Decimals, NumberEvidence};
use super::{DecimalMark, FeedFault, Settings, bounds};
use crate::model::Currency;

const PRICES: [Meaning; 3] = [Meaning::Price, Meaning::SalePrice, Meaning::ComparePrice];

/// What the whole file says about its rows.
#[derive(Default)]
pub(super) struct Survey {
    /// For each product key (hashed): in how many places its rows stand, 1 or 2 for more.
    places: HashMap<u64, u8>,
    numbers: HashMap<Meaning, NumberEvidence>,
    /// What the merchant says where no cell can tell.
    said: Option<Decimals>,
}

impl Survey {
    pub fn of<R: Read>(opened: &mut Opened<R>, tally: &mut Tally<'_>) -> Result<Self, FeedFault> {
        let mut survey = Self::default();
        let mut record = Record::default();
        let (mut rows, mut broken, mut before) = (0, 0, None);
        loop {
            match opened.records.next(&mut record)? {
                Next::End => return Ok(survey),
                _ if tally.is_enough(rows) => return Ok(survey),
                Next::Broken(stretch) => {
                    broken += 1;
                    if broken > bounds::BROKEN_RECORDS_MAX {
                        return Err(FeedFault::TooManyBroken { line: stretch.line });
                    }
                }
                Next::Record if record.is_blank() => continue,
                Next::Record => {
                    let key = xxh3_64(opened.layout.key(&record).as_bytes());
                    if before != Some(key) {
                        let places = survey.places.entry(key).or_default();
                        *places = places.saturating_add(1).min(2);
                        before = Some(key);
                    }
                    survey.see_numbers(opened, &record);
                }
            }
            rows += 1;
            tally.at(opened.records.bytes(), rows)?;
        }
    }

    fn see_numbers<R>(&mut self, opened: &Opened<R>, record: &Record) {
        for meaning in PRICES {
            if let Some(column) = opened.layout.first(meaning) {
                self.numbers.entry(meaning).or_default().see(record.get(column));
            }
        }
    }

    /// Takes what the mapping says of decimals.
    pub fn told(mut self, settings: &Settings) -> Self {
        self.said = settings.mapping.as_ref().and_then(|mapping| mapping.decimals).map(|mark| match mark {
            DecimalMark::Dot => Decimals::Dot,
            DecimalMark::Comma => Decimals::Comma,
        });
        self
    }

    /// Whether rows of this key stand in more than one place.
    pub fn is_scattered(&self, key: u64) -> bool {
        self.places.get(&key).is_some_and(|places| *places > 1)
    }

    pub fn decimals(&self, meaning: Meaning, currency: Currency) -> Decimals {
        let own = self.numbers.get(&meaning).copied().unwrap_or_default().decide(currency);
        if own != Decimals::Unclear {
            return own;
        }
        // The other price columns of the file are written by the same hand.
        PRICES
            .iter()
            .filter_map(|other| self.numbers.get(other))
            .filter(|evidence| evidence.is_decisive())
            .map(|evidence| evidence.decide(currency))
            .next()
            .or(self.said)
            .unwrap_or(Decimals::Unclear)
    }
}
