//! Routes, sockets, authorisation, and the one place where a fault becomes a response.
//!
//! | method, path | handler | who |
//! |-|-|-|
//! | GET `/healthz`, `/readyz` | [`health`] | anyone |
//! | GET `/api/v1/session` | [`sign_in`] | anyone |
//! | POST `/api/v1/sign-in`, `sign-out`, `socket-pass` | [`sign_in`] | anyone; signed in |
//! | GET, POST `/api/v1/setup` | [`setup`] | anyone; the one-time link |
//! | GET, POST `/api/v1/invitations`, DELETE `…/{id}` | [`setup`] | admins |
//! | GET `/api/v1/invitations/{token}`, POST `…/accept` | [`setup`] | the link |
//! | GET `/api/v1/agents`, PATCH `…/{id}` | [`agents`] | admins |
//! | GET `/api/v1/colleagues` | [`colleagues`] | agents |
//! | GET, POST `/api/v1/sites`, GET, PATCH `…/{site}` | [`sites`] | admins |
//! | GET `/api/v1/sites/{site}/bot/not-understood`, `usage`, `figures`, POST `not-understood/set-aside` | [`bot_figures`] | admins |
//! | GET `/api/v1/sites/{site}/bot`, POST `…/check`, GET `/api/v1/bot/templates` | [`bots`] | admins |
//! | GET, PUT `/api/v1/sites/{site}/bot/draft`, POST `/api/v1/sites/{site}/bot/publish` | [`bots::draft`] | admins |
//! | POST `/api/v1/sites/{site}/bot/preview` | [`bots::preview`] | admins |
//! | GET `/api/v1/sites/{site}/bot/versions`, `…/{n}`, POST `…/{n}/restore` | [`bots::versions`] | admins |
//! | POST `/api/v1/sites/{site}/test` | [`sites`] | agents of the site |
//! | POST `/api/v1/sites/{site}/share-previews`, GET, POST, DELETE `…/{id}`, GET `…/{id}/picture` | [`share_preview`] | admins, each their own |
//! | GET `/api/v1/conversations`, `…/counts`, `…/{id}`, `…/{id}/events` | [`conversations`] | agents of the site |
//! | GET `/api/v1/conversations/{id}/suggestions` | [`suggestions`] | agents of the site |
//! | POST `/api/v1/conversations/{id}/documents` | [`documents`] | the agent in charge |
//! | GET `/api/v1/documents/{id}`, `…/preview` | [`documents`] | agents of the site |
//! | GET `/api/v1/sites/{site}/catalog/search`, `status`, `products/{id}` | [`catalog`] | agents of the site |
//! | PATCH `/api/v1/sites/{site}/catalog/products` | [`updates`] | admins; the site's key for updates |
//! | GET, POST, DELETE `/api/v1/sites/{site}/catalog/key` | [`updates`] | admins |
//! | GET `/api/v1/sites/{site}/catalog/shelf`, PUT, DELETE `pins/{product}` | [`at_hand`] | agents of the site |
//! | GET `/api/v1/sites/{site}/ledger`, `ledger.csv` | [`ledger`] | admins; an agent what they sent |
//! | GET `/api/v1/sites/{site}/ledger/queries`, `queries.csv` | [`ledger`] | admins |
//! | GET, POST `/api/v1/sites/{site}/catalog/imports`, GET `…/{id}`, `…/{id}/rejected.csv` | [`imports`] | admins |
//! | POST `/api/v1/sites/{site}/catalog/imports/{id}/confirm`, `cancel`, `…/imports/restore` | [`imports`] | admins |
//! | POST `/api/v1/sites/{site}/catalog/previews`, POST, DELETE `…/{id}` | [`previews`] | admins |
//! | GET `/api/v1/sites/{site}/catalog/feeds`, PATCH, DELETE `…/{lang}`, POST `…/{lang}/fetch` | [`feeds`] | admins |
//! | GET `/api/v1/socket` | [`socket`] | by a one-use pass in the first frame |
//! | GET `/api/v1/share` | [`socket`] | by a one-use pass in the first frame |
//! | GET `/cb/a/{hash}` | [`shared_files`] | the agent who watches a share that has it |
//! | GET `/w/v1/share` | [`socket`] | by the visitor token and the share's key in the first frame, a listed origin |
//! | POST `/w/v1/share-preview` | [`share_preview::page`] | by a one-use pass, the site's origins |
//! | POST `/w/v1/share-preview/next`, `files`, `file`, `picture` | [`share_preview::page`] | by the key given for it, the site's origins |
//! | GET `/w/v1/socket` | [`socket`] | by the visitor token in the first frame, a listed origin |
//! | GET `/w/v1/config` | [`widget`] | the site's origins |
//! | GET `/w/v1/conversations/{id}/events` | [`widget`] | its visitor |
//! | GET `/w/v1/conversations/{id}/cards/{seq}/now` | [`cards`] | its visitor |
//! | POST `/w/v1/conversations/{id}/documents` | [`documents`] | its visitor |
//! | GET `/w/v1/documents/{id}/address` | [`documents`] | its visitor |
//! | GET `/w/v1/documents/{id}` | [`documents`] | by a signed address |
//! | GET `/test/{site key}` | [`test_page`] | by its pass |
//! | GET `/w.js`, `/w/assets/{name}` | [`assets`] | anyone |
//! | GET everything else | [`assets`] | anyone: the console's files |
//!
//! `docs/http.md` says what goes in and out. Every route of `/api/v1` stands behind
//! [`guard`], every answer passes [`headers`].

