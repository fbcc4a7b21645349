//! Secrets that a bearer shows: 256 random bits, kept by us as SHA-256 only.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};

use crate::protocol::{Refusal, RefusalCode};
use crate::store::TokenHash;

/// A fresh token and what the store may know of it.
#[derive(Clone)]
pub struct Token {
    /// 43 characters of base64url; shown once.
    pub text: String,
    pub hash: TokenHash,
}

impl Token {
    /// # Errors
    /// The system has no randomness to give.
    pub fn fresh() -> Result<Self, Refusal> {
        let text = URL_SAFE_NO_PAD.encode(random_bytes()?);
        let hash = hash(&text);
        Ok(Self { text, hash })
    }
}

/// Without its text, so that no log can hold it.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What the store keeps of a token that somebody shows.
#[must_use]
pub fn hash(text: &str) -> TokenHash {
    Sha256::digest(text.as_bytes()).into()
}

/// 256 bits from the system.
///
/// # Errors
/// The system has no randomness to give.
pub fn random_bytes() -> Result<[u8; 32], Refusal> {
    let mut bytes = [0_u8; 32];
    SysRng.try_fill_bytes(&mut bytes).map_err(|error| {
        tracing::error!(%error, "the system gives no random numbers");
        Refusal::new(RefusalCode::Fault)
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_tokens_differ_and_their_hash_is_that_of_their_text() {
        let (one, two) = (Token::fresh().unwrap(), Token::fresh().unwrap());
        assert_ne!(one.text, two.text);
        assert_eq!(one.text.len(), 43);
        assert_eq!(hash(&one.text), one.hash);
        assert!(!format!("{one:?}").contains(&one.text));
    }
}
