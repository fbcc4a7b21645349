//! How often one address may ask, and how failures to sign in are slowed down.
//!
//! Nobody is ever locked out of an account: a stranger who guesses would lock its agent
//! out. Time is the monotonic clock's.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::protocol::{Refusal, RefusalCode};

/// Addresses (or pairs) that one limit remembers; beyond it, the idle ones go first.
const KEYS_MAX: usize = 50_000;

/// A bucket that fills at a steady rate up to its burst.
#[derive(Debug)]
pub struct Limit<K> {
    burst: f64,
    per_second: f64,
    buckets: Mutex<HashMap<K, Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl<K: Eq + Hash> Limit<K> {
    #[must_use]
    pub fn new(burst: u32, per_second: f64) -> Self {
        Self { burst: f64::from(burst), per_second, buckets: Mutex::default() }
    }

    /// Takes one.
    ///
    /// # Errors
    /// [`RefusalCode::TooFast`] with the time after which one is there again.
    pub fn take(&self, key: K) -> Result<(), Refusal> {
        self.take_at(key, Instant::now())
    }

    fn take_at(&self, key: K, now: Instant) -> Result<(), Refusal> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= KEYS_MAX {
            let full_after = Duration::from_secs_f64(self.burst / self.per_second);
            buckets.retain(|_, bucket| now.duration_since(bucket.at) < full_after);
        }
        if buckets.len() >= KEYS_MAX && !buckets.contains_key(&key) {
            return Err(too_fast(1.0));
        }
        let bucket = buckets.entry(key).or_insert(Bucket { tokens: self.burst, at: now });
        let gained = now.duration_since(bucket.at).as_secs_f64() * self.per_second;
        bucket.tokens = (bucket.tokens + gained).min(self.burst);
        bucket.at = now;
        if bucket.tokens < 1.0 {
            return Err(too_fast((1.0 - bucket.tokens) / self.per_second));
        }
        bucket.tokens -= 1.0;
        Ok(())
    }
}

fn too_fast(seconds: f64) -> Refusal {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded just before")]
    let millis = (seconds * 1000.0).clamp(100.0, 60_000.0) as u32;
    Refusal::new(RefusalCode::TooFast).saying("Too many requests from this address.").retry_in(millis)
}

/// Failures within this time count.
const FAILURES_WINDOW: Duration = Duration::from_secs(60);
/// So many are free.
const FAILURES_FREE: u32 = 5;
/// The delay doubles with each failure after them, from a quarter of a second up to this.
const DELAY_MAX: Duration = Duration::from_secs(16);
/// Sign-ins that one address may try a minute, whatever the accounts.
const TRIES_PER_MINUTE: u32 = 60;

/// Slows down who guesses passwords.
#[derive(Debug)]
pub struct SignInDelays {
    failures: Mutex<HashMap<(String, IpAddr), (u32, Instant)>>,
    tries: Limit<IpAddr>,
}

impl Default for SignInDelays {
    fn default() -> Self {
        Self { failures: Mutex::default(), tries: Limit::new(TRIES_PER_MINUTE, f64::from(TRIES_PER_MINUTE) / 60.0) }
    }
}

impl SignInDelays {
    /// How long this try must wait before its password is looked at.
    ///
    /// # Errors
    /// [`RefusalCode::TooFast`] when the address tries too many.
    pub fn before(&self, email: &str, address: IpAddr) -> Result<Duration, Refusal> {
        self.tries.take(address)?;
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = failures.get(&(email.to_owned(), address)).filter(|(_, at)| at.elapsed() < FAILURES_WINDOW);
        Ok(recent.map_or(Duration::ZERO, |(count, _)| delay_after(*count)))
    }

    pub fn failed(&self, email: &str, address: IpAddr) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= KEYS_MAX {
            failures.retain(|_, (_, at)| at.elapsed() < FAILURES_WINDOW);
        }
        if failures.len() >= KEYS_MAX {
            return;
        }
        let (count, at) = failures.entry((email.to_owned(), address)).or_insert((0, Instant::now()));
        if at.elapsed() >= FAILURES_WINDOW {
            *count = 0;
        }
        *count += 1;
        *at = Instant::now();
    }

    pub fn succeeded(&self, email: &str, address: IpAddr) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(&(email.to_owned(), address));
    }
}

fn delay_after(failures: u32) -> Duration {
    match failures.checked_sub(FAILURES_FREE) {
        None => Duration::ZERO,
        Some(extra) => Duration::from_millis(250).saturating_mul(1 << extra.min(10)).min(DELAY_MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_lets_a_burst_through_and_then_its_rate() {
        let limit = Limit::new(3, 2.0);
        let start = Instant::now();
        for _ in 0..3 {
            assert!(limit.take_at("a", start).is_ok());
        }
        let refusal = limit.take_at("a", start).unwrap_err();
        assert_eq!((refusal.code, refusal.retry_ms), (RefusalCode::TooFast, Some(500)));
        assert!(limit.take_at("b", start).is_ok(), "another address is not slowed down");
        assert!(limit.take_at("a", start + Duration::from_millis(500)).is_ok());
        assert!(limit.take_at("a", start + Duration::from_millis(600)).is_err());
    }

    #[test]
    fn failures_delay_the_next_try_ever_more_but_lock_nobody_out() {
        let delays = SignInDelays::default();
        let (here, there) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        for _ in 0..4 {
            delays.failed("camille@example.com", here);
        }
        assert_eq!(delays.before("camille@example.com", here).unwrap(), Duration::ZERO);
        for _ in 0..3 {
            delays.failed("camille@example.com", here);
        }
        assert_eq!(delays.before("camille@example.com", here).unwrap(), Duration::from_secs(1));
        assert_eq!(delays.before("camille@example.com", there).unwrap(), Duration::ZERO);
        assert_eq!(delays.before("noor@example.com", here).unwrap(), Duration::ZERO);
        delays.succeeded("camille@example.com", here);
        assert_eq!(delays.before("camille@example.com", here).unwrap(), Duration::ZERO);
        assert_eq!(delay_after(1000), DELAY_MAX);
    }
}