pub mod address;
pub mod agents;
pub mod assets;
pub mod at_hand;
pub mod auth;
pub mod body;
pub mod bot_figures;
pub mod bots;
pub mod cards;
pub mod catalog;
pub mod colleagues;
pub mod connection;
pub mod conversations;
pub mod cookie;
pub mod cors;
pub mod csv;
pub mod device;
pub mod documents;
pub mod door;
pub mod empty_searches;
pub mod feeds;
pub mod fields;
pub mod finder;
pub mod front;
pub mod guard;
pub mod headers;
pub mod health;
pub mod imports;
pub mod in_lang;
pub mod known_sites;
pub mod ledger;
pub mod limits;
pub mod origin;
pub mod pace;
pub mod passes;
pub mod passwords;
pub mod previews;
pub mod problem;
pub mod published;
mod search;
pub mod setup;
pub mod share_preview;
pub mod share_settings;
pub mod shared_files;
pub mod sign_in;
pub mod signer;
pub mod sites;
pub mod socket;
pub mod socket_limits;
pub mod suggestions;
pub mod test_page;
pub mod token;
pub mod updates;
pub mod upload;
pub mod visiting;
pub mod widget;

#[cfg(test)]
mod tests;

use actix_web::middleware::from_fn;
use actix_web::web::{QueryConfig, ServiceConfig, get, head, resource, scope, to};

/// Everything that this server answers. The application also wraps [`headers::dress`].
pub fn routes(routes: &mut ServiceConfig) {
    routes
        .app_data(QueryConfig::default().error_handler(|error, _| problem::malformed(&error).into()))
        .route("/healthz", get().to(health::alive))
        .route("/readyz", get().to(health::ready))
        .service(scope("/api/v1").wrap(from_fn(guard::same_origin)).configure(console))
        .service(resource("/test/page.css").get(test_page::style))
        .service(resource("/test/page.js").get(test_page::script))
        .service(resource("/test/icon.svg").get(test_page::icon))
        .service(resource("/test/{key}").get(test_page::page))
        .service(resource("/cb/a/{hash}").get(shared_files::file))
        .service(resource("/w.js").get(assets::loader).route(head().to(assets::loader)))
        .service(resource("/w/assets/{name}").get(assets::widget_asset).route(head().to(assets::widget_asset)))
        .service(scope("/w/v1").wrap(from_fn(cors::listed_origins)).configure(visitors))
        .default_service(to(assets::console));
}

