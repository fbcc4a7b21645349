//! A talk with a bot that is not live: the inputs go in, turns and why come out, nothing is kept.
//!
//! [`bot_step`] is the one way to an answer here and for visitors; only time and presence are the admin's.

use actix_web::web;
use chrono::{Datelike, NaiveDateTime};

use super::super::auth::{Action, Object, Signed};
use super::super::body::Sent;
use super::super::catalog::Shop;
use super::super::finder::ShopFinder;
use super::super::front::Front;
use super::super::problem::Problem;
use super::draft::text_of;
use super::{beside, judged, keepable};
use crate::actors::bot_step;
use crate::jobs::catalog::Catalog;
use crate::protocol::bot_desk::{BotPreview, BotPreviewAsk, PreviewInput, PreviewTurn};
use crate::protocol::{Refusal, RefusalCode, SiteId, Timestamp};
use crate::rules::bot::talk::Turn;
use crate::rules::bot::{Bot, Facts, Input, State};
use crate::rules::conversation::check_text;

/// Inputs of one talk; the console begins anew then.
const INPUTS_MAX: usize = 200;
/// The longest language tag that is registered, in bytes.
const LANGUAGE_BYTES_MAX: usize = 35;
/// The years that a simulated time may lie in.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// `POST /api/v1/sites/{site}/bot/preview`: no turns while the definition has errors, only its report.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::DefinitionTooLarge`]; [`RefusalCode::InvalidValue`] for a time that is
/// none or too many inputs; for a text what its visitor would be answered, such as [`RefusalCode::TextTooLong`].
pub async fn preview(
    front: web::Data<Front>,
    catalog: web::Data<Catalog>,
    signed: Signed,
    site: web::Path<SiteId>,
    Sent(asked): Sent<BotPreviewAsk>,
) -> Result<web::Json<BotPreview>, Problem> {
    let site = site.into_inner();
    signed.may(Action::Configure, Object::Site(site))?;
    let moment = asked.at.as_deref().map(local_time).transpose()?;
    let lang = language(&asked.lang)?;
    check_inputs(&asked.inputs)?;

    let published = front.bots.store.latest(site).await?;
    let live = published.as_ref().map_or(0, |published| published.version);
    let toml = match (asked.toml, asked.definition) {
        (None, None) => match front.bots.store.draft(site).await? {
            Some(draft) => draft.toml,
            None => published.as_ref().map(|published| published.toml.clone()).unwrap_or_default(),
        },
        (toml, definition) => text_of(toml, definition)?,
    };
    keepable(&toml)?;
    // As it would be told of it live.
    let version = if published.is_some_and(|published| published.toml == toml) { live } else { live + 1 };
    let (_, checked) = judged(&front, site, toml).await?;
    let report = checked.report().clone();
    let Some(bot) = beside(move || checked.compile(version)).await? else {
        return Ok(web::Json(BotPreview { turns: Vec::new(), report, rating: None }));
    };

    let shop = Shop { catalog: catalog.get_ref().clone(), sites: front.sites.clone(), clock: front.clock.clone() };
    let now = match moment {
        None => front.clock.now(),
        Some(local) => bot.at_local(local).ok_or_else(no_time)?,
    };
    let rating = bot.rating(&lang);
    let setting = Setting { site, now, agents: asked.agents, lang };
    let turns = talk(&bot, &ShopFinder::new(shop), setting, asked.inputs).await;
    Ok(web::Json(BotPreview { turns, report, rating }))
}

/// What is true outside, as the admin says.
struct Setting {
    site: SiteId,
    now: Timestamp,
    agents: u32,
    lang: String,
}

async fn talk(bot: &Bot, shop: &ShopFinder, setting: Setting, inputs: Vec<PreviewInput>) -> Vec<PreviewTurn> {
    let Setting { site, now, agents, lang } = setting;
    let values = bot_step::values(shop, site, bot, &lang).await;
    let facts = Facts { now, agents_online: agents, agents_free: agents, place: 1, lang, values };
    let mut state = State::new();
    let mut turns = Vec::with_capacity(inputs.len() + 1);
    for input in std::iter::once(Input::Start).chain(inputs.into_iter().map(Input::from)) {
        let (then, outputs) = bot_step::step(shop, site, bot, &facts, state, input).await;
        state = then;
        turns.push(Turn::of(outputs).into());
        // Visitors on this thread come first.
        tokio::task::yield_now().await;
    }
    turns
}

fn check_inputs(inputs: &[PreviewInput]) -> Result<(), Refusal> {
    if inputs.len() > INPUTS_MAX {
        let words = format!("A preview takes at most {INPUTS_MAX} inputs; begin it anew.");
        return Err(Refusal::new(RefusalCode::InvalidValue).saying(words));
    }
    inputs.iter().try_for_each(|input| match input {
        PreviewInput::Text { text } => check_text(text),
        PreviewInput::Form { .. }
        | PreviewInput::Button { .. }
        | PreviewInput::Document {}
        | PreviewInput::WaitedTooLong {}
        | PreviewInput::NobodyLeft {} => Ok(()),
    })
}

fn local_time(given: &str) -> Result<NaiveDateTime, Refusal> {
    let read = NaiveDateTime::parse_from_str(given, "%Y-%m-%dT%H:%M").ok();
    read.filter(|local| YEARS.contains(&local.year())).ok_or_else(no_time)
}

fn no_time() -> Refusal {
    Refusal::new(RefusalCode::InvalidValue).saying("The time is none; write it as `2026-12-24T14:30`.")
}

/// As a widget would say it; the bot answers in its own first language where it has no such one.
fn language(given: &str) -> Result<String, Refusal> {
    if given.len() > LANGUAGE_BYTES_MAX {
        return Err(Refusal::new(RefusalCode::InvalidValue).saying("The language is none; write it as `fr`."));
    }
    Ok(given.to_owned())
}
