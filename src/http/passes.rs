//! One-use passes with which a signed-in agent opens a socket.
//!
//! Browsers cannot set headers on a WebSocket, and addresses get logged: so the first
//! frame carries a pass that an authenticated POST gave. They live in memory; a
//! restart voids them and the console asks for another.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::token::{self, Token};
use crate::protocol::{AgentId, Refusal, RefusalCode};
use crate::store::TokenHash;

/// A pass is void after it.
const PASS_SECONDS: Duration = Duration::from_secs(30);
/// Passes that wait at once.
const PASSES_MAX: usize = 10_000;

/// Whose pass it was, and which session asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassBearer {
    pub agent: AgentId,
    pub session: TokenHash,
}

/// The passes given and not yet used.
#[derive(Debug, Default)]
pub struct Passes(Mutex<HashMap<TokenHash, (PassBearer, Instant)>>);

impl Passes {
    /// # Errors
    /// [`RefusalCode::TryLater`] at the bound.
    pub fn give(&self, bearer: PassBearer) -> Result<String, Refusal> {
        let token = Token::fresh()?;
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        given.retain(|_, (_, at)| at.elapsed() < PASS_SECONDS);
        if given.len() >= PASSES_MAX {
            return Err(RefusalCode::TryLater.into());
        }
        given.insert(token.hash, (bearer, Instant::now()));
        Ok(token.text)
    }

    /// Uses a pass up. The caller then looks whether the session still holds.
    #[must_use]
    pub fn spend(&self, pass: &str) -> Option<PassBearer> {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (bearer, at) = given.remove(&token::hash(pass))?;
        (at.elapsed() < PASS_SECONDS).then_some(bearer)
    }

    /// Voids what an agent did not use yet: they signed out or were disabled.
    pub fn void(&self, agent: AgentId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, (bearer, _)| bearer.agent != agent);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_pass_opens_one_socket_and_none_after_signing_out() {
        let passes = Passes::default();
        let bearer = PassBearer { agent: AgentId(Uuid::from_u128(1)), session: [7; 32] };

        let pass = passes.give(bearer).unwrap();
        assert_eq!(passes.spend(&pass), Some(bearer));
        assert_eq!(passes.spend(&pass), None);

        let pass = passes.give(bearer).unwrap();
        passes.void(bearer.agent);
        assert_eq!(passes.spend(&pass), None);
        assert_eq!(passes.spend("made up"), None);
    }
}
