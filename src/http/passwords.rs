//! Passwords: which are accepted, how they are hashed, and how many at once.
//!
//! Argon2id takes 19 MiB and a core for a while, so at most [`HASHES_AT_ONCE`] run, off
//! the workers' threads; who comes while too many wait is asked to try later. An
//! unknown name costs the same hash, so that time tells nobody who has an account.

use std::sync::{Arc, OnceLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::protocol::{Refusal, RefusalCode};

/// Memory of one hash, in KiB.
const HASH_KIB: u32 = 19 * 1024;
const HASH_PASSES: u32 = 2;
const HASH_LANES: u32 = 1;
/// Hashes that run at once.
pub const HASHES_AT_ONCE: usize = 4;
/// Those that run and those that wait; beyond it, `try_later`.
const HASHES_ASKED_MAX: usize = 64;

pub const PASSWORD_CHARS_MIN: usize = 8;
pub const PASSWORD_CHARS_MAX: usize = 128;

/// The commonest of at least eight characters, folded; shorter ones are refused anyway.
const COMMONEST: &str = include_str!("commonest_passwords.txt");

/// Hashing with its bounds.
#[derive(Debug, Clone)]
pub struct Passwords {
    asked: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { asked: Arc::new(Semaphore::new(HASHES_ASKED_MAX)), running: Arc::new(Semaphore::new(HASHES_AT_ONCE)) }
    }
}

impl Passwords {
    /// Hashes a password that was accepted.
    ///
    /// # Errors
    /// [`RefusalCode::WeakPassword`]; [`RefusalCode::TryLater`] when too many wait.
    pub async fn hash(&self, password: String) -> Result<String, Refusal> {
        accept(&password)?;
        self.run(move || hash(&password)).await?
    }

    /// Whether the password fits; without a stored hash it takes as long and says no.
    ///
    /// # Errors
    /// [`RefusalCode::TryLater`] when too many wait.
    pub async fn fits(&self, password: String, stored: Option<String>) -> Result<bool, Refusal> {
        self.run(move || {
            let known = stored.is_some();
            // Longer than any that was accepted: hashed cut, so that its length costs nothing.
            let password: String = password.chars().take(PASSWORD_CHARS_MAX + 1).collect();
            let Some(stored) = stored.or_else(|| dummy().map(ToOwned::to_owned)) else { return false };
            verify(&password, &stored) && known
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
        let try_later = || Refusal::new(RefusalCode::TryLater).retry_in(1000);
        let _asked = self.asked.try_acquire().map_err(|_| try_later())?;
        let _running = self.running.acquire().await.map_err(|_| try_later())?;
        tokio::task::spawn_blocking(work).await.map_err(|_| RefusalCode::Fault.into())
    }
}

/// Whether a new password may be used.
///
/// # Errors
/// [`RefusalCode::WeakPassword`] with the reason.
pub fn accept(password: &str) -> Result<(), Refusal> {
    let weak = |why: &str| Err(Refusal::new(RefusalCode::WeakPassword).saying(why));
    let chars = password.chars().count();
    if chars < PASSWORD_CHARS_MIN {
        return weak("The password is shorter than 8 characters.");
    }
    if chars > PASSWORD_CHARS_MAX {
        return weak("The password is longer than 128 characters.");
    }
    let folded = password.to_lowercase();
    if COMMONEST.lines().any(|common| common == folded) || is_monotonous(&folded) {
        return weak("This password is among those that are guessed first.");
    }
    Ok(())
}

/// One or two characters repeated, or a run like `abcdefgh` or `87654321`.
fn is_monotonous(text: &str) -> bool {
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    let run = |step: i64| codes.windows(2).all(|two| matches!(two, [a, b] if i64::from(*b) - i64::from(*a) == step));
    let mut distinct = codes.clone();
    distinct.sort_unstable();
    distinct.dedup();
    distinct.len() <= 2 || run(1) || run(-1)
}

fn argon2() -> Result<Argon2<'static>, argon2::Error> {
    let params = Params::new(HASH_KIB, HASH_PASSES, HASH_LANES, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> Result<String, Refusal> {
    let fault = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "a password could not be hashed");
        Refusal::new(RefusalCode::Fault)
    };
    let hash = argon2().map_err(|error| fault(&error))?.hash_password(password.as_bytes());
    Ok(hash.map_err(|error| fault(&error))?.to_string())
}

fn verify(password: &str, stored: &str) -> bool {
    let (Ok(stored), Ok(argon2)) = (PasswordHash::new(stored), argon2()) else { return false };
    argon2.verify_password(password.as_bytes(), &stored).is_ok()
}

/// A hash that nobody's password has, of the same cost as everybody's.
fn dummy() -> Option<&'static str> {
    static DUMMY: OnceLock<Option<String>> = OnceLock::new();
    DUMMY.get_or_init(|| hash("nobody signs in with this").ok()).as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_common_and_monotonous_passwords_are_refused_and_long_sentences_taken() {
        for refused in ["", "short", "password", "PassWord1", "motdepasse", "aaaaaaaa", "12345678", "abababab"] {
            let refusal = accept(refused).unwrap_err();
            assert_eq!(refusal.code, RefusalCode::WeakPassword, "{refused}");
        }
        assert!(accept(&"ab1".repeat(50)).is_err());
        for taken in ["une lampe à pétrole", "tr0ub4dor&3", "日本語のパスワードです"] {
            assert!(accept(taken).is_ok(), "{taken}");
        }
    }

    #[actix_rt::test]
    async fn only_the_right_password_fits_and_an_unknown_name_never() {
        let passwords = Passwords::default();
        let stored = passwords.hash("une lampe à pétrole".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(passwords.fits("une lampe à pétrole".into(), Some(stored.clone())).await.unwrap());
        assert!(!passwords.fits("une lampe".into(), Some(stored)).await.unwrap());
        assert!(!passwords.fits("nobody signs in with this".into(), None).await.unwrap());
    }
}
