//! What the actors are handed: clock, ids, bots, cards, documents. Each is a trait,
//! so that a simulator can drive the same sessions later, and so that the actors
//! know neither the catalog nor HTTP.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::protocol::cobrowse::ShareSettings;
use crate::protocol::{
    AgentId, AgentRef, ConversationId, DocumentId, DocumentRef, ProductCard, ProductChoice, ProductComparison,
    ProductId, Refusal, SiteId, Sku, Timestamp, VisitorId,
};
use crate::rules::bot::{Bot, ProductQuery};
use crate::store::StoreError;
use crate::store::log::ConversationLog;
use crate::store::shares::Shares;

/// Everything that the sessions reach the outside by. Cheap to clone.
#[derive(Clone)]
pub struct Ports {
    pub log: Arc<dyn ConversationLog>,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub bots: Arc<dyn Bots>,
    pub cards: Arc<dyn Cards>,
    pub finder: Arc<dyn Finder>,
    pub documents: Arc<dyn Documents>,
    pub sites: Arc<dyn Sites>,
    pub door: Arc<dyn Door>,
    pub shares: Arc<dyn Shares>,
}

/// The wall clock. Time-outs run on the actors' monotonic timers, not on this.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
}

/// New identities (UUIDv7) and random numbers.
pub trait Ids: Send + Sync + 'static {
    fn fresh(&self) -> Uuid;
}

/// Published bots, compiled; versions are immutable, so an `Arc` may be kept.
pub trait Bots: Send + Sync + 'static {
    /// The published version now; none = the site has no bot yet.
    fn published(&self, site: SiteId) -> Option<(u32, Arc<Bot>)>;
    /// A version that a conversation keeps.
    fn version(&self, site: SiteId, version: u32) -> BoxFuture<'static, Result<Option<Arc<Bot>>, StoreError>>;
}

/// The catalog as far as a conversation needs it.
pub trait Cards: Send + Sync + 'static {
    /// The card as it is in the store now; none = no such product or SKU in this site's catalogs.
    /// Looked for in the conversation's language, else in the site's, else in any other.
    fn card(
        &self,
        site: SiteId,
        lang: String,
        product: ProductId,
        sku: Option<Sku>,
    ) -> BoxFuture<'static, Result<Option<ProductCard>, StoreError>>;
    /// The products side by side, as [`Cards::card`]; none = one of them is not there.
    fn comparison(
        &self,
        site: SiteId,
        lang: String,
        products: Vec<ProductChoice>,
    ) -> BoxFuture<'static, Result<Option<ProductComparison>, StoreError>>;
}

/// The catalog as the bot asks it. It never holds a turn up: what fails or takes longer than two
/// seconds is nothing found, and logged.
pub trait Finder: Send + Sync + 'static {
    /// At most `limit` cards, each frozen as [`Cards::card`] would; best first.
    fn find(&self, site: SiteId, lang: String, query: ProductQuery, limit: u32)
    -> BoxFuture<'static, Vec<ProductCard>>;
    /// Of each of these options or attributes the values that products in stock have, at most
    /// [`VALUES_OFFERED_MAX`]; one without any is left out. Up to some seconds old.
    fn values(
        &self,
        site: SiteId,
        lang: String,
        attributes: Vec<String>,
    ) -> BoxFuture<'static, BTreeMap<String, Vec<String>>>;
}

/// Values of an attribute that the bot offers as answers.
pub const VALUES_OFFERED_MAX: usize = 12;

/// Who uploaded a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uploader {
    Visitor(VisitorId),
    Agent(AgentId),
}

/// Uploaded documents, whose bytes are on disk already.
pub trait Documents: Send + Sync + 'static {
    /// The document if this party uploaded it for this conversation and it was not shared yet.
    fn uploaded(
        &self,
        site: SiteId,
        conversation: ConversationId,
        by: Uploader,
        document: DocumentId,
    ) -> BoxFuture<'static, Result<Option<DocumentRef>, StoreError>>;
}

/// The sites as far as sessions need them.
pub trait Sites: Send + Sync + 'static {
    /// All of them, for the start: their open conversations are armed again.
    fn all(&self) -> BoxFuture<'static, Result<Vec<SiteId>, StoreError>>;
    /// After so many seconds without a connection an agent loses what they had in charge; cached, never waits.
    fn agent_gone_seconds(&self, site: SiteId) -> u32;
    /// How the site shares its pages; cached, never waits.
    fn share_settings(&self, site: SiteId) -> ShareSettings;
}

/// What a socket's handshake said before its first frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knock {
    /// The `Origin` header as it came; none or `null` is refused.
    pub origin: Option<String>,
    /// The `Host` header as it came, against which the console's own origin is checked.
    pub host: Option<String>,
}

/// A visitor's hello.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorHello {
    /// The site's public key.
    pub site: String,
    pub token: Option<String>,
    /// The pass of the test page.
    pub test: Option<String>,
}

/// A visitor who may come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    pub site: SiteId,
    pub visitor: VisitorId,
    /// On the test page: conversations are marked so.
    pub test: bool,
    /// The hello had no token or an unknown one: the visitor is new.
    pub fresh: Option<FreshVisitor>,
}

/// A visitor whose row is not written yet: that happens at their first input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreshVisitor {
    /// Said once, in the welcome; only its hash is kept.
    pub token: String,
    /// SHA-256 of the token, handed back to [`Door::settle_visitor`].
    pub token_hash: [u8; 32],
}

/// An agent who may come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdmittedAgent {
    pub agent: AgentRef,
    /// The sites that they serve now; all of them for an admin.
    pub sites: Vec<SiteId>,
    /// Which of their sign-ins is behind the socket; none where there is no socket.
    pub sign_in: Option<SignInId>,
}

/// One browser's sign-in, by what the store keeps of its token.
pub type SignInId = [u8; 32];

/// Who may open a socket. Answers come from the store, so they wait.
pub trait Door: Send + Sync + 'static {
    /// The visitor behind a hello: origin exact against the site's list, token looked up or made.
    ///
    /// A token that was made but whose row is not written yet should be remembered for some
    /// minutes, so that a second tab of a visitor who has not written is the same visitor.
    fn visitor(&self, hello: VisitorHello, knock: Knock) -> BoxFuture<'static, Result<Admitted, Refusal>>;

    /// Writes the visitor's row; repeating it changes nothing.
    fn settle_visitor(
        &self,
        site: SiteId,
        visitor: VisitorId,
        token_hash: [u8; 32],
    ) -> BoxFuture<'static, Result<(), StoreError>>;

    /// The agent behind a one-use pass, from the console's own origin.
    fn agent(&self, pass: String, knock: Knock) -> BoxFuture<'static, Result<AdmittedAgent, Refusal>>;

    /// The same agent again, after something about them changed; none = disabled or gone.
    fn agent_now(&self, agent: AgentId) -> BoxFuture<'static, Result<Option<AdmittedAgent>, StoreError>>;
}
