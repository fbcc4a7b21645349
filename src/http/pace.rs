//! How fast one socket may send: a burst, then a steady rate.

use std::time::Duration;

use tokio::time::Instant;

/// A bucket of one socket. Full at first.
#[derive(Debug, Clone)]
pub struct Pace {
    burst: f64,
    per_second: f64,
    left: f64,
    at: Instant,
}

impl Pace {
    #[must_use]
    pub fn new(burst: u32, per_second: u32) -> Self {
        let burst = f64::from(burst);
        Self { burst, per_second: f64::from(per_second), left: burst, at: Instant::now() }
    }

    /// Takes one.
    ///
    /// # Errors
    /// How long until there is one again.
    pub fn take(&mut self, now: Instant) -> Result<(), Duration> {
        let gained = now.saturating_duration_since(self.at).as_secs_f64() * self.per_second;
        self.left = (self.left + gained).min(self.burst);
        self.at = now;
        if self.left >= 1.0 {
            self.left -= 1.0;
            Ok(())
        } else {
            Err(Duration::from_secs_f64((1.0 - self.left) / self.per_second))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_burst_one_may_send_at_the_steady_rate() {
        let start = Instant::now();
        let mut pace = Pace::new(20, 1);
        assert_eq!((0..25).filter(|_| pace.take(start).is_ok()).count(), 20);
        let wait = pace.take(start).unwrap_err();
        assert!(wait > Duration::from_millis(900) && wait <= Duration::from_secs(1), "{wait:?}");
        let later = start + Duration::from_secs(5);
        assert_eq!((0..25).filter(|_| pace.take(later).is_ok()).count(), 5);
    }
}
