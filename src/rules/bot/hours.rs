//! Opening hours: open now, and when next.
//!
//! A moment has exactly one local time, so "open now" is never in doubt, also in
//! the hour that autumn repeats. The other way round, a local time that summer
//! time skips moves forward and a doubled one is its first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike};
use chrono_tz::Tz;

use crate::protocol::Timestamp;

/// Days ahead in which the next opening is looked for: a shop closed for a year is closed.
pub const NEXT_OPENING_DAYS_MAX: u64 = 400;
/// 24:00.
const DAY_MINUTES: u16 = 24 * 60;

/// Minutes from midnight, `from` inside, `to` outside; `to` may be 24:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    pub from: u16,
    pub to: u16,
}

impl Range {
    /// Reads `09:30-12:30`; the end lies after the start.
    pub fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        let range = Self { from: read_minutes(from)?, to: read_minutes(to)? };
        (range.from < range.to).then_some(range)
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    fn holds(self, minute: u16) -> bool {
        (self.from..self.to).contains(&minute)
    }
}

fn read_minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u16>().ok()).flatten();
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= DAY_MINUTES).then_some(total)
}

/// A date of the definition: of one year, or of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Day {
    Once(NaiveDate),
    Yearly { month: u32, day: u32 },
}

impl Day {
    /// Reads `2026-12-24` or `12-25`.
    pub fn read(text: &str) -> Option<Self> {
        match text.len() {
            10 => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Self::Once),
            // The 29th of February is a day of some years.
            5 => NaiveDate::parse_from_str(&format!("2024-{text}"), "%Y-%m-%d")
                .ok()
                .map(|date| Self::Yearly { month: date.month(), day: date.day() }),
            _ => None,
        }
    }

    fn of_year(date: NaiveDate) -> Self {
        Self::Yearly { month: date.month(), day: date.day() }
    }
}

/// When the shop is open, in its own time zone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hours {
    /// No table in the definition.
    pub always: bool,
    /// Monday first.
    pub week: [Vec<Range>; 7],
    pub closed: BTreeSet<Day>,
    /// Replaces a day's hours and beats `closed`.
    pub special: BTreeMap<Day, Vec<Range>>,
}

impl Hours {
    pub fn always() -> Self {
        Self { always: true, ..Self::default() }
    }

    /// The ranges of one date, in order.
    fn of(&self, date: NaiveDate) -> &[Range] {
        let (once, yearly) = (Day::Once(date), Day::of_year(date));
        if let Some(ranges) = self.special.get(&once).or_else(|| self.special.get(&yearly)) {
            return ranges;
        }
        if self.closed.contains(&once) || self.closed.contains(&yearly) {
            return &[];
        }
        let weekday = date.weekday().num_days_from_monday() as usize;
        self.week.get(weekday).map_or(&[], Vec::as_slice)
    }

    pub fn is_open(&self, now: Timestamp, zone: Tz) -> bool {
        let local = local(now, zone);
        self.always || self.of(local.date()).iter().any(|range| range.holds(minute_of(local.time())))
    }

    /// The local moment of the next opening after `now`; none when always open or closed for long.
    pub fn next_opening(&self, now: Timestamp, zone: Tz) -> Option<NaiveDateTime> {
        if self.always {
            return None;
        }
        let today = local(now, zone);
        (0..=NEXT_OPENING_DAYS_MAX)
            .filter_map(|ahead| today.date().checked_add_days(Days::new(ahead)))
            .flat_map(|date| self.of(date).iter().map(move |range| (date, *range)))
            .filter_map(|(date, range)| Some((moment(date, range.from, zone)?, moment(date, range.to, zone)?)))
            // A range that summer time skips whole never opens.
            .find(|(from, to)| *from < *to && *from > now)
            .map(|(from, _)| local(from, zone))
    }
}

/// The local time of a moment.
pub fn local(at: Timestamp, zone: Tz) -> NaiveDateTime {
    at.to_utc().with_timezone(&zone).naive_local()
}

/// The moment of a local time: a skipped one moves forward, a doubled one is its first.
pub fn at_local(local: NaiveDateTime, zone: Tz) -> Option<Timestamp> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => Some(Timestamp::from(at.to_utc())),
        MappedLocalTime::None => after_gap(local, zone),
    }
}

/// The first moment after the gap in which `local` would lie.
fn after_gap(local: NaiveDateTime, zone: Tz) -> Option<Timestamp> {
    // Gaps are of whole minutes and at most a day long (Samoa lost 2011-12-30).
    (1..=i64::from(DAY_MINUTES)).find_map(|ahead| {
        let later = local.checked_add_signed(TimeDelta::minutes(ahead))?;
        zone.from_local_datetime(&later).earliest().map(|at| Timestamp::from(at.to_utc()))
    })
}

fn moment(date: NaiveDate, minute: u16, zone: Tz) -> Option<Timestamp> {
    let midnight = date.and_time(NaiveTime::MIN);
    at_local(midnight.checked_add_signed(TimeDelta::minutes(i64::from(minute)))?, zone)
}

fn minute_of(time: NaiveTime) -> u16 {
    u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(0)
}
