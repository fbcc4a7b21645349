//! Who may open a socket: the sessions' [`Door`](ports::Door).
//!
//! A visitor comes from an origin that the site lists (or from our own test page with its
//! pass) and shows a token, or gets one. The row of a new one is written at the first
//! input; until then the token is remembered here, so that a second tab of somebody who
//! has not written is the same visitor. An agent comes from the console's own origin with
//! a one-use pass.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;

use super::front::FrontSettings;
use super::known_sites::{KnownSites, lists};
use super::origin::Origin;
use super::passes::Passes;
use super::problem::refusal_of;
use super::signer::{Purpose, Signer};
use super::token::{self, Token};
use crate::actors::ports::{self, Admitted, AdmittedAgent, Clock, FreshVisitor, Ids, Knock, VisitorHello};
use crate::protocol::{AgentId, Refusal, RefusalCode, SiteId, VisitorId};
use crate::store::{Accounts, Sessions, Site, Sites, StoreError, TokenHash, Visitors};

/// A new visitor's token is remembered for so long without an input.
const NEWCOMER_SECONDS: Duration = Duration::from_secs(30 * 60);
/// New visitors remembered at once; beyond it the oldest are forgotten.
const NEWCOMERS_MAX: usize = 100_000;

/// Cheap to clone; clones share the passes and the newcomers.
#[derive(Clone)]
pub struct FrontDoor {
    pub settings: FrontSettings,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub known: KnownSites,
    pub sites: Sites,
    pub accounts: Accounts,
    pub sessions: Sessions,
    pub visitors: Visitors,
    pub passes: Arc<Passes>,
    pub signer: Signer,
    pub newcomers: Arc<Newcomers>,
}

impl FrontDoor {
    /// The site whose widget may talk to us from there; true = on the test page.
    ///
    /// # Errors
    /// [`RefusalCode::OriginRefused`].
    pub fn site_for(
        &self,
        key: &str,
        test: Option<&str>,
        origin: Option<&Origin>,
        own: Option<&Origin>,
    ) -> Result<(Arc<Site>, bool), Refusal> {
        let site = self.known.by_key(key).ok_or(RefusalCode::NotFound)?;
        if let Some(pass) = test {
            // Our own page asks without naming an origin when it only reads.
            let from_us = own.is_some() && (origin.is_none() || origin == own);
            let holds = self.signer.admits(Purpose::TestPage, site.id.0, pass, self.clock.now());
            return if from_us && holds { Ok((site, true)) } else { Err(RefusalCode::OriginRefused.into()) };
        }
        match origin {
            Some(origin) if lists(&site, origin) => Ok((site, false)),
            _ => Err(RefusalCode::OriginRefused.into()),
        }
    }

    fn own_origin(&self, knock: &Knock) -> Option<Origin> {
        let by_host = || knock.host.as_deref().and_then(Origin::of_loopback_host);
        self.settings.public_url.clone().or_else(by_host)
    }

    async fn admit_visitor(self, hello: VisitorHello, knock: Knock) -> Result<Admitted, Refusal> {
        let own = self.own_origin(&knock);
        // A browser's handshake always names its origin.
        let origin = knock.origin.as_deref().and_then(Origin::parse).ok_or(RefusalCode::OriginRefused)?;
        if let Some(admitted) = self.admit_from_test_page(&hello, &origin, own.as_ref()).await? {
            return Ok(admitted);
        }
        let (site, test) = self.site_for(&hello.site, hello.test.as_deref(), Some(&origin), own.as_ref())?;
        if test && site.tested_at.is_none() {
            self.sites.mark_tested(site.id, self.clock.now()).await.map_err(|error| refusal_of(&error))?;
            self.known.refresh().await.map_err(|error| refusal_of(&error))?;
        }
        if let Some(text) = &hello.token {
            let hash = token::hash(text);
            let known = self.visitors.by_token(site.id, &hash).await.map_err(|error| refusal_of(&error))?;
            if let Some(visitor) = known {
                return Ok(Admitted { site: site.id, visitor, test, fresh: None });
            }
            if let Some(visitor) = self.newcomers.find(site.id, &hash) {
                let fresh = FreshVisitor { token: text.clone(), token_hash: hash };
                return Ok(Admitted { site: site.id, visitor, test, fresh: Some(fresh) });
            }
        }
        let token = Token::fresh()?;
        let visitor = VisitorId(self.ids.fresh());
        self.newcomers.remember(site.id, token.hash, visitor);
        let fresh = FreshVisitor { token: token.text, token_hash: token.hash };
        Ok(Admitted { site: site.id, visitor, test, fresh: Some(fresh) })
    }

