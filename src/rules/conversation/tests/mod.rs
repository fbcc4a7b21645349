//! The rules by tables: every command at every phase, every event's audience, and folds.

mod fold;
mod rated;
mod table;

use super::*;
use crate::protocol::catalog::{CardAvailability, ComparedRow, ComparedWhat, Money};
use crate::protocol::cobrowse::{ActKind, ControlEnd, NotAgreed, ShareAct, ShareEnd, ShareLevel, ShareStep};
use crate::protocol::{
    AgentCommand, AgentId, AgentRef, BotButton, BotTurn, BotWhy, CardMark, ConversationId, Detail, DetailRole,
    DocumentId, DocumentRef, Event, EventBody, ProductCard, ProductChoice, ProductComparison, ProductId, RatingScale,
    RefusalCode, ShareId, SiteId, Timestamp, TransferId, VisitorCommand, VisitorId,
};
use uuid::Uuid;

pub(super) const NOW: Timestamp = Timestamp::from_millis(1_795_722_756_000);

pub(super) fn transfer(n: u128) -> TransferId {
    TransferId(Uuid::from_u128(n))
}

pub(super) fn agent(name: &str) -> AgentRef {
    let id = name.bytes().fold(0, |id, byte| id * 256 + u128::from(byte));
    AgentRef { id: AgentId(Uuid::from_u128(id)), first_name: name.to_owned() }
}

pub(super) fn unbegun() -> ConversationState {
    let (id, site, visitor) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
    ConversationState::unbegun(ConversationId(id), SiteId(site), VisitorId(visitor))
}

pub(super) fn card() -> ProductCard {
    ProductCard {
        product: ProductId("tea".into()),
        sku: None,
        title: "Teapot".into(),
        variant: String::new(),
        price: Some(Money { minor: 2490, currency: "EUR".into(), decimals: 2 }),
        regular_price: None,
        availability: CardAvailability::InStock,
        stock: None,
        image: None,
        link: None,
        external_id: None,
    }
}

/// Tea and a mug beside each other.
pub(super) fn comparison() -> ProductComparison {
    let mug = ProductCard { product: ProductId("mug".into()), title: "Mug".into(), ..card() };
    let row = ComparedRow { what: ComparedWhat::Brand {}, values: vec!["Corlieu".into(), String::new()] };
    ProductComparison { cards: vec![card(), mug], rows: vec![row] }
}

pub(super) fn compares(products: &[&str]) -> AgentCommand {
    let choice = |id: &&str| ProductChoice { product: ProductId((*id).into()), sku: None };
    AgentCommand::CompareProducts { products: products.iter().map(choice).collect() }
}

/// Everything could be looked up.
pub(super) fn facts() -> Facts {
    Facts {
        target: Some(agent("Noor")),
        card: Some(card()),
        comparison: Some(comparison()),
        document: Some(DocumentRef {
            id: DocumentId(Uuid::from_u128(9)),
            name: "cup.png".into(),
            media_type: "image/png".into(),
            bytes: 5,
            preview: true,
        }),
        label: Some("Delivery".into()),
        rating: Some(RatingScale::Five),
        form: Ok(vec![detail("name", "Léa", DetailRole::Name)]),
        ..Facts::at(NOW, transfer(7))
    }
}

pub(super) fn detail(field: &str, value: &str, role: DetailRole) -> Detail {
    Detail { field: field.into(), label: field.into(), value: value.into(), role }
}

pub(super) fn opening() -> Command {
    Command::Begin(Opening { previous: None, lang: "fr".into(), page: None, bot_version: 3, test: false })
}

pub(super) fn turn(say: &str) -> BotTurn {
    let buttons = vec![BotButton { label: "Delivery".into(), url: None }];
    BotTurn { say: vec![say.into()], buttons, ..BotTurn::default() }
}

