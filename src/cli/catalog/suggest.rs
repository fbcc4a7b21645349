//! `comptoir catalog suggest`: what an agent would be shown, for people or for programs.

use std::io;

use clap::Args;
use comptoir_catalog::suggest::{Constraint, NamedValue, Page, Reason, Suggestion};
use serde::{Deserialize, Serialize};

use super::search::next_line;
use super::{Searchable, Where, wrongly};
use crate::cli::{Failure, Terminal};
use crate::jobs::catalog::{Advice, Talking};
use crate::protocol::suggestion::{CartLine, PageProduct};
use crate::protocol::{ProductId, Timestamp};

const EXAMPLES: &str = "Examples:\n  comptoir catalog suggest --site boutique --message \"une lampe à moins de 60 euros\"\n  \
    comptoir catalog suggest --site boutique --json < talks.jsonl\n\n\
    With --json each line of standard input is a conversation, all of it optional:\n  \
    {\"messages\":[\"bonjour\",\"une lampe à moins de 60 euros\"],\"answers\":[\"Salon\"],\"lang\":\"fr\",\n   \
    \"page\":{\"url\":\"…\",\"product\":{\"sku\":\"L1\"},\"categories\":[\"Maison\",\"Lampes\"]},\"cart\":[\"C2\"],\"recommended\":[\"L3\"]}\n\
    Messages are the visitor's, newest last; the last three are read. Each is answered by one line:\n  \
    {\"took_us\":2100,\"constraints\":[…],\"suggestions\":[{\"id\":\"L1\",\"score\":61.2,\"reasons\":[…]}],\"similar\":[…],\"complementary\":[…]}\n\
    A line that is no conversation is answered by {\"error\":\"…\"}.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Suggest {
    #[command(flatten)]
    at: Where,
    /// What the visitor wrote; again for earlier messages first
    #[arg(long, value_name = "TEXT")]
    message: Vec<String>,
    /// The SKU, GTIN or id of the product on the visitor's page, or the page's address
    #[arg(long, value_name = "CODE|URL")]
    page: Option<String>,
    /// One JSON object a conversation, and nothing else on standard output
    #[arg(long)]
    json: bool,
}

/// A conversation as programs write it. What is not known is passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    messages: Vec<String>,
    answers: Vec<String>,
    page: AskedPage,
    cart: Vec<AskedLine>,
    recommended: Vec<String>,
    lang: String,
}

/// As the widget says it, or the product's codes alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskedPage {
    url: Option<String>,
    product: Option<AskedProduct>,
    sku: Option<String>,
    gtin: Option<String>,
    id: Option<String>,
    #[serde(alias = "category")]
    categories: AskedPath,
    cart: Vec<AskedLine>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum AskedProduct {
    Code(String),
    Codes(PageProduct),
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum AskedPath {
    /// `Home > Lamps`
    Text(String),
    Names(Vec<String>),
}

impl Default for AskedPath {
    fn default() -> Self {
        Self::Names(Vec::new())
    }
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum AskedLine {
    Code(String),
    Line(CartLine),
}

impl From<AskedLine> for String {
    fn from(line: AskedLine) -> Self {
        match line {
            AskedLine::Code(code) => code,
            AskedLine::Line(line) => line.sku,
        }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    took_us: u64,
    lang: String,
    generation: u64,
    currency: &'a str,
    relaxed: bool,
    constraints: Vec<Constraint>,
    /// What was asked for; where nothing was, what the page suggests.
    suggestions: Vec<Told<'a>>,
    similar: Vec<Told<'a>>,
    complementary: Vec<Told<'a>>,
}

#[derive(Serialize)]
struct Told<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sku: Option<&'a str>,
    title: &'a str,
    score: f32,
    reasons: &'a [Reason],
    breaks: &'a [Constraint],
}

impl Suggest {
    pub async fn carry_out(self, terminal: &mut Terminal) -> Result<(), Failure> {
        let searchable = self.at.searchable().await?;
        if !self.message.is_empty() || self.page.is_some() {
            let page = self.page.as_deref().map(page_named).unwrap_or_default();
            let talking = Talking { messages: self.message.clone(), page, ..Talking::default() };
            return self.answer(&searchable, talking, terminal).await;
        }
        if !self.json {
            return Err(wrongly("say what the visitor wrote with --message, or give conversations with --json"));
        }
        let mut input = io::stdin().lock();
        while let Some(line) = next_line(&mut input).map_err(Failure::new)? {
            match serde_json::from_str::<Asked>(&line) {
                Ok(asked) => self.answer(&searchable, asked.into(), terminal).await?,
                Err(error) => terminal.say(serde_json::json!({ "error": error.to_string() })),
            }
        }
        Ok(())
    }

    async fn answer(&self, searchable: &Searchable, talking: Talking, terminal: &mut Terminal) -> Result<(), Failure> {
        let now = Timestamp::from(chrono::Utc::now());
        let Searchable { catalog, wanted } = searchable;
        let advice = catalog.advise(wanted, talking, now).await.map_err(Failure::new)?;
        let Some(advice) = advice else { return Err(Failure::new("there is no catalog to suggest from")) };
        if self.json {
            terminal.say(serde_json::to_string(&line(&advice)).map_err(Failure::new)?);
        } else {
            table(&advice, now, terminal);
        }
        Ok(())
    }
}

impl From<Asked> for Talking {
    fn from(asked: Asked) -> Self {
        let page = asked.page;
        let codes = match page.product {
            Some(AskedProduct::Code(code)) => PageProduct { sku: Some(code), ..PageProduct::default() },
            Some(AskedProduct::Codes(codes)) => codes,
            None => PageProduct::default(),
        };
        let categories = match page.categories {
            AskedPath::Names(names) => names,
            AskedPath::Text(text) => text.split('>').map(|name| name.trim().to_owned()).collect(),
        };
        Self {
            messages: asked.messages,
            answers: asked.answers,
            page: Page {
                sku: page.sku.or(codes.sku),
                gtin: page.gtin.or(codes.gtin),
                id: page.id.or(codes.id),
                url: page.url,
                categories: categories.into_iter().filter(|name| !name.is_empty()).collect(),
            },
            cart: asked.cart.into_iter().chain(page.cart).map(String::from).collect(),
            recommended: asked.recommended.into_iter().map(ProductId).collect(),
            unsaid: Vec::new(),
            lang: asked.lang,
            currency: String::new(),
        }
    }
}

fn page_named(page: &str) -> Page {
    let page = page.to_owned();
    if page.contains('/') {
        Page { url: Some(page), ..Page::default() }
    } else {
        Page { sku: Some(page), ..Page::default() }
    }
}

fn line(advice: &Advice) -> Line<'_> {
    let found = &advice.suggestions;
    let mut suggestions: Vec<Told<'_>> = found.suggestions.iter().map(told).collect();
    if suggestions.is_empty() {
        suggestions.extend(found.similar.iter().chain(&found.complementary).map(told));
    }
    Line {
        took_us: u64::try_from(advice.took.as_micros()).unwrap_or(u64::MAX),
        lang: advice.of.lang.to_string(),
        generation: found.generation,
        currency: found.currency.code(),
        relaxed: found.relaxed,
        constraints: found.constraints.list(),
        suggestions,
        similar: found.similar.iter().map(told).collect(),
        complementary: found.complementary.iter().map(told).collect(),
    }
}

fn told(one: &Suggestion) -> Told<'_> {
    Told {
        id: one.product.id.as_str(),
        sku: one.sku.as_ref().map(|sku| sku.as_str()),
        title: &one.product.title,
        score: one.score,
        reasons: &one.reasons,
        breaks: &one.breaks,
    }
}

