//! How fast something goes, over the last seconds, and how long it will take.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::store::catalog::Pace;

/// What the rate is taken over.
const WINDOW: Duration = Duration::from_secs(5);
/// Looks that are no further apart than this are one.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// Too early to say how long it will take.
const SAID_AFTER: Duration = Duration::from_secs(1);

/// Watches one piece of work.
#[derive(Debug)]
pub(super) struct Pacer {
    total: u64,
    begun: Instant,
    /// When, how far, how many rows; oldest first, at most as many as the window holds.
    looks: VecDeque<(Instant, u64, u64)>,
}

impl Pacer {
    /// Work of so many bytes, or whatever it is measured by.
    pub fn begin(total: u64) -> Self {
        Self { total, begun: Instant::now(), looks: VecDeque::new() }
    }

    /// What is to be told now; nothing when that was a moment ago.
    pub fn look(&mut self, done: u64, rows: u64) -> Option<Pace> {
        self.look_at(Instant::now(), done, rows)
    }

    fn look_at(&mut self, now: Instant, done: u64, rows: u64) -> Option<Pace> {
        if self.looks.back().is_some_and(|(last, ..)| now.duration_since(*last) < LOOK_EVERY) {
            return None;
        }
        while self.looks.len() > 1 && self.looks.front().is_some_and(|(first, ..)| now.duration_since(*first) > WINDOW)
        {
            self.looks.pop_front();
        }
        let oldest = self.looks.front().copied();
        self.looks.push_back((now, done, rows));
        let mut pace = Pace { bytes: done, rows, ..Pace::default() };
        let Some((since, done_then, rows_then)) = oldest else { return Some(pace) };
        let seconds = now.duration_since(since).as_secs_f64();
        let rate = |more: u64| more as f64 / seconds.max(f64::EPSILON);
        pace.rows_per_second = Some(whole(rate(rows.saturating_sub(rows_then))));
        let speed = rate(done.saturating_sub(done_then));
        if speed > 0.0 && now.duration_since(self.begun) >= SAID_AFTER {
            pace.seconds_left = Some(whole((self.total.saturating_sub(done) as f64 / speed).ceil()));
        }
        Some(pace)
    }
}

/// Rounded down, and held where the type ends.
fn whole(number: f64) -> u32 {
    number as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_is_that_of_the_last_seconds() {
        let mut pacer = Pacer::begin(10_000);
        let begun = pacer.begun;
        let mut at = |millis: u64, done: u64, rows: u64| {
            let pace = pacer.look_at(begun + Duration::from_millis(millis), done, rows)?;
            Some((pace.rows_per_second, pace.seconds_left))
        };
        assert_eq!(at(0, 0, 0), Some((None, None)));
        assert_eq!(at(100, 10, 1), None, "a moment ago");
        assert_eq!(at(500, 500, 50), Some((Some(100), None)), "too early to say how long");
        assert_eq!(at(2_000, 2_000, 200), Some((Some(100), Some(8))));
        assert_eq!(at(7_500, 2_000, 200), Some((Some(0), None)), "it stands still");
        assert_eq!(at(8_500, 4_000, 1_200), Some((Some(1_000), Some(3))));
    }
}
