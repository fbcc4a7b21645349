//! Addresses that are their own permission: signed for one thing and a short time.
//!
//! One algorithm (HMAC-SHA256), one key, a purpose in every text, compared in constant
//! time.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use crate::protocol::{Refusal, RefusalCode, Timestamp};

/// What a signature is good for; one never stands for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The test page of a site, and its widget.
    TestPage,
    /// A document's bytes.
    Download,
    /// A document's preview.
    Preview,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::TestPage => "test",
            Self::Download => "download",
            Self::Preview => "preview",
        }
    }
}

/// Signs and checks. Cheap to clone.
#[derive(Clone)]
pub struct Signer([u8; 32]);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer(…)")
    }
}

impl Signer {
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// A signature that holds until then.
    ///
    /// # Errors
    /// None in practice: the key has the right length.
    pub fn sign(&self, purpose: Purpose, id: Uuid, until: Timestamp) -> Result<String, Refusal> {
        Ok(URL_SAFE_NO_PAD.encode(self.mac(purpose, id, until)?.finalize().into_bytes()))
    }

    /// The signature is ours, for this and not over.
    #[must_use]
    pub fn holds(&self, purpose: Purpose, id: Uuid, until: Timestamp, signature: &str, now: Timestamp) -> bool {
        let Ok(given) = URL_SAFE_NO_PAD.decode(signature) else { return false };
        until > now && self.mac(purpose, id, until).is_ok_and(|mac| mac.verify_slice(&given).is_ok())
    }

    /// `until.signature`, for a place that takes one word.
    ///
    /// # Errors
    /// As [`Signer::sign`].
    pub fn pass(&self, purpose: Purpose, id: Uuid, until: Timestamp) -> Result<String, Refusal> {
        Ok(format!("{}.{}", until.millis(), self.sign(purpose, id, until)?))
    }

    /// The pass is ours, for this and not over.
    #[must_use]
    pub fn admits(&self, purpose: Purpose, id: Uuid, pass: &str, now: Timestamp) -> bool {
        let Some((until, signature)) = pass.split_once('.') else { return false };
        until.parse().is_ok_and(|until| self.holds(purpose, id, Timestamp::from_millis(until), signature, now))
    }

    fn mac(&self, purpose: Purpose, id: Uuid, until: Timestamp) -> Result<Hmac<Sha256>, Refusal> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(|_| RefusalCode::Fault)?;
        mac.update(format!("{}\n{}\n{}", purpose.word(), id.hyphenated(), until.millis()).as_bytes());
        Ok(mac)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_good_for_one_thing_and_one_time() {
        let signer = Signer::new([3; 32]);
        let (file, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let (now, until) = (Timestamp::from_millis(1_000), Timestamp::from_millis(2_000));
        let signature = signer.sign(Purpose::Download, file, until).unwrap();

        assert!(signer.holds(Purpose::Download, file, until, &signature, now));
        assert!(!signer.holds(Purpose::Preview, file, until, &signature, now));
        assert!(!signer.holds(Purpose::Download, other, until, &signature, now));
        assert!(!signer.holds(Purpose::Download, file, until.plus_seconds(60), &signature, now));
        assert!(!signer.holds(Purpose::Download, file, until, &signature, until));
        assert!(!Signer::new([4; 32]).holds(Purpose::Download, file, until, &signature, now));
        assert!(!signer.holds(Purpose::Download, file, until, "not base64!", now));
    }

    #[test]
    fn a_pass_carries_its_own_end() {
        let signer = Signer::new([3; 32]);
        let site = Uuid::from_u128(1);
        let pass = signer.pass(Purpose::TestPage, site, Timestamp::from_millis(2_000)).unwrap();
        assert!(signer.admits(Purpose::TestPage, site, &pass, Timestamp::from_millis(1_999)));
        assert!(!signer.admits(Purpose::TestPage, site, &pass, Timestamp::from_millis(2_000)));
        assert!(!signer.admits(Purpose::TestPage, Uuid::from_u128(2), &pass, Timestamp::from_millis(1_000)));
        for forged in ["", ".", "9999999999999.", "no.no"] {
            assert!(!signer.admits(Purpose::TestPage, site, forged, Timestamp::EPOCH), "{forged}");
        }
    }
}