    /// On our own test page a shared page says who it is by its visitor's token alone: the pass of the page's
    /// address was looked at when that visitor began there.
    async fn admit_from_test_page(
        &self,
        hello: &VisitorHello,
        origin: &Origin,
        own: Option<&Origin>,
    ) -> Result<Option<Admitted>, Refusal> {
        let (Some(token), None, true) = (&hello.token, &hello.test, own == Some(origin)) else { return Ok(None) };
        let site = self.known.by_key(&hello.site).ok_or(RefusalCode::NotFound)?;
        let known = self.visitors.by_token(site.id, &token::hash(token)).await.map_err(|error| refusal_of(&error))?;
        Ok(known.map(|visitor| Admitted { site: site.id, visitor, test: true, fresh: None }))
    }

    async fn admit_agent(self, pass: String, knock: Knock) -> Result<AdmittedAgent, Refusal> {
        let origin = knock.origin.as_deref().and_then(Origin::parse);
        if origin.is_none() || origin != self.own_origin(&knock) {
            return Err(RefusalCode::OriginRefused.into());
        }
        let bearer = self.passes.spend(&pass).ok_or(RefusalCode::NotSignedIn)?;
        // Signed out or disabled since the pass was given: the session says so.
        let account = self.sessions.agent(&bearer.session, self.clock.now()).await;
        let account = account.map_err(|error| refusal_of(&error))?.ok_or(RefusalCode::NotSignedIn)?;
        Ok(AdmittedAgent { agent: account.agent_ref(), sites: account.sites, sign_in: Some(bearer.session) })
    }
}

impl ports::Door for FrontDoor {
    fn visitor(&self, hello: VisitorHello, knock: Knock) -> BoxFuture<'static, Result<Admitted, Refusal>> {
        Box::pin(self.clone().admit_visitor(hello, knock))
    }

    fn settle_visitor(
        &self,
        site: SiteId,
        visitor: VisitorId,
        token_hash: [u8; 32],
    ) -> BoxFuture<'static, Result<(), StoreError>> {
        let this = self.clone();
        Box::pin(async move {
            this.visitors.settle(site, visitor, &token_hash, this.clock.now()).await?;
            this.newcomers.forget(site, &token_hash);
            Ok(())
        })
    }

    fn agent(&self, pass: String, knock: Knock) -> BoxFuture<'static, Result<AdmittedAgent, Refusal>> {
        Box::pin(self.clone().admit_agent(pass, knock))
    }

    fn agent_now(&self, agent: AgentId) -> BoxFuture<'static, Result<Option<AdmittedAgent>, StoreError>> {
        let this = self.clone();
        Box::pin(async move {
            let account = this.accounts.by_id(agent).await?.filter(|account| !account.disabled);
            let Some(account) = account else { return Ok(None) };
            let sites = this.accounts.served(agent).await?;
            Ok(Some(AdmittedAgent { agent: account.agent_ref(), sites, sign_in: None }))
        })
    }
}

/// Visitors who got a token and have not written yet.
#[derive(Debug, Default)]
pub struct Newcomers(Mutex<HashMap<(SiteId, TokenHash), (VisitorId, Instant)>>);

impl Newcomers {
    fn find(&self, site: SiteId, hash: &TokenHash) -> Option<VisitorId> {
        let mut newcomers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (visitor, at) = newcomers.get_mut(&(site, *hash))?;
        *at = Instant::now();
        Some(*visitor)
    }

    fn remember(&self, site: SiteId, hash: TokenHash, visitor: VisitorId) {
        let mut newcomers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if newcomers.len() >= NEWCOMERS_MAX {
            newcomers.retain(|_, (_, at)| at.elapsed() < NEWCOMER_SECONDS);
        }
        if newcomers.len() >= NEWCOMERS_MAX
            && let Some(oldest) = newcomers.iter().min_by_key(|(_, (_, at))| *at).map(|(key, _)| *key)
        {
            newcomers.remove(&oldest);
        }
        newcomers.insert((site, hash), (visitor, Instant::now()));
    }

    fn forget(&self, site: SiteId, hash: &TokenHash) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&(site, *hash));
    }
}