pub(super) fn answer(answers: u64, queue: Option<Queue>) -> Command {
    let why = BotWhy { rung: "button".into(), version: 3, because: "`Delivery`".into(), ..BotWhy::default() };
    let turn = Some(turn("Here you are."));
    Command::Server(ServerCommand::Answer(Box::new(BotAnswer {
        answers,
        kept: Vec::new(),
        queue,
        turn,
        why: Some(why),
    })))
}

pub(super) fn by_visitor(command: VisitorCommand) -> Command {
    Command::Visitor(command)
}

pub(super) fn by(name: &str, command: AgentCommand) -> Command {
    Command::Agent { by: agent(name), command }
}

pub(super) fn says(text: &str) -> Command {
    by_visitor(VisitorCommand::PostMessage { text: text.into() })
}

/// Decides, numbers and folds; panics on a refusal.
pub(super) fn after(mut state: ConversationState, commands: &[Command]) -> ConversationState {
    for command in commands {
        let bodies = decide(&state, command, &facts()).unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}"));
        for event in numbered(&state, bodies) {
            state = apply(state, &event);
        }
    }
    state
}

pub(super) fn numbered(state: &ConversationState, bodies: Vec<EventBody>) -> Vec<Event> {
    (state.head + 1..).zip(bodies).map(|(seq, body)| Event { seq, at: NOW, body }).collect()
}

pub(super) fn with_bot() -> ConversationState {
    after(unbegun(), &[opening(), answer(0, None)])
}

pub(super) fn waiting() -> ConversationState {
    after(with_bot(), &[says("A person, please"), answer(4, Some(Queue::Handoff))])
}

pub(super) fn taken_by(name: &str) -> ConversationState {
    let state = waiting();
    let version = state.version;
    after(state, &[by(name, AgentCommand::TakeConversation { version })])
}

pub(super) fn offered_to_noor() -> ConversationState {
    let state = taken_by("Camille");
    let version = state.version;
    after(
        state,
        &[by("Camille", AgentCommand::OfferTransfer { version, to: agent("Noor").id, note: "knows tea".into() })],
    )
}

pub(super) fn share(n: u128) -> ShareId {
    ShareId(Uuid::from_u128(n))
}

pub(super) fn shares(command: ShareCommand) -> Command {
    Command::Server(ServerCommand::Share(command))
}

pub(super) fn act() -> ShareAct {
    ShareAct { kind: ActKind::Clicked, label: "Add to cart".into() }
}

/// Camille asked.
pub(super) fn asked() -> ConversationState {
    let ask = ShareCommand::Ask { share: share(5), by: agent("Camille"), level: ShareLevel::See };
    after(taken_by("Camille"), &[shares(ask)])
}

/// Camille sees the visitor's page.
pub(super) fn shared() -> ConversationState {
    let agree = ShareCommand::Agree { share: share(5), to: agent("Camille").id, level: ShareLevel::See };
    after(asked(), &[shares(agree)])
}

/// Camille drives it, and offered the conversation to Noor.
pub(super) fn driven() -> ConversationState {
    let (by, level) = (agent("Camille"), ShareLevel::Control);
    let to = by.id;
    let ask = ShareCommand::Ask { share: share(5), by, level };
    let state = after(shared(), &[shares(ask), shares(ShareCommand::Agree { share: share(5), to, level })]);
    let version = state.version;
    let offer = AgentCommand::OfferTransfer { version, to: agent("Noor").id, note: String::new() };
    after(state, &[by_name(offer)])
}

fn by_name(command: AgentCommand) -> Command {
    by("Camille", command)
}

pub(super) fn closed() -> ConversationState {
    let state = after(
        taken_by("Camille"),
        &[by("Camille", AgentCommand::RecommendProduct { product: ProductId("tea".into()), sku: None })],
    );
    let version = state.version;
    after(state, &[by("Camille", AgentCommand::CloseConversation { version })])
}

#[test]
fn an_agent_who_vanishes_leaves_the_conversation_first_in_line_under_their_name() {
    let state = after(offered_to_noor(), &[Command::Server(ServerCommand::LoseAgent { agent: agent("Camille").id })]);

    assert_eq!(
        state.phase,
        Phase::Waiting { since: NOW, message_left: false, first_in_line: true, was_with: Some(agent("Camille")) }
    );
}

