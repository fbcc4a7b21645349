//! The demo's start page on the console's own address: where to go, who can sign in.
//!
//! Served by `comptoir demo` only. It shows passwords, so it answers nobody who
//! reached this machine under a name that is not its own.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, guard, web};

use super::html::{Html, escape, fill};
use super::people::Person;
use super::words::{Language, Words};
use super::{DemoFault, serve};
use crate::http::origin::Origin;
use crate::protocol::session::Role;

/// No script at all; the console's own pages have their own policy.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// What the page tells.
#[derive(Debug)]
pub struct StartPage {
    store: String,
    people: Vec<Person>,
    french: Words,
    english: Words,
}

impl StartPage {
    /// # Errors
    /// A file under `demo/` is not what its reader expects.
    pub fn open(store: &str, people: &[Person]) -> Result<Arc<Self>, DemoFault> {
        Ok(Arc::new(Self {
            store: store.to_owned(),
            people: people.to_vec(),
            french: Words::load(Language::French)?,
            english: Words::load(Language::English)?,
        }))
    }

    fn document(&self, language: Language) -> String {
        let words = match language {
            Language::French => &self.french,
            Language::English => &self.english,
        };
        let people = Html::join(self.people.iter().map(|person| sign_in(words, person)));
        fill(include_str!("../../demo/pages/start.html"), |name| match name {
            "lang" => Some(language.code().to_owned()),
            "store" => Some(escape(&self.store)),
            "people" => Some(people.as_str().to_owned()),
            other => words.find(other.strip_prefix("w.")?).map(escape),
        })
    }
}

fn sign_in(words: &Words, person: &Person) -> Html {
    let role = match person.role {
        Role::Agent => "start_agent",
        Role::Admin => "start_admin",
    };
    let labelled = |key: &str, value: &str| {
        format!("<div><span>{}</span><code>{}</code></div>", escape(words.get(key)), escape(value))
    };
    Html::markup(format!(
        "<li><p>{} <span>{}</span></p>{}{}</li>",
        escape(&person.name),
        escape(words.get(role)),
        labelled("start_email", &person.email),
        labelled("start_password", &person.password),
    ))
}

/// Adds `/demo` to the console's application.
pub fn routes(page: Arc<StartPage>) -> impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static {
    move |routes| {
        let css = || file("text/css; charset=utf-8", include_str!("../../demo/assets/start.css"));
        let icon = || file("image/svg+xml", include_str!("../../demo/assets/icon.svg"));
        routes.service(
            web::scope("/demo")
                .guard(guard::fn_guard(|context| is_this_machine(context.head().headers())))
                .app_data(web::Data::from(page.clone()))
                .route("", serve::read().to(start))
                .route("/start.css", serve::read().to(move || async move { css() }))
                .route("/icon.svg", serve::read().to(move || async move { icon() })),
        );
    }
}

/// A stranger's name that was pointed at this machine is not its own.
fn is_this_machine(headers: &header::HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| Origin::of_loopback_host(host).is_some())
}

async fn start(page: web::Data<StartPage>, request: HttpRequest) -> HttpResponse {
    let language = serve::language_of_browser(&request);
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::VARY, "Accept-Language"))
        .body(page.document(language))
}

fn file(kind: &str, content: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type(kind).insert_header((header::CACHE_CONTROL, "no-cache")).body(content)
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;
    use actix_web::{App, test};

    use super::*;

    fn page() -> Arc<StartPage> {
        let person = |role, name: &str| Person {
            role,
            name: name.to_owned(),
            email: "somebody@corlieu.example".to_owned(),
            password: "galet-sterne-482913".to_owned(),
        };
        let people = [person(Role::Agent, "Camille <b>"), person(Role::Admin, "Alix")];
        StartPage::open("http://localhost:9191", &people).expect("the start page")
    }

    #[actix_web::test]
    async fn the_start_page_leads_to_both_and_shows_the_sign_ins_escaped() {
        let app = test::init_service(App::new().configure(routes(page()))).await;
        for (accepted, title) in [("fr", "Essayer Comptoir"), ("en", "Try Comptoir")] {
            let request = test::TestRequest::get().uri("/demo").insert_header(("Accept-Language", accepted));
            let request = request.insert_header(("Host", "127.0.0.1:9090")).to_request();

            let body = test::call_and_read_body(&app, request).await;
            let body = String::from_utf8_lossy(&body);

            assert!(body.contains(title), "{accepted}");
            for part in ["http://localhost:9191/fr/", "http://localhost:9191/en/", "href=\"/\"", "galet-sterne-482913"]
            {
                assert!(body.contains(part), "`{part}` in {accepted}");
            }
            assert!(body.contains("Camille &lt;b&gt;") && !body.contains("{{"));
        }
    }

    #[actix_web::test]
    async fn passwords_are_not_shown_under_a_strangers_name() {
        let app = test::init_service(App::new().configure(routes(page()))).await;
        let request = test::TestRequest::get().uri("/demo").insert_header(("Host", "evil.example:9090"));

        let answer = test::call_service(&app, request.to_request()).await;

        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }
}
