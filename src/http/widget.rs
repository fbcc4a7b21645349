//! What the widget asks: one configuration a page, before anybody has acted, and later the
//! older events of its visitor. No cookie is read.

use actix_web::{HttpRequest, web};
use serde::{Deserialize, Serialize};

use super::auth::{Action, Object};
use super::front::Front;
use super::origin::Origin;
use super::problem::Problem;
use super::visiting::Visiting;
use crate::actors::Desk;
use crate::actors::bot_step;
use crate::actors::ports::Bots;
use crate::protocol::widget::{WidgetChunks, WidgetConfig};
use crate::protocol::{Audience, ConversationId, Event, RefusalCode};
use crate::rules::bot::{self, Bot, Facts};
use crate::rules::conversation::view_for;
use crate::store::Site;

/// Events of one page of history.
const EVENTS_USUAL: u32 = 50;
const EVENTS_MAX: u32 = 200;

/// The query of [`config`].
#[derive(Debug, Deserialize)]
pub struct Asked {
    site: String,
    #[serde(default)]
    lang: String,
    test: Option<String>,
}

/// `GET /w/v1/config?site=KEY&lang=fr[&test=PASS]`
///
/// # Errors
/// [`RefusalCode::OriginRefused`]; [`RefusalCode::SiteNotReady`] without a published bot: the page
/// then shows no launcher.
pub async fn config(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<web::Json<WidgetConfig>, Problem> {
    front.config_limit.take(front.address(&request))?;
    let (base, origin) = (front.base(&request)?, Origin::of_request(&request));
    let (site, test) = front.door.site_for(&asked.site, asked.test.as_deref(), origin.as_ref(), Some(&base))?;
    let (version, bot) = front.bots.published(site.id).ok_or(RefusalCode::SiteNotReady)?;
    if !test && origin.as_ref() != Some(&base) && site.snippet_seen_at.is_none() {
        // The one thing that a GET writes, once in the life of a site.
        front.sites.mark_snippet_seen(site.id, front.clock.now()).await?;
        front.known.refresh().await?;
    }
    let lang = spoken(&bot, &asked.lang, &site);
    let reach = desk.reachable(site.id);
    let facts = Facts {
        now: front.clock.now(),
        agents_online: reach.online,
        agents_free: reach.free,
        place: 1,
        lang: lang.clone(),
        values: bot_step::values(&*desk.ports().finder, site.id, &bot, &lang).await,
    };
    let manifest = (front.manifest)()?;
    Ok(web::Json(WidgetConfig {
        site: site.key.clone(),
        name: site.name.clone(),
        chunks: WidgetChunks {
            panel: format!("{base}/w/{}", manifest.panel),
            words: format!("{base}/w/{}", manifest.words_in(&lang)),
        },
        bot_name: bot.name_in(&lang).to_owned(),
        bot_version: version,
        start: bot_step::start_turn(&*desk.ports().finder, site.id, &bot, &facts).await,
        reachable: bot::is_reachable(&bot, &facts),
        accent: site.accent.clone(),
        query_keep: site.query_keep.clone(),
        file_megabytes_max: front.settings.file_megabytes_max,
        lang,
    }))
}

/// The query of [`events`].
#[derive(Debug, Deserialize)]
pub struct Older {
    /// From the end when absent.
    #[serde(default)]
    before: u64,
    limit: Option<u32>,
}

/// What [`events`] answers.
#[derive(Debug, Serialize)]
pub struct EventsPage {
    events: Vec<Event>,
    head: u64,
}

/// `GET /w/v1/conversations/{id}/events?before=SEQ&limit=50`: as the visitor may see them.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn events(
    desk: web::Data<Desk>,
    visiting: Visiting,
    id: web::Path<ConversationId>,
    older: web::Query<Older>,
) -> Result<web::Json<EventsPage>, Problem> {
    let log = &desk.ports().log;
    let state = log.load(visiting.site.id, *id).await?.ok_or(RefusalCode::NotFound)?.state;
    visiting.may(Action::Read, Object::Conversation { site: state.site, visitor: state.visitor, in_charge: None })?;
    let count = older.limit.unwrap_or(EVENTS_USUAL).clamp(1, EVENTS_MAX);
    let events = log.before(state.site, *id, older.before, count).await?;
    let events = events.iter().map(|event| view_for(Audience::Everyone, event)).collect();
    Ok(web::Json(EventsPage { events, head: state.head }))
}

/// The asked language where the bot has it, else the site's, else the bot's first.
fn spoken(bot: &Bot, asked: &str, site: &Site) -> String {
    let asked = asked.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let has = |lang: &str| bot.languages().iter().any(|code| code == lang);
    if has(&asked) {
        return asked;
    }
    bot.language_for(&site.lang).to_owned()
}
