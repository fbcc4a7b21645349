//! The bus of one process: a ring of the last hints a site.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use futures_util::stream::{self, BoxStream, StreamExt};
use tokio::sync::broadcast::{self, error::RecvError};

use super::{Bus, Heard, Hint};
use crate::protocol::SiteId;

/// Hints of a site kept for a slow listener; one that is further behind is told that it missed some.
pub const HINTS_MAX: usize = 1024;

#[derive(Debug, Default)]
pub struct LocalBus {
    /// One ring a site that was ever listened to: as many as there are sites.
    sites: Mutex<HashMap<SiteId, broadcast::Sender<Hint>>>,
}

impl Bus for LocalBus {
    fn publish(&self, site: SiteId, hint: Hint) {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ring) = sites.get(&site) {
            // An error says that nobody listens.
            let _ = ring.send(hint);
        }
    }

    fn subscribe(&self, site: SiteId) -> BoxStream<'static, Heard> {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let ring = sites.entry(site).or_insert_with(|| broadcast::channel(HINTS_MAX).0);
        let heard = stream::unfold(ring.subscribe(), move |mut ring| async move {
            match ring.recv().await {
                Ok(hint) => Some((Heard::Hint(site, hint), ring)),
                Err(RecvError::Lagged(_)) => Some((Heard::Missed(site), ring)),
                Err(RecvError::Closed) => None,
            }
        });
        heard.boxed()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::protocol::session::{AgentPresence, Presence};
    use crate::protocol::{AgentId, AgentRef};

    fn colleague(load: u32) -> Hint {
        let agent = AgentRef { id: AgentId(Uuid::nil()), first_name: "Noor".into() };
        let presence = AgentPresence { agent, presence: Presence::Available, online: true, load, sites: Vec::new() };
        Hint::Colleague(std::sync::Arc::new(presence))
    }

    #[tokio::test]
    async fn a_listener_that_is_too_slow_is_told_so_and_goes_on_with_the_latest() {
        let (bus, site) = (LocalBus::default(), SiteId(Uuid::from_u128(1)));
        let mut heard = bus.subscribe(site);
        for load in 0..=u32::try_from(HINTS_MAX).unwrap() {
            bus.publish(site, colleague(load));
        }
        assert!(matches!(heard.next().await, Some(Heard::Missed(_))));
        assert!(matches!(heard.next().await, Some(Heard::Hint(..))));
    }

    #[tokio::test]
    async fn a_site_hears_only_its_own() {
        let bus = LocalBus::default();
        let (one, two) = (SiteId(Uuid::from_u128(1)), SiteId(Uuid::from_u128(2)));
        let (mut of_one, _of_two) = (bus.subscribe(one), bus.subscribe(two));
        bus.publish(two, colleague(7));
        bus.publish(one, colleague(1));
        let Some(Heard::Hint(site, Hint::Colleague(presence))) = of_one.next().await else { panic!("no hint") };
        assert_eq!((site, presence.load), (one, 1));
    }
}