#[test]
fn a_button_of_an_older_turn_changes_nothing() {
    let state = after(with_bot(), &[says("Hello"), answer(4, None)]);
    assert_eq!((state.start_turn, state.latest_turn), (2, 5));
    for (turn, allowed) in [(0, false), (2, false), (4, false), (5, true)] {
        let decided = decide(&state, &by_visitor(VisitorCommand::ChooseButton { turn, button: 0 }), &facts());
        assert_eq!(decided.is_ok(), allowed, "turn {turn}: {decided:?}");
    }
}

#[test]
fn the_start_turn_may_be_called_zero_until_the_bot_speaks_again() {
    let button = by_visitor(VisitorCommand::ChooseButton { turn: 0, button: 0 });
    let chosen = EventBody::ButtonChosen { turn: 2, button: 0, label: "Delivery".into() };
    assert_eq!(decide(&with_bot(), &button, &facts()), Ok(vec![chosen]));
}

#[test]
fn a_text_that_the_bot_has_not_answered_is_known_until_it_speaks_or_a_person_comes() {
    let asked = after(with_bot(), &[says("Hello")]);
    assert_eq!(asked.unanswered, 4);
    assert_eq!(after(asked.clone(), &[answer(4, None)]).unanswered, 0);
    assert_eq!(after(asked, &[answer(4, Some(Queue::Handoff))]).unanswered, 0);
    assert_eq!(after(waiting(), &[says("Hurry")]).unanswered, 0);
}

#[test]
fn a_later_answer_to_a_field_replaces_the_earlier_one_in_its_place() {
    let given = |details: Vec<Detail>| Facts { form: Ok(details), ..facts() };
    let submit = by_visitor(VisitorCommand::SubmitForm { turn: 2, answers: Vec::new() });
    let mut state = with_bot();
    for details in [
        vec![detail("name", "Lea", DetailRole::Name), detail("email", "l@x.fr", DetailRole::Email)],
        vec![detail("name", "Léa", DetailRole::Name)],
    ] {
        let bodies = decide(&state, &submit, &given(details)).unwrap();
        state = numbered(&state, bodies).iter().fold(state, apply);
    }
    let values: Vec<&str> = state.details.iter().map(|detail| detail.value.as_str()).collect();
    assert_eq!(values, ["Léa", "l@x.fr"]);
}

#[test]
fn what_can_grow_in_a_state_stops_at_its_bound() {
    let mut state = taken_by("Camille");
    for _ in 0..CARDS_MAX + 5 {
        state = after(
            state,
            &[
                says(&"long ".repeat(100)),
                by("Camille", AgentCommand::RecommendProduct { product: ProductId("tea".into()), sku: None }),
            ],
        );
    }
    assert_eq!((state.cards.len(), state.visitor_inputs.len()), (CARDS_MAX, VISITOR_INPUTS_MAX));
    state = after(state, &[says(&"é".repeat(1000))]);
    assert_eq!(state.last.text.chars().count(), LINE_CHARS_MAX);
}

#[test]
fn a_visitor_receives_the_number_of_an_agents_event_and_nothing_else() {
    use crate::protocol::Audience;
    let note = Event { seq: 5, at: NOW, body: EventBody::NoteAdded { by: agent("Noor"), text: "rude".into() } };
    assert_eq!(
        serde_json::to_string(&view_for(Audience::Everyone, &note)).unwrap(),
        r#"{"seq":5,"at":"1970-01-01T00:00:00.000Z","body":{"type":"withheld"}}"#
    );
    assert_eq!(view_for(Audience::Agents, &note), note);
}

