//! One truth: what the preview shows of a talk is what a visitor is told, turn by turn and why by why.

use super::house::{House, camille};
use crate::actors::ports::Clock;
use crate::protocol::bot_desk::PreviewInput;
use crate::protocol::catalog::CardAvailability;
use crate::protocol::{BotTurn, BotWhy, EventBody, ProductCard, ProductId, VisitorCommand};
use crate::rules::bot::recorded::{INPUTS, some, talks};
use crate::rules::bot::{self, Bot, Facts, Input, Talk};

const ATELIER: &str = include_str!("../../../tests/fixtures/bots/atelier.toml");
/// The clock stands in the evening; so much later the shop is open.
const UNTIL_OPEN_SECONDS: i64 = 48_000;

/// What the bot said, and why, in order.
type Transcript = (Vec<BotTurn>, Vec<BotWhy>);

fn cards() -> Vec<ProductCard> {
    let card = |title: &str| ProductCard {
        product: ProductId(title.into()),
        sku: None,
        title: title.to_owned(),
        variant: String::new(),
        price: None,
        regular_price: None,
        availability: CardAvailability::InStock,
        stock: None,
        image: None,
        link: None,
        external_id: None,
    };
    ["Bol", "Tasse", "Vase", "Plat", "Pichet", "Bougeoir"].map(card).to_vec()
}

fn facts(house: &House) -> Facts {
    Facts {
        now: house.clock.now(),
        agents_online: 1,
        agents_free: 1,
        place: 1,
        lang: "fr".to_owned(),
        values: std::collections::BTreeMap::new(),
    }
}

fn previewed(bot: &Bot, facts: Facts, inputs: &[PreviewInput]) -> Transcript {
    let mut talk = Talk::new(bot, facts);
    let (mut turns, mut whys) = (Vec::new(), Vec::new());
    for input in std::iter::once(Input::Start).chain(inputs.iter().cloned().map(Input::from)) {
        let turn = talk.tell_with(input, |_, limit| some(&cards(), limit));
        turns.extend(turn.turn);
        whys.extend(turn.why);
    }
    (turns, whys)
}

async fn lived(house: &House, inputs: &[PreviewInput]) -> Transcript {
    let visitor = house.visitor().await;
    let mut conversation = None;
    for input in inputs {
        let turn = match conversation {
            Some(id) => house.state(id).await.latest_turn,
            None => 0,
        };
        let command = match input.clone() {
            PreviewInput::Text { text } => VisitorCommand::PostMessage { text },
            PreviewInput::Button { button } => VisitorCommand::ChooseButton { turn, button },
            PreviewInput::Form { answers } => VisitorCommand::SubmitForm { turn, answers },
            PreviewInput::Document {} | PreviewInput::WaitedTooLong {} | PreviewInput::NobodyLeft {} => {
                panic!("{input:?} is not recorded")
            }
        };
        visitor.does(command).await.unwrap_or_else(|refusal| panic!("{input:?}: {refusal:?}"));
        // Taken only once the bot has answered the input.
        conversation = visitor.does(VisitorCommand::Begin {}).await.ok();
    }
    let (mut turns, mut whys) = (Vec::new(), Vec::new());
    for body in conversation.map(|id| house.bodies(id)).unwrap_or_default() {
        match body {
            EventBody::BotSpoke { turn, answers: _ } => turns.push(turn),
            EventBody::BotExplained { why, answers: _ } => whys.push(why),
            _ => {}
        }
    }
    (turns, whys)
}

#[actix_rt::test]
async fn two_hundred_inputs_get_the_same_turns_and_reasons_in_a_preview_and_live() {
    let bot = bot::compile(ATELIER, 1).unwrap();
    for later in [0, UNTIL_OPEN_SECONDS] {
        let house = || {
            let house = House::with(bot.clone(), cards());
            house.clock.advance(later);
            house
        };
        let recorded = talks(&bot, &facts(&house()), &cards());
        assert_eq!(recorded.iter().map(Vec::len).sum::<usize>(), INPUTS);
        for inputs in &recorded {
            // A house each: nobody else stands in the line.
            let house = house();
            let _agent = house.agent(camille()).await;
            let live = lived(&house, inputs).await;
            assert_eq!(live, previewed(&bot, facts(&house), inputs), "{later}: {inputs:#?}");
        }
    }
}
