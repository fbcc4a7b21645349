//! What the sessions are handed in these tests: everything real.

use std::sync::Arc;

use crate::actors::ports::Ports;
use crate::http::catalog::Shop;
use crate::http::finder::ShopFinder;
use crate::http::front::Front;
use crate::store::log::ConversationLog;

pub fn ports(front: &Front, log: Arc<dyn ConversationLog>, shop: Arc<Shop>) -> Ports {
    Ports {
        log,
        clock: front.clock.clone(),
        ids: front.ids.clone(),
        bots: Arc::new(front.bots.clone()),
        finder: Arc::new(ShopFinder::new((*shop).clone())),
        cards: shop,
        documents: front.shared_documents(),
        sites: Arc::new(front.known.clone()),
        door: Arc::new(front.door.clone()),
        shares: Arc::new(front.shares.clone()),
    }
}
