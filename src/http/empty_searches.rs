//! Which searches of agents ended without finding anything: what is asked while one types is none yet.
//!
//! A search that found nothing counts when its agent searches for nothing else for a while.
//! Only the text is kept, by [`crate::store::ledger`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use unicode_normalization::UnicodeNormalization;

use crate::actors::ports::Clock;
use crate::protocol::catalog::CatalogHits;
use crate::protocol::{AgentId, SiteId};
use crate::store::Ledger;

/// Whoever stops for so long has read the empty list.
const ENDED_AFTER: Duration = Duration::from_secs(2);
/// Bytes of a text that are kept: what a search takes.
const TEXT_BYTES_MAX: usize = 256;

/// Watches searches as they are answered. Cheap to clone.
#[derive(Clone)]
pub struct EmptySearches {
    ledger: Ledger,
    clock: Arc<dyn Clock>,
    ended_after: Duration,
    /// How many searches each agent has made: a later one means that an earlier one had not ended.
    made: Arc<Mutex<HashMap<AgentId, u64>>>,
}

impl EmptySearches {
    #[must_use]
    pub fn new(ledger: Ledger, clock: Arc<dyn Clock>) -> Self {
        Self::ending_after(ENDED_AFTER, ledger, clock)
    }

    pub(super) fn ending_after(ended_after: Duration, ledger: Ledger, clock: Arc<dyn Clock>) -> Self {
        Self { ledger, clock, ended_after, made: Arc::default() }
    }

    /// A search without filters was answered. Where there is no catalog nothing is missing from it.
    pub fn answered(&self, agent: AgentId, site: SiteId, hits: &CatalogHits) {
        let number = self.count(agent);
        let text: String = hits.query.split_whitespace().collect::<Vec<_>>().join(" ");
        if hits.total > 0 || text.is_empty() || hits.lang.is_empty() {
            return;
        }
        let kept = text.get(..text.floor_char_boundary(TEXT_BYTES_MAX)).unwrap_or_default().to_owned();
        let (this, lang) = (self.clone(), hits.lang.clone());
        tokio::spawn(async move {
            tokio::time::sleep(this.ended_after).await;
            if this.is_last(agent, number) {
                this.keep(site, &lang, &kept).await;
            }
        });
    }

    /// One entry an agent of this server, so it stays small.
    fn count(&self, agent: AgentId) -> u64 {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let number = made.entry(agent).or_default();
        *number += 1;
        *number
    }

    fn is_last(&self, agent: AgentId, number: u64) -> bool {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).get(&agent) == Some(&number)
    }

    async fn keep(&self, site: SiteId, lang: &str, text: &str) {
        let written = self.ledger.found_nothing(site, lang, &normal(text), text, self.clock.now()).await;
        if let Err(error) = written {
            tracing::warn!(%error, site.id = %site, "a search that found nothing was not counted");
        }
    }
}

/// The same question, however it is written.
fn normal(text: &str) -> String {
    text.to_lowercase().nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_the_same_in_capitals_and_without_its_accents() {
        for (text, wanted) in [("Théière", "theiere"), ("THEIERE", "theiere"), ("lampe 24 W", "lampe 24 w")] {
            assert_eq!(normal(text), wanted);
        }
    }
}
