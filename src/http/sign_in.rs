//! Signing in and out, who one is, and the pass that opens a socket.

use actix_web::{HttpRequest, HttpResponse, web};
use tracing::info;

use super::auth::Signed;
use super::body::Sent;
use super::cookie;
use super::fields;
use super::front::Front;
use super::passes::PassBearer;
use super::problem::Problem;
use super::token::Token;
use crate::actors::Desk;
use crate::protocol::frame::ClosingReason;
use crate::protocol::session::{Me, MySite, SignIn, SignOut, SocketPass};
use crate::protocol::{AgentId, RefusalCode};
use crate::store::Account;

/// `GET /api/v1/session`
///
/// # Errors
/// [`RefusalCode::NotSignedIn`].
pub async fn session(front: web::Data<Front>, signed: Signed) -> Result<web::Json<Me>, Problem> {
    Ok(web::Json(me(&front, &signed.account).await?))
}

/// `POST /api/v1/sign-in`
///
/// # Errors
/// [`RefusalCode::WrongSignIn`] alike for an unknown address, a wrong password and a disabled agent.
pub async fn sign_in(
    front: web::Data<Front>,
    request: HttpRequest,
    Sent(given): Sent<SignIn>,
) -> Result<HttpResponse, Problem> {
    let email = fields::email(&given.email).map_err(|_| RefusalCode::WrongSignIn)?;
    let address = front.address(&request);
    tokio::time::sleep(front.delays.before(&email, address)?).await;
    let (account, stored) = front.accounts.by_email(&email).await?.unzip();
    let fits = front.passwords.fits(given.password, stored).await?;
    match account.filter(|account| fits && !account.disabled) {
        Some(account) => {
            front.delays.succeeded(&email, address);
            keep_signed_in(&front, &request, account.id).await
        }
        None => {
            front.delays.failed(&email, address);
            info!("a sign-in was refused");
            Err(RefusalCode::WrongSignIn.into())
        }
    }
}

/// Begins a session under a new token, ends the one that this browser had, and says who one is.
///
/// # Errors
/// What the database says.
pub async fn keep_signed_in(front: &Front, request: &HttpRequest, agent: AgentId) -> Result<HttpResponse, Problem> {
    let secure = front.is_secure(request);
    if let Some(before) = cookie::shown(request, secure) {
        front.sessions.end(&before).await?;
    }
    let token = Token::fresh()?;
    front.sessions.begin(&token.hash, agent, front.clock.now()).await?;
    let account = front.sessions.agent(&token.hash, front.clock.now()).await?.ok_or(RefusalCode::WrongSignIn)?;
    info!(agent.id = %agent, "signed in");
    Ok(HttpResponse::Ok().cookie(cookie::keeping(token.text, secure)).json(me(front, &account).await?))
}

/// `POST /api/v1/sign-out`
///
/// # Errors
/// [`RefusalCode::NotSignedIn`].
pub async fn sign_out(
    front: web::Data<Front>,
    desk: web::Data<Desk>,
    request: HttpRequest,
    signed: Signed,
    Sent(given): Sent<SignOut>,
) -> Result<HttpResponse, Problem> {
    if given.everywhere {
        front.sessions.end_all_of(signed.id()).await?;
    } else {
        front.sessions.end(&signed.session).await?;
    }
    if front.sessions.any_of(signed.id()).await? {
        // Another browser of theirs goes on: its sockets must, too.
        desk.end_sign_in(signed.id(), signed.session);
    } else {
        front.passes.void(signed.id());
        desk.end_agent(signed.id(), ClosingReason::SignedOut);
    }
    info!(agent.id = %signed.id(), everywhere = given.everywhere, "signed out");
    Ok(HttpResponse::NoContent().cookie(cookie::removing(front.is_secure(&request))).finish())
}

/// `POST /api/v1/socket-pass`
///
/// # Errors
/// [`RefusalCode::NotSignedIn`].
pub async fn socket_pass(
    front: web::Data<Front>,
    signed: Signed,
    Sent(Nothing {}): Sent<Nothing>,
) -> Result<web::Json<SocketPass>, Problem> {
    let pass = front.passes.give(PassBearer { agent: signed.id(), session: signed.session })?;
    Ok(web::Json(SocketPass { pass }))
}

/// The body `{}` of a POST that needs no more.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// An account as its own browser may know it. `sites` of the account are those served now.
///
/// # Errors
/// What the database says.
pub async fn me(front: &Front, account: &Account) -> Result<Me, Problem> {
    let mut sites = Vec::with_capacity(account.sites.len());
    for id in &account.sites {
        let Some(site) = front.sites.by_id(*id).await? else { continue };
        let progress = front.sites.progress(*id).await?;
        sites.push(MySite {
            id: site.id,
            name: site.name,
            lang: site.lang,
            currency: site.currency,
            bot_published: progress.bot_version > 0,
            catalog_products: front.catalog.products(*id).await?,
            shares_pages: site.share.see,
        });
    }
    Ok(Me {
        id: account.id,
        name: account.name.clone(),
        first_name: account.first_name().to_owned(),
        email: account.email.clone(),
        role: account.role,
        sites,
        file_megabytes_max: front.settings.file_megabytes_max,
    })
}
