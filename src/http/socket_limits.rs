//! How many sockets one address may hold and open: new ones are refused, old ones never cut.
//!
//! Agents are counted apart from visitors, so that a shop's visitors behind the office's
//! own address cannot keep its agents out.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use super::limits::Limit;
use crate::protocol::{Refusal, RefusalCode};

/// Whose sockets are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SocketKind {
    Visitor,
    Agent,
    /// A visitor's shared page.
    Page,
    /// An agent's tab of one.
    Watcher,
}

/// The limits of all addresses.
#[derive(Debug)]
pub struct SocketLimits {
    per_address: u32,
    /// A burst of as many as a second allows.
    new: Limit<(IpAddr, SocketKind)>,
    open: Arc<Mutex<HashMap<(IpAddr, SocketKind), u32>>>,
}

impl SocketLimits {
    #[must_use]
    pub fn new(per_address: u32, new_per_second: u32) -> Self {
        Self { per_address, new: Limit::new(new_per_second, f64::from(new_per_second)), open: Arc::default() }
    }

    /// Counts a socket as open until the place is dropped.
    ///
    /// # Errors
    /// [`RefusalCode::TooFast`] when the address holds too many, or opens them too fast.
    pub fn enter(&self, address: IpAddr, kind: SocketKind) -> Result<SocketPlace, Refusal> {
        let key = (address, kind);
        self.new.take(key)?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(key).or_insert(0);
        if *count >= self.per_address {
            return Err(Refusal::new(RefusalCode::TooFast)
                .saying("Too many open sockets from this address.")
                .retry_in(30_000));
        }
        *count += 1;
        Ok(SocketPlace { key, open: self.open.clone() })
    }
}

/// A socket's place; dropping it frees the place.
#[derive(Debug)]
pub struct SocketPlace {
    key: (IpAddr, SocketKind),
    open: Arc<Mutex<HashMap<(IpAddr, SocketKind), u32>>>,
}

impl Drop for SocketPlace {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_so_many_sockets_and_its_agents_have_their_own() {
        let limits = SocketLimits::new(2, 100);
        let (here, there) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let one = limits.enter(here, SocketKind::Visitor).unwrap();
        let _two = limits.enter(here, SocketKind::Visitor).unwrap();
        assert_eq!(limits.enter(here, SocketKind::Visitor).unwrap_err().code, RefusalCode::TooFast);
        assert!(limits.enter(here, SocketKind::Agent).is_ok());
        assert!(limits.enter(there, SocketKind::Visitor).is_ok());
        drop(one);
        assert!(limits.enter(here, SocketKind::Visitor).is_ok());
        assert_eq!(limits.open.lock().unwrap().len(), 1, "addresses without sockets are forgotten");
    }

    #[test]
    fn opening_too_fast_is_refused() {
        let limits = SocketLimits::new(1_000, 10);
        let here = "192.0.2.1".parse().unwrap();
        let taken: Vec<_> = (0..12).filter_map(|_| limits.enter(here, SocketKind::Visitor).ok()).collect();
        assert!((10..12).contains(&taken.len()), "{}", taken.len());
    }
}
