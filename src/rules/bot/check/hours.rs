//! Opening hours: read, judged and compiled in one go.

use super::super::definition::{HoursTable, Word};
use super::super::hours::{Day, Hours, Range};
use super::super::problem::{Problems, shown};

const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Ranges of one day; dates of one list.
const RANGES_MAX: usize = 12;
const DATES_MAX: usize = 400;

/// The hours of a table; what cannot be read is reported and left out. No table = always open.
pub fn hours_of(table: Option<&HoursTable>, problems: &mut Problems) -> Hours {
    let Some(table) = table else { return Hours::always() };
    let mut hours = Hours::default();
    let mut taken = [false; 7];
    for (key, words) in &table.days {
        let ranges = ranges_of(words, problems);
        let Some(days) = days_of(&key.value) else {
            let message = format!(
                "cannot read day {}; write `mon` to `sun`, a range such as `mon-fri`, `closed` or `special`",
                shown(&key.value)
            );
            problems.add("E09", &key.spot, message);
            continue;
        };
        for ((name, day), (at, taken)) in WEEK.iter().zip(&mut hours.week).zip(taken.iter_mut().enumerate()) {
            if !days.contains(&at) {
                continue;
            }
            if *taken {
                problems.add("E09", &key.spot, format!("`{name}` is there twice; keep it in one place"));
            }
            *taken = true;
            day.clone_from(&ranges);
        }
    }
    for date in table.closed.iter().take(DATES_MAX) {
        hours.closed.extend(day_of(date, problems));
    }
    for (date, words) in table.special.iter().take(DATES_MAX) {
        let ranges = ranges_of(words, problems);
        if let Some(day) = day_of(date, problems)
            && hours.special.insert(day, ranges).is_some()
        {
            problems.add("E09", &date.spot, format!("{} is there twice; keep one", shown(&date.value)));
        }
    }
    let over = table.closed.get(DATES_MAX).or_else(|| table.special.get(DATES_MAX).map(|(date, _)| date));
    if let Some(over) = over {
        problems.add("E12", &over.spot, format!("over {DATES_MAX} dates; remove those that are past"));
    }
    hours
}

/// The days that a key names, by their place in the week.
pub fn days_of(key: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let day = |name: &str| WEEK.iter().position(|other| *other == name);
    match key.split_once('-') {
        None => day(key).map(|at| at..=at),
        Some((first, last)) => Some(day(first)?..=day(last)?).filter(|days| days.start() < days.end()),
    }
}

fn ranges_of(words: &[Word], problems: &mut Problems) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::new();
    for word in words.iter().take(RANGES_MAX) {
        match Range::read(&word.value) {
            None => {
                let message = format!(
                    "cannot read {}; write hours as `09:00-12:00`, the end after the start",
                    shown(&word.value)
                );
                problems.add("E09", &word.spot, message);
            }
            Some(range) if ranges.iter().any(|other| other.overlaps(range)) => {
                problems.add("E09", &word.spot, format!("{} overlaps hours before it; join them", shown(&word.value)));
            }
            Some(range) => ranges.push(range),
        }
    }
    if let Some(over) = words.get(RANGES_MAX) {
        problems.add("E12", &over.spot, format!("{} opening hours in a day; keep at most {RANGES_MAX}", words.len()));
    }
    ranges.sort();
    ranges
}

fn day_of(date: &Word, problems: &mut Problems) -> Option<Day> {
    let day = Day::read(&date.value);
    if day.is_none() {
        let message = format!("cannot read date {}; write `2026-12-24`, or `12-25` for every year", shown(&date.value));
        problems.add("E09", &date.spot, message);
    }
    day
}
