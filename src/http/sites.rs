//! Sites as admins see and change them: settings, the snippet to copy, the set-up list.

use actix_web::{HttpRequest, HttpResponse, web};
use tracing::info;

use super::auth::{Action, Object, Signed};
use super::body::Sent;
use super::fields::{self, Faults};
use super::front::Front;
use super::origin::Origin;
use super::problem::Problem;
use super::share_settings;
use super::sign_in::Nothing;
use super::signer::Purpose;
use super::token;
use crate::actors::Desk;
use crate::protocol::admin::{NewSite, SetupList, SiteChange, SiteView, TestPage};
use crate::protocol::cobrowse::ShareSettings;
use crate::protocol::session::Role;
use crate::protocol::{Refusal, RefusalCode, SiteId, Timestamp};
use crate::store::Site;

const ACCENT: &str = "#1f4ed8";
const AGENT_GONE_SECONDS: u32 = 120;
/// The test page's address holds for so long.
const TEST_SECONDS: i64 = 3600;

/// `GET /api/v1/sites`
///
/// # Errors
/// [`RefusalCode::NotFound`] but for admins.
pub async fn sites(
    front: web::Data<Front>,
    request: HttpRequest,
    signed: Signed,
) -> Result<web::Json<Vec<SiteView>>, Problem> {
    signed.may(Action::Configure, Object::Server)?;
    let base = front.base(&request)?;
    let mut views = Vec::new();
    for site in front.sites.all().await? {
        views.push(view(&front, &base, site).await?);
    }
    Ok(web::Json(views))
}

/// `POST /api/v1/sites`
///
/// # Errors
/// [`RefusalCode::InvalidValue`]; [`RefusalCode::NameTaken`].
pub async fn add(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    request: HttpRequest,
    signed: Signed,
    Sent(given): Sent<NewSite>,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Server)?;
    let site = new_site(&given, SiteId(front.ids.fresh()), front.clock.now())?;
    front.sites.add(&site).await?;
    front.known.refresh().await?;
    info!(site.id = %site.id, agent.id = %signed.id(), "added a site");
    // Admins serve it from now on, in the browsers that they have open.
    for admin in front.accounts.all().await?.iter().filter(|account| account.role == Role::Admin) {
        desk.agent_changed(admin.id);
    }
    Ok(HttpResponse::Created().json(view(&front, &front.base(&request)?, site).await?))
}

/// A site as an admin asked for it, with a key of its own; the command line makes sites so, too.
///
/// # Errors
/// [`RefusalCode::InvalidValue`] with every field that does not fit.
pub fn new_site(given: &NewSite, id: SiteId, now: Timestamp) -> Result<Site, Refusal> {
    let mut faults = Faults::default();
    let site = Site {
        id,
        name: faults.take("name", fields::name(&given.name)),
        key: fresh_key()?,
        origins: faults.take("origins", fields::origins(&given.origins)),
        lang: faults.take("lang", fields::lang(&given.lang)),
        currency: faults.take("currency", fields::currency(&given.currency)),
        shop_url: faults.take("shop_url", fields::shop_url(given.shop_url.as_deref().unwrap_or_default())),
        accent: ACCENT.to_owned(),
        query_keep: Vec::new(),
        agent_gone_seconds: AGENT_GONE_SECONDS,
        share: ShareSettings::default(),
        snippet_seen_at: None,
        tested_at: None,
        created_at: now,
    };
    faults.done()?;
    Ok(site)
}

/// Public, but not to be guessed from another one: 20 hexadecimal digits.
fn fresh_key() -> Result<String, Refusal> {
    Ok(token::random_bytes()?.iter().take(10).map(|byte| format!("{byte:02x}")).collect())
}

/// `GET /api/v1/sites/{site}`
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn site(
    front: web::Data<Front>,
    request: HttpRequest,
    signed: Signed,
    id: web::Path<SiteId>,
) -> Result<web::Json<SiteView>, Problem> {
    signed.may(Action::Configure, Object::Site(*id))?;
    let site = front.sites.by_id(*id).await?.ok_or(RefusalCode::NotFound)?;
    Ok(web::Json(view(&front, &front.base(&request)?, site).await?))
}

