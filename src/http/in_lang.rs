//! `?lang=`: which of a site's catalogs is meant, to be read and to be changed.

use actix_web::web::Query;
use serde::Deserialize;

use super::fields::{self, Faults};
use super::front::Front;
use crate::protocol::{Refusal, SiteId};
use crate::store::Site;
use crate::store::catalog::{CatalogKey, LangTag, Wanted};

/// The query of a route that takes nothing else.
pub type Asked = Query<InLang>;

/// Absent: the site's main language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InLang {
    pub lang: Option<String>,
}

/// A site's catalogs to read from: in the language asked for, the site's main one, any other.
pub(super) fn wanted(front: &Front, site: SiteId, lang: Option<&str>) -> Wanted {
    let known = front.known.by_id(site);
    Wanted::in_main(site, known.as_ref().map_or("", |site| &site.lang)).or_in(lang)
}

/// The one catalog of a site that is to be changed.
///
/// # Errors
/// [`crate::protocol::RefusalCode::InvalidValue`]: no language.
pub(super) fn catalog_of(lang: Option<&str>, site: &Site) -> Result<CatalogKey, Refusal> {
    Ok(CatalogKey { site: site.id, lang: given(lang)?.unwrap_or_else(|| LangTag::of(&site.lang)) })
}

/// A language as it was given, if one was.
///
/// # Errors
/// As [`catalog_of`].
pub(super) fn given(lang: Option<&str>) -> Result<Option<LangTag>, Refusal> {
    let mut faults = Faults::default();
    let lang = lang.map(|lang| LangTag::of(&faults.take("lang", fields::lang(lang))));
    faults.done()?;
    Ok(lang)
}
