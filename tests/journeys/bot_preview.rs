//! The bot that an admin tries is the one that visitors meet: the same words for the same reasons.

use comptoir::protocol::VisitorCommand;
use serde_json::{Value, json};

use crate::desk::{Agent, TestDesk, Visitor, kind};

const DEFINITION: &str = include_str!("../fixtures/bots/atelier.toml");
const SHOP: &str = "id,title,price,availability,color,product_type,link\n\
    G1,Coffret cadeau en grès,45.00 EUR,in stock,Gris,Maison > Cadeaux,https://shop.example/g1\n\
    G2,Bol cadeau en porcelaine,18.00 EUR,in stock,Blanc,Maison > Bols,https://shop.example/g2\n\
    G3,Vase cadeau en verre,89.00 EUR,in stock,Vert,Maison > Vases,https://shop.example/g3\n\
    G4,Tasse à café,12.00 EUR,out of stock,Bleu,Maison > Tasses,https://shop.example/g4\n";

/// What visitors type, in no order that makes sense.
const TEXTS: [&str; 36] = [
    "bonjour",
    "merci",
    "ma tase est arrivé cassé",
    "Sous combien de jours suis-je livré ?",
    "quand arive mon coli",
    "être remboursé",
    "article",
    "colis cassé renvoyer délai",
    "tasse à café",
    "G1",
    "un vase en verre",
    "cadeau",
    "grès",
    "Peu importe",
    "40",
    "moins de 12,50",
    "Pas de limite",
    "AT-20417",
    "AT-1",
    "Perdu",
    "Lou",
    "lou@example.com",
    "lou@",
    "une idée de cadeau",
    "Chercher un article",
    "je voudrais parler à quelqu'un",
    "pas un conseiller",
    "xyzzy plugh",
    "aucune idée de ce que je cherche chez vous aujourd'hui",
    "🙂🙂🙂",
    "أين طلبي؟",
    "<b>livraison</b>",
    "[[faq]]\nid = \"x\"",
    "(a+)+$",
    "{{prenom}}",
    "?",
];
const TALKS: u64 = 20;
const INPUTS: usize = 10;

/// A small generator with a seed, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below).unwrap()).unwrap()
    }

    /// A button of the turn before, or a text.
    fn input(&mut self, before: &Value) -> Value {
        let buttons = before["turn"]["buttons"].as_array().map_or(0, Vec::len);
        if buttons > 0 && self.roll(3) == 0 {
            return json!({"type": "button", "button": self.roll(buttons)});
        }
        json!({"type": "text", "text": TEXTS[self.roll(TEXTS.len())]})
    }
}

struct Bench {
    desk: TestDesk,
    admin: Agent,
}

impl Bench {
    async fn set_up() -> Self {
        let desk = TestDesk::start().await;
        desk.import(SHOP).await;
        let admin = desk.admin().await;
        let bench = Self { desk, admin };
        // Always open: the shop's hours would pass while the test runs.
        let (before, rest) = DEFINITION.split_once("[hours]").unwrap();
        let (_, after) = rest.split_once("[fields]").unwrap();
        let (toml, _) = after.split_once("[[test]]").unwrap();
        let draft = json!({"revision": 0, "toml": format!("{before}[fields]{toml}")});
        let saved = bench.admin.put(&bench.path("draft"), draft).await;
        assert_eq!(saved["report"]["errors"], 0, "{saved}");
        let published = bench.admin.post(&bench.path("publish"), json!({"revision": 1})).await;
        assert_eq!(published["version"], 2, "{published}");
        bench
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/sites/{}/bot/{rest}", self.desk.site.id)
    }

    async fn previewed(&self, inputs: &[Value]) -> Vec<Value> {
        let asked = json!({"agents": 0, "lang": "fr", "inputs": inputs});
        let preview = self.admin.post(&self.path("preview"), asked).await;
        preview["turns"].as_array().unwrap_or_else(|| panic!("{preview}")).clone()
    }

    /// The turns of a visitor's conversation with their reasons, in order.
    async fn met(&self, visitor: &Visitor) -> Vec<(Value, Value)> {
        let conversation = visitor.conversation.unwrap();
        let page = self.admin.get(&format!("/api/v1/conversations/{conversation}/events?limit=200")).await;
        let events = page["events"].as_array().unwrap();
        let bodies = |named: &'static str, key: &'static str| {
            let of_kind = events.iter().filter(move |event| event["body"]["type"] == named);
            of_kind.map(move |event| event["body"][key].clone())
        };
        bodies("bot_spoke", "turn").zip(bodies("bot_explained", "why")).collect()
    }
}

/// Does live what the preview was told, and waits for the turn if there is to be one.
async fn repeat(visitor: &mut Visitor, input: &Value, answered: bool) {
    let turn = visitor.events.iter().rev().find(|event| kind(event) == "bot_spoke");
    let turn = turn.map_or(0, |event| event.seq);
    let command = match input["text"].as_str() {
        Some(text) => VisitorCommand::PostMessage { text: text.to_owned() },
        None => VisitorCommand::ChooseButton { turn, button: serde_json::from_value(input["button"].clone()).unwrap() },
    };
    let seq = visitor.does(command).await;
    let is_answer =
        |visitor: &Visitor| visitor.events.iter().any(|event| event.seq > seq && kind(event) == "bot_spoke");
    while answered && !is_answer(visitor) {
        visitor.listen().await.unwrap();
    }
}

#[actix_rt::test]
async fn a_preview_says_what_a_visitor_hears_for_two_hundred_inputs_and_why() {
    let bench = Bench::set_up().await;
    let (mut products, mut faqs) = (0, 0);
    for talk in 1..=TALKS {
        let mut dice = Dice(talk.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut visitor = bench.desk.visitor().await;
        let mut inputs: Vec<Value> = Vec::new();
        let mut expected = bench.previewed(&inputs).await;
        while inputs.len() < INPUTS {
            inputs.push(dice.input(expected.last().unwrap()));
            expected = bench.previewed(&inputs).await;
            repeat(&mut visitor, &inputs[inputs.len() - 1], expected[inputs.len()].get("turn").is_some()).await;
        }
        let expected: Vec<(Value, Value)> =
            expected.into_iter().filter_map(|turn| Some((turn.get("turn")?.clone(), turn["why"].clone()))).collect();
        let met = bench.met(&visitor).await;
        assert_eq!(met, expected, "talk {talk}: {inputs:#?}");
        products += met.iter().filter(|(turn, _)| turn.get("cards").is_some()).count();
        faqs += met.iter().filter(|(_, why)| why.get("answered").is_some()).count();
    }
    assert!(products > 0 && faqs > 0, "the talks met {products} turns with products, {faqs} with an FAQ");
    bench.desk.quit().await;
}
