//! The lamp shop with FAQs and a catalog: what the tests of both talk to.

use std::collections::BTreeMap;

use super::{LAMPS, Talk};
use crate::protocol::catalog::CardAvailability;
use crate::protocol::{ProductCard, ProductId, Sku};
use crate::rules::bot::faq::FaqIndex;
use crate::rules::bot::model::{
    Bot, Button, Faq, Field, Kind, Leads, Localized, Next, PriceMax, Step, StepProducts, Target,
};
use crate::rules::bot::phrase::Phrase;

/// Id, label, questions and answer, in French and in English.
type Written = (&'static str, [&'static str; 2], [&'static [&'static str]; 2], [&'static str; 2]);

const FAQS: [Written; 4] = [
    (
        "delai",
        ["Délai de livraison", "Delivery time"],
        [
            &[
                "Sous combien de jours suis-je livré ?",
                "Quand arrive mon colis ?",
                "Le délai pour recevoir une commande",
            ],
            &["How many days until delivery?", "When does my parcel arrive?", "How long does shipping take?"],
        ],
        ["Deux à quatre jours.", "Two to four days."],
    ),
    (
        "casse",
        ["Article cassé", "Broken article"],
        [
            &["Ma lampe est arrivée cassée", "Le verre est brisé à la réception", "L'article reçu est abîmé"],
            &["My lamp arrived broken", "The glass was shattered on arrival", "I received a damaged article"],
        ],
        ["Nous la remplaçons, {{prenom}}.", "We replace it, {{prenom}}."],
    ),
    (
        "paiement",
        ["Moyens de paiement", "Ways to pay"],
        [
            &["Quels moyens de paiement acceptez-vous ?", "Puis-je payer en plusieurs fois ?"],
            &["Which cards do you accept?", "Can I pay in instalments?"],
        ],
        ["Carte ou virement.", "Card or transfer."],
    ),
    (
        "retour",
        ["Renvoyer un article", "Return an article"],
        [
            &["Comment renvoyer un article ?", "Je veux rendre ma commande", "Quand arrive mon remboursement ?"],
            &["How do I return an article?", "I want to send my order back", "When does my refund arrive?"],
        ],
        ["Gratuitement pendant un mois.", "Free for a month."],
    ),
];

fn in_both<T>([first, second]: [T; 2]) -> Localized<T> {
    Localized { first, others: vec![second] }
}

fn phrase(texts: [&str; 2]) -> Localized<Phrase> {
    in_both(texts.map(|text| Phrase::cut(text).unwrap()))
}

pub fn words(texts: [&str; 2]) -> Localized<String> {
    in_both(texts.map(str::to_owned))
}

pub fn button(labels: [&str; 2], leads: Leads) -> Button {
    Button { label: words(labels), leads }
}

fn faqs(bot: &mut Bot) {
    let faq = |(id, label, _, answer): Written| {
        let buttons = match id {
            "casse" => vec![
                button(["Parler à un conseiller", "Talk to an advisor"], Leads::To(Target::HandOff)),
                button(["Renvoyer", "Return it"], Leads::To(Target::Faq { id: "retour".into() })),
            ],
            "paiement" => vec![button(["Nos tarifs", "Our prices"], Leads::Url("https://clair-obscur.example".into()))],
            _ => Vec::new(),
        };
        Faq { id: id.to_owned(), label: words(label), answer: phrase(answer), buttons }
    };
    bot.faqs = FAQS.map(faq).to_vec();
    let questions = |language: usize| -> Vec<Vec<String>> {
        FAQS.iter().map(|faq| faq.2[language].iter().map(|question| (*question).to_owned()).collect()).collect()
    };
    bot.index = in_both([FaqIndex::new("fr", &questions(0)), FaqIndex::new("en", &questions(1))]);
}

/// A step that searches by an answer, a price and an attribute.
fn products(bot: &mut Bot) {
    bot.products.enabled = true;
    bot.products.limit = 2;
    let teinte = Field {
        id: "teinte".into(),
        label: words(["Teinte", "Colour"]),
        kind: Kind::Attribute { name: "color".into() },
        ..bot.fields["piece"].clone()
    };
    bot.fields.insert("teinte".into(), teinte);
    let products = StepProducts {
        query: phrase(["lampe {{piece}} {{teinte}}", "lamp {{piece}} {{teinte}}"]),
        price_max: Some(PriceMax::Field("budget".into())),
        in_stock: true,
        limit: 3,
    };
    let cadeau = Step {
        collect: vec!["piece".into(), "teinte".into(), "budget".into()],
        say: Some(phrase(["Voici nos idées :", "Here are our ideas:"])),
        products: Some(products),
        next: Next::Buttons(vec![button(["Autre chose", "Something else"], Leads::To(Target::Products))]),
    };
    bot.steps.insert("cadeau".into(), cadeau);
    let Some(Next::Buttons(buttons)) = bot.steps.get_mut("accueil").map(|step| &mut step.next) else {
        panic!("the first step has buttons")
    };
    buttons.push(button(["Une idée", "An idea"], Leads::To(Target::Step { id: "cadeau".into() })));
    buttons.push(button(["Chercher", "Search"], Leads::To(Target::Products)));
    buttons.push(button(["Paiement", "Payment"], Leads::To(Target::Faq { id: "paiement".into() })));
}

pub fn bot() -> Bot {
    let mut bot = Talk::with(LAMPS).bot;
    faqs(&mut bot);
    products(&mut bot);
    bot
}

/// Past the pre-chat form, with colours in stock.
pub fn talk() -> Talk {
    talk_of(bot())
}

pub fn talk_of(bot: Bot) -> Talk {
    let mut talk = Talk::of(bot);
    talk.facts.values = BTreeMap::from([("color".to_owned(), vec!["Laiton".to_owned(), "Noir mat".to_owned()])]);
    talk.introduced()
}

pub fn card(title: &str) -> ProductCard {
    ProductCard {
        product: ProductId(title.into()),
        sku: Some(Sku(title.into())),
        title: title.to_owned(),
        variant: String::new(),
        price: None,
        regular_price: None,
        availability: CardAvailability::InStock,
        stock: None,
        image: None,
        link: None,
        external_id: None,
    }
}