#[test]
fn every_type_of_event_has_its_audience() {
    let mut seen: Vec<(String, Audience)> = Vec::new();
    for event in fold::every_event() {
        let json = serde_json::to_value(&event.body).unwrap();
        seen.push((json["type"].as_str().unwrap().to_owned(), audience(&event.body)));
    }
    seen.sort_by(|a, b| a.0.cmp(&b.0));
    seen.dedup();
    use crate::protocol::Audience::{self, Agents, Everyone};
    let expected = [
        ("bot_explained", Agents),
        ("bot_spoke", Everyone),
        ("button_chosen", Everyone),
        ("card_marked", Agents),
        ("conversation_closed", Everyone),
        ("conversation_queued", Everyone),
        ("conversation_rated", Everyone),
        ("conversation_started", Everyone),
        ("conversation_taken", Everyone),
        ("conversation_transferred", Everyone),
        ("details_given", Everyone),
        ("document_shared", Everyone),
        ("message_posted", Everyone),
        ("note_added", Agents),
        ("product_recommended", Everyone),
        ("products_compared", Everyone),
        ("share_acted", Agents),
        ("share_changed", Everyone),
        ("transfer_ended", Agents),
        ("transfer_offered", Agents),
    ];
    assert_eq!(seen.iter().map(|(name, audience)| (name.as_str(), *audience)).collect::<Vec<_>>(), expected);
    assert_eq!(audience(&EventBody::Withheld {}), Everyone);
}

#[test]
fn a_card_is_marked_once_each_also_after_the_close() {
    let state = closed();
    let card = state.cards[0].seq;
    let mark = |mark| by_visitor(VisitorCommand::MarkCard { card, mark, product: None });
    let state = after(state, &[mark(CardMark::Opened)]);
    assert_eq!(decide(&state, &mark(CardMark::Opened), &facts()), Ok(Vec::new()));
    assert_eq!(decide(&state, &mark(CardMark::Seen), &facts()).unwrap().len(), 1);
    let unknown = by_visitor(VisitorCommand::MarkCard { card: 1, mark: CardMark::Seen, product: None });
    assert_eq!(decide(&state, &unknown, &facts()).unwrap_err().code, crate::protocol::RefusalCode::NoSuchCard);
}

#[test]
fn a_comparison_is_of_two_to_four_different_products() {
    let mine = taken_by("Camille");
    for products in [&["tea"][..], &["tea", "tea"], &["a", "b", "c", "d", "e"], &[]] {
        let refused = decide(&mine, &by("Camille", compares(products)), &facts());
        assert_eq!(refused.unwrap_err().code, RefusalCode::NotComparable, "{products:?}");
    }
    let gone = Facts { comparison: None, ..facts() };
    let refused = decide(&mine, &by("Camille", compares(&["tea", "mug"])), &gone);
    assert_eq!(refused.unwrap_err().code, RefusalCode::NoSuchProduct);
}

#[test]
fn a_comparison_is_seen_as_a_whole_and_opened_and_added_product_by_product() {
    let state = after(taken_by("Camille"), &[by("Camille", compares(&["tea", "mug"]))]);
    let card = state.head;
    let mark = |mark, product: Option<&str>| {
        by_visitor(VisitorCommand::MarkCard { card, mark, product: product.map(|id| ProductId(id.into())) })
    };
    let state = after(state, &[mark(CardMark::Seen, None), mark(CardMark::Added, Some("mug"))]);
    assert_eq!(decide(&state, &mark(CardMark::Added, Some("mug")), &facts()), Ok(Vec::new()));
    for (which, product) in [(CardMark::Added, Some("tea")), (CardMark::Opened, Some("mug"))] {
        assert_eq!(decide(&state, &mark(which, product), &facts()).unwrap().len(), 1, "{which:?} {product:?}");
    }
    for (which, product) in [(CardMark::Opened, None), (CardMark::Seen, Some("tea")), (CardMark::Added, Some("cup"))] {
        let refused = decide(&state, &mark(which, product), &facts());
        assert_eq!(refused.unwrap_err().code, RefusalCode::NoSuchCard, "{which:?} {product:?}");
    }
}
