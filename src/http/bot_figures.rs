//! What is told of a site's bot: texts that it did not understand, how its FAQs were used, and
//! what became of conversations by day.
//!
//! `docs/bot-figures.md` says what is counted and how.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path, Query, block};
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use serde::Deserialize;

use super::auth::{Action, Object, Signed};
use super::body::Sent;
use super::front::Front;
use super::problem::Problem;
use crate::actors::ports::Bots as _;
use crate::protocol::bot_desk::{BotDay, BotFigures, FaqUsage, NotUnderstood, SetAside};
use crate::protocol::{Refusal, RefusalCode, SiteId, Timestamp};
use crate::rules::bot::Bot;
use crate::rules::{botlog, likeness, not_understood};

/// Days that usage looks back, and figures where no day is named.
const DAYS_SHOWN: u64 = 30;
/// Days of one answer: a leap year.
const DAYS_MAX: usize = 366;
/// Texts set aside at once.
const SET_ASIDE_MAX: usize = 20;

/// `?lang=`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    lang: Option<String>,
}

/// `GET /api/v1/sites/{site}/bot/not-understood`: the largest group first.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn texts(
    front: Data<Front>,
    signed: Signed,
    site: Path<SiteId>,
    asked: Query<Asked>,
) -> Result<Json<NotUnderstood>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let since = front.clock.now().plus_seconds(-not_understood::DAYS * 24 * 3600);
    // Never closed; without it this would only be one more at a time.
    let _turn = front.grouping.acquire().await.ok();
    let typed = front.bot_log.missed(*site, since).await?;
    let set_aside = front.bot_log.put_aside(*site).await?;
    let bot = published(&front, *site);
    let lang = asked.into_inner().lang;
    let group = move || not_understood::not_understood(typed, &set_aside, bot.as_deref(), lang.as_deref());
    let told = block(group).await.map_err(|error| {
        tracing::error!(%error, "texts that were not understood could not be grouped");
        Problem::from(RefusalCode::Fault)
    })?;
    Ok(Json(told))
}

/// `POST /api/v1/sites/{site}/bot/not-understood/set-aside`
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::InvalidValue`] for more than [`SET_ASIDE_MAX`] texts.
pub async fn set_aside(
    front: Data<Front>,
    signed: Signed,
    site: Path<SiteId>,
    Sent(given): Sent<SetAside>,
) -> Result<HttpResponse, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    if given.texts.len() > SET_ASIDE_MAX {
        return Err(refused(format!(
            "{} texts are more than can be set aside at once; send at most {SET_ASIDE_MAX}.",
            given.texts.len()
        )));
    }
    let normals: Vec<String> = given.texts.iter().map(|text| likeness::normal(text)).collect();
    front.bot_log.set_aside(*site, &normals, front.clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /api/v1/sites/{site}/bot/usage`: the FAQs of the published bot in its order, then those that are gone from it.
///
/// # Errors
/// [`RefusalCode::NotFound`].
pub async fn usage(front: Data<Front>, signed: Signed, site: Path<SiteId>) -> Result<Json<Vec<FaqUsage>>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let since = front.clock.now().plus_seconds(-(DAYS_SHOWN.cast_signed()) * 24 * 3600);
    let mut used = front.bot_log.usage(*site, since).await?;
    let Some(bot) = published(&front, *site) else { return Ok(Json(used)) };
    let mut all = Vec::new();
    for faq in bot.faq_ids() {
        let place = used.iter().position(|usage| usage.faq == faq);
        all.push(place.map_or_else(|| unused(faq), |place| used.remove(place)));
    }
    all.append(&mut used);
    Ok(Json(all))
}

fn unused(faq: &str) -> FaqUsage {
    FaqUsage { faq: faq.to_owned(), answered: 0, suggested: 0, clicked: 0, handed_off_after: 0 }
}

/// `?from=&to=`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    from: Option<String>,
    to: Option<String>,
}

/// `GET /api/v1/sites/{site}/bot/figures`: every day of the period, both ends inside; the last 30 where none is named.
///
/// # Errors
/// [`RefusalCode::NotFound`]; [`RefusalCode::InvalidValue`] for what is no day, a period that ends before it
/// begins, or one of more than [`DAYS_MAX`] days.
pub async fn figures(
    front: Data<Front>,
    signed: Signed,
    site: Path<SiteId>,
    period: Query<Period>,
) -> Result<Json<BotFigures>, Problem> {
    signed.may(Action::Configure, Object::Site(*site))?;
    let zone = published(&front, *site).map_or(Tz::UTC, |bot| bot.zone());
    let (from, to) = period.read(zone, front.clock.now())?;
    let days = front.bot_log.by_day(*site, &botlog::days(zone, from, to, DAYS_MAX)).await?;
    let sum = sum(&days);
    Ok(Json(BotFigures { days, sum }))
}

impl Period {
    fn read(&self, zone: Tz, now: Timestamp) -> Result<(NaiveDate, NaiveDate), Problem> {
        let today = now.to_utc().with_timezone(&zone).date_naive();
        let to = self.to.as_deref().map(|text| day("to", text)).transpose()?.unwrap_or(today);
        let shown_before = to.checked_sub_days(Days::new(DAYS_SHOWN - 1)).unwrap_or(to);
        let from = self.from.as_deref().map(|text| day("from", text)).transpose()?.unwrap_or(shown_before);
        if to < from {
            return Err(refused(format!("The period ends on {to}, before it begins on {from}; swap them.")));
        }
        let days = to.signed_duration_since(from).num_days().saturating_add(1);
        if days > i64::try_from(DAYS_MAX).unwrap_or(i64::MAX) {
            return Err(refused(format!("{days} days are more than one answer holds; ask for at most {DAYS_MAX}.")));
        }
        Ok((from, to))
    }
}

fn day(name: &str, text: &str) -> Result<NaiveDate, Problem> {
    // Exactly this form: chrono alone takes `2026-1-2` and years of six digits, too.
    let read = (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten();
    read.ok_or_else(|| refused(format!("`{name}` is no day of the calendar; write it like 2026-11-27.")))
}

fn sum(days: &[BotDay]) -> BotDay {
    days.iter().fold(BotDay::default(), |sum, day| BotDay {
        day: String::new(),
        conversations: sum.conversations + day.conversations,
        bot_alone: sum.bot_alone + day.bot_alone,
        handed_off: sum.handed_off + day.handed_off,
        messages_left: sum.messages_left + day.messages_left,
        rated: sum.rated + day.rated,
        rating_sum: sum.rating_sum + day.rating_sum,
    })
}

fn published(front: &Front, site: SiteId) -> Option<Arc<Bot>> {
    front.bots.published(site).map(|(_, bot)| bot)
}

fn refused(words: String) -> Problem {
    Refusal::new(RefusalCode::InvalidValue).saying(words).into()
}