/// Behind the cookie, from our own pages.
fn console(routes: &mut ServiceConfig) {
    routes
        .service(resource("/session").get(sign_in::session))
        .service(resource("/sign-in").post(sign_in::sign_in))
        .service(resource("/sign-out").post(sign_in::sign_out))
        .service(resource("/socket-pass").post(sign_in::socket_pass))
        .service(resource("/socket").get(socket::agents))
        .service(resource("/share").get(socket::watchers))
        .service(resource("/setup").get(setup::setup).post(setup::set_up))
        .service(resource("/invitations").get(setup::invitations).post(setup::invite))
        .service(resource("/invitations/accept").post(setup::accept))
        .service(resource("/invitations/{token}").get(setup::invitation).delete(setup::withdraw))
        .service(resource("/agents").get(agents::agents))
        .service(resource("/agents/{id}").patch(agents::change))
        .service(resource("/colleagues").get(colleagues::colleagues))
        .service(resource("/conversations").get(conversations::list))
        .service(resource("/conversations/counts").get(conversations::counts))
        .service(resource("/conversations/{id}").get(conversations::details))
        .service(resource("/conversations/{id}/events").get(conversations::events))
        .service(resource("/conversations/{id}/suggestions").get(suggestions::suggestions))
        .service(resource("/sites").get(sites::sites).post(sites::add))
        .service(resource("/sites/{site}").get(sites::site).patch(sites::change))
        .service(resource("/conversations/{id}/documents").post(documents::upload_as_agent))
        .service(resource("/documents/{id}").get(documents::download))
        .service(resource("/documents/{id}/preview").get(documents::preview))
        .service(resource("/bot/templates").get(bots::templates))
        .service(resource("/sites/{site}/bot").get(bots::bot))
        .service(resource("/sites/{site}/bot/check").post(bots::check))
        .service(resource("/sites/{site}/bot/not-understood").get(bot_figures::texts))
        .service(resource("/sites/{site}/bot/not-understood/set-aside").post(bot_figures::set_aside))
        .service(resource("/sites/{site}/bot/usage").get(bot_figures::usage))
        .service(resource("/sites/{site}/bot/figures").get(bot_figures::figures))
        .service(resource("/sites/{site}/bot/draft").get(bots::draft::draft).put(bots::draft::save))
        .service(resource("/sites/{site}/bot/publish").post(bots::draft::publish))
        .service(resource("/sites/{site}/bot/preview").post(bots::preview::preview))
        .service(resource("/sites/{site}/bot/versions").get(bots::versions::versions))
        .service(resource("/sites/{site}/bot/versions/{n}").get(bots::versions::version))
        .service(resource("/sites/{site}/bot/versions/{n}/restore").post(bots::versions::restore))
        .service(resource("/sites/{site}/test").post(sites::test_page))
        .service(resource("/sites/{site}/share-previews").post(share_preview::begin))
        .service(
            resource("/sites/{site}/share-previews/{id}")
                .get(share_preview::state)
                .post(share_preview::change)
                .delete(share_preview::end),
        )
        .service(resource("/sites/{site}/share-previews/{id}/picture").get(share_preview::picture))
        .service(resource("/sites/{site}/catalog/search").get(catalog::search))
        .service(resource("/sites/{site}/catalog/status").get(catalog::status))
        .service(resource("/sites/{site}/catalog/products/{id}").get(catalog::product))
        .service(resource("/sites/{site}/catalog/products").patch(updates::update))
        .service(
            resource("/sites/{site}/catalog/key")
                .get(updates::key)
                .post(updates::make_key)
                .delete(updates::withdraw_key),
        )
        .service(resource("/sites/{site}/catalog/shelf").get(at_hand::shelf))
        .service(resource("/sites/{site}/catalog/pins/{product}").put(at_hand::pin).delete(at_hand::unpin))
        .service(resource("/sites/{site}/ledger").get(ledger::ledger))
        .service(resource("/sites/{site}/ledger.csv").get(ledger::export))
        .service(resource("/sites/{site}/ledger/queries").get(ledger::queries))
        .service(resource("/sites/{site}/ledger/queries.csv").get(ledger::export_queries))
        .service(resource("/sites/{site}/catalog/imports").get(imports::list).post(imports::start))
        .service(resource("/sites/{site}/catalog/imports/restore").post(imports::restore))
        .service(resource("/sites/{site}/catalog/imports/{id}").get(imports::one))
        .service(resource("/sites/{site}/catalog/imports/{id}/rejected.csv").get(imports::rejected))
        .service(resource("/sites/{site}/catalog/imports/{id}/confirm").post(imports::confirm))
        .service(resource("/sites/{site}/catalog/imports/{id}/cancel").post(imports::cancel))
        .service(resource("/sites/{site}/catalog/previews").post(previews::start))
        .service(resource("/sites/{site}/catalog/previews/{id}").post(previews::again).delete(previews::forget))
        .service(resource("/sites/{site}/catalog/feeds").get(feeds::list))
        .service(resource("/sites/{site}/catalog/feeds/{lang}").patch(feeds::change).delete(feeds::empty))
        .service(resource("/sites/{site}/catalog/feeds/{lang}/fetch").post(feeds::fetch));
}

/// For the widget, from the stores' pages.
fn visitors(routes: &mut ServiceConfig) {
    routes
        .service(resource("/config").get(widget::config))
        .service(resource("/socket").get(socket::visitors))
        .service(resource("/share").get(socket::pages))
        .service(resource("/share-preview").post(share_preview::page::open))
        .service(resource("/share-preview/next").post(share_preview::page::next))
        .service(resource("/share-preview/files").post(share_preview::page::files))
        .service(resource("/share-preview/file").post(share_preview::page::file))
        .service(resource("/share-preview/picture").post(share_preview::page::picture))
        .service(resource("/conversations/{id}/events").get(widget::events))
        .service(resource("/conversations/{id}/cards/{seq}/now").get(cards::now))
        .service(resource("/conversations/{id}/documents").post(documents::upload_as_visitor))
        .service(resource("/documents/{id}/address").get(documents::address))
        .service(resource("/documents/{id}").get(documents::by_address));
}