/// `PATCH /api/v1/sites/{site}`
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::InvalidValue`]; [`RefusalCode::NameTaken`].
pub async fn change(
    front: web::Data<Front>,
    request: HttpRequest,
    signed: Signed,
    id: web::Path<SiteId>,
    Sent(change): Sent<SiteChange>,
) -> Result<web::Json<SiteView>, Problem> {
    signed.may(Action::Configure, Object::Site(*id))?;
    let site = front.sites.by_id(*id).await?.ok_or(RefusalCode::NotFound)?;
    let site = changed(site, &change)?;
    if !front.sites.save(&site).await? {
        return Err(RefusalCode::NotFound.into());
    }
    front.known.refresh().await?;
    info!(site.id = %site.id, agent.id = %signed.id(), "changed a site");
    Ok(web::Json(view(&front, &front.base(&request)?, site).await?))
}

fn changed(mut site: Site, change: &SiteChange) -> Result<Site, Refusal> {
    let mut faults = Faults::default();
    if let Some(name) = &change.name {
        site.name = faults.take("name", fields::name(name));
    }
    if let Some(origins) = &change.origins {
        site.origins = faults.take("origins", fields::origins(origins));
    }
    if let Some(lang) = &change.lang {
        site.lang = faults.take("lang", fields::lang(lang));
    }
    if let Some(currency) = &change.currency {
        site.currency = faults.take("currency", fields::currency(currency));
    }
    if let Some(shop_url) = &change.shop_url {
        site.shop_url = faults.take("shop_url", fields::shop_url(shop_url));
    }
    if let Some(accent) = &change.accent {
        site.accent = faults.take("accent", fields::accent(accent));
    }
    if let Some(query_keep) = &change.query_keep {
        site.query_keep = faults.take("query_keep", fields::query_keep(query_keep));
    }
    if let Some(seconds) = change.agent_gone_seconds {
        site.agent_gone_seconds = faults.take("agent_gone_seconds", fields::agent_gone_seconds(seconds));
    }
    if let Some(share) = &change.share {
        site.share = faults.take("share", share_settings::read(share));
    }
    faults.done()?;
    Ok(site)
}

/// `POST /api/v1/sites/{site}/test`: the address of the test page.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::SiteNotReady`] without a published bot.
pub async fn test_page(
    front: web::Data<Front>,
    request: HttpRequest,
    signed: Signed,
    id: web::Path<SiteId>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Result<web::Json<TestPage>, Problem> {
    signed.may(Action::WorkOn, Object::Site(*id))?;
    let site = front.sites.by_id(*id).await?.ok_or(RefusalCode::NotFound)?;
    if front.sites.progress(*id).await?.bot_version == 0 {
        return Err(RefusalCode::SiteNotReady.into());
    }
    let until = front.clock.now().plus_seconds(TEST_SECONDS);
    let pass = front.signer.pass(Purpose::TestPage, site.id.0, until)?;
    Ok(web::Json(TestPage { url: format!("{}/test/{}?pass={pass}", front.base(&request)?, site.key) }))
}

async fn view(front: &Front, base: &Origin, site: Site) -> Result<SiteView, Problem> {
    let progress = front.sites.progress(site.id).await?;
    let setup = SetupList {
        bot_published: progress.bot_version > 0,
        catalog_imported: front.catalog.products(site.id).await? > 0,
        agents_added: progress.has_agents,
        snippet_seen: site.snippet_seen_at.is_some(),
        tested: site.tested_at.is_some(),
    };
    Ok(SiteView {
        id: site.id,
        snippet: snippet(base, &site.key),
        csp: csp(base),
        name: site.name,
        key: site.key,
        origins: site.origins,
        lang: site.lang,
        currency: site.currency,
        shop_url: site.shop_url,
        accent: site.accent,
        query_keep: site.query_keep,
        agent_gone_seconds: site.agent_gone_seconds,
        share: site.share,
        setup,
    })
}

/// The two lines to copy into the store; the first lets scripts call `Comptoir(…)` before the second has loaded.
#[must_use]
pub fn snippet(base: &Origin, key: &str) -> String {
    format!(
        "<script>window.Comptoir=window.Comptoir||function(){{(Comptoir.q=Comptoir.q||[]).push(arguments)}}</script>\n\
         <script async src=\"{base}/w.js\" data-site=\"{key}\"></script>"
    )
}

/// What a store with a Content-Security-Policy adds to it. `https:` does not cover `wss:`.
#[must_use]
pub fn csp(base: &Origin) -> Vec<String> {
    vec![format!("script-src {base}"), format!("connect-src {base} {}", base.socket()), format!("img-src {base}")]
}