fn table(advice: &Advice, now: Timestamp, terminal: &mut Terminal) {
    let found = &advice.suggestions;
    if let Some(page) = &found.on_page {
        terminal.say(format_args!("On the page: {} {}", page.id, page.title));
    }
    if found.relaxed {
        terminal.say("Nothing fits all of it. The nearest:");
    }
    let lists = [("", &found.suggestions), ("Similar to it:", &found.similar), ("Goes with it:", &found.complementary)];
    for (head, list) in lists {
        if !list.is_empty() && !head.is_empty() {
            terminal.say(head);
        }
        for one in list {
            let variant = one.sku.as_ref().and_then(|sku| one.product.variant(sku));
            let price =
                variant.and_then(|variant| variant.price).map(|price| price.at(now.millis() / 1000).to_string());
            let why: Vec<String> = one.reasons.iter().map(reason).collect();
            let broken: Vec<String> = one.breaks.iter().map(|broken| format!("not {}", constraint(broken))).collect();
            terminal.say(format_args!(
                "{:>12}  {:<20}  {}",
                price.unwrap_or_default(),
                one.product.id,
                one.product.title
            ));
            terminal.say(format_args!("{:>12}  {}", "", why.into_iter().chain(broken).collect::<Vec<_>>().join("; ")));
        }
    }
    if found.suggestions.is_empty() && found.similar.is_empty() && found.complementary.is_empty() {
        terminal.say("Nothing to suggest.");
    }
}

fn reason(one: &Reason) -> String {
    match one {
        Reason::Words { words } => words.join(", "),
        Reason::Meets { constraint: met } => constraint(met),
        Reason::InStock => "in stock".to_owned(),
        Reason::SimilarByFeed { title, .. } => format!("the feed calls it similar to {title}"),
        Reason::SimilarToPage { title, .. } => format!("like {title}"),
        Reason::GoesWithByFeed { title, .. } => format!("the feed sells it with {title}"),
        Reason::GoesWithPage { title, .. } => format!("stands beside {title}"),
        Reason::InCategory { name } => format!("in {name}"),
        Reason::OnPage => "on the page now".to_owned(),
    }
}

fn constraint(one: &Constraint) -> String {
    let values = |any: &[NamedValue]| any.iter().map(|named| named.value.as_str()).collect::<Vec<_>>().join(" or ");
    match one {
        Constraint::Price { said, .. } | Constraint::InStock { said } | Constraint::OtherCurrency { said, .. } => {
            said.clone()
        }
        Constraint::Value { any, not: true, .. } => format!("without {}", values(any)),
        Constraint::Value { any, not: false, .. } => values(any),
    }
}
