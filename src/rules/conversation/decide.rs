//! What follows from a command: events, or a refusal that says why not.
//!
//! One function a party. No events and no refusal means that the command asks for
//! what already is (taking what one holds, marking a card twice): it is acknowledged
//! and changes nothing.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::command::{BotAnswer, Command, Facts, FormFault, Opening, Queue, ServerCommand};
use super::share;
use super::state::{ConversationState, Phase};
use crate::protocol::cobrowse::ShareEnd;
use crate::protocol::conversation::TransferOffer;
use crate::protocol::event::TransferOutcome;
use crate::protocol::{
    AgentCommand, AgentId, AgentRef, Author, CardMark, EventBody, MESSAGE_BYTES_MAX, ProductChoice, ProductId,
    QueueReason, RATING_COMMENT_BYTES_MAX, RatingScale, Refusal, RefusalCode, TransferId, VisitorCommand,
};

/// An offer is open for so long; then it is back to how it was.
pub const OFFER_SECONDS: i64 = 60;
/// A note to the colleague who is offered the conversation.
pub const TRANSFER_NOTE_BYTES_MAX: usize = 2 * 1024;
/// Products of one comparison.
pub const COMPARED: RangeInclusive<usize> = 2..=4;
/// The worst and the best that a visitor may say of a conversation.
pub const RATINGS: RangeInclusive<u8> = 1..=5;

pub(super) type Decision = Result<Vec<EventBody>, Refusal>;

/// What follows from a command in this state.
///
/// # Errors
/// The refusal to give to whoever sent it.
pub fn decide(state: &ConversationState, command: &Command, facts: &Facts) -> Decision {
    match command {
        Command::Begin(opening) => Ok(begin(state, opening)),
        Command::Visitor(command) => refuse_unbegun(state).and_then(|()| visitor(state, command, facts)),
        Command::Agent { by, command } => refuse_unbegun(state).and_then(|()| agent(state, by, command, facts)),
        Command::Server(command) => refuse_unbegun(state).and_then(|()| server(state, command)),
    }
}

/// A conversation that has begun is simply the one to write in.
fn begin(state: &ConversationState, opening: &Opening) -> Vec<EventBody> {
    if state.has_begun() {
        return Vec::new();
    }
    let Opening { previous, lang, page, bot_version, test } = opening.clone();
    vec![EventBody::ConversationStarted { previous, lang, page, bot_version, test }]
}

fn visitor(state: &ConversationState, command: &VisitorCommand, facts: &Facts) -> Decision {
    let open = refuse_closed(state);
    match command {
        VisitorCommand::Begin {} => open.map(|()| Vec::new()),
        VisitorCommand::PostMessage { text } => {
            open?;
            check_text(text)?;
            Ok(vec![EventBody::MessagePosted { author: Author::Visitor {}, text: text.clone() }])
        }
        VisitorCommand::ChooseButton { turn, button } => {
            open?;
            let turn = latest_turn(state, *turn)?;
            let label = facts.label.clone().ok_or(RefusalCode::StaleTurn)?;
            Ok(vec![EventBody::ButtonChosen { turn, button: *button, label }])
        }
        VisitorCommand::SubmitForm { turn, answers: _ } => {
            open?;
            latest_turn(state, *turn)?;
            match &facts.form {
                Ok(details) => Ok(vec![EventBody::DetailsGiven { details: details.clone() }]),
                Err(FormFault::Stale) => Err(RefusalCode::StaleTurn.into()),
                Err(FormFault::Invalid(fields)) => {
                    let mut refusal = Refusal::from(RefusalCode::InvalidFields);
                    refusal.fields.clone_from(fields);
                    Err(refusal)
                }
            }
        }
        VisitorCommand::ShareDocument { document: _ } => {
            open?;
            share_document(Author::Visitor {}, facts)
        }
        VisitorCommand::Rate { rating, comment } => rate(state, *rating, comment, facts.rating),
        VisitorCommand::MarkCard { card, mark, product } => mark_card(state, *card, *mark, product.as_ref()),
    }
}

/// Only the latest turn's offers count, and only while nobody but the bot answers. A client
/// that saw the start turn before the conversation began calls it 0.
fn latest_turn(state: &ConversationState, turn: u64) -> Result<u64, Refusal> {
    let answered_by_bot = match &state.phase {
        Phase::Bot {} | Phase::Waiting { .. } => true,
        Phase::InProgress { .. } | Phase::Closed { .. } => false,
    };
    let meant = if turn == 0 { state.start_turn } else { turn };
    let latest = meant != 0 && meant == state.latest_turn;
    if answered_by_bot && latest { Ok(meant) } else { Err(RefusalCode::StaleTurn.into()) }
}

/// Of a closed conversation, once: another tab's second word changes nothing.
fn rate(state: &ConversationState, rating: u8, comment: &str, asked: Option<RatingScale>) -> Decision {
    match &state.phase {
        Phase::Closed { .. } => {}
        Phase::Bot {} | Phase::Waiting { .. } | Phase::InProgress { .. } => return Err(stage_changed(state)),
    }
    let fits = match asked.ok_or(RefusalCode::NotFound)? {
        RatingScale::Five => RATINGS.contains(&rating),
        RatingScale::Thumbs => rating == *RATINGS.start() || rating == *RATINGS.end(),
    };
    if !fits {
        return Err(RefusalCode::InvalidValue.into());
    }
    if comment.len() > RATING_COMMENT_BYTES_MAX {
        return Err(Refusal::new(RefusalCode::TextTooLong).saying("The comment is longer than 2 KiB."));
    }
    refuse_nul(comment)?;
    if state.rated.is_some() {
        return Ok(Vec::new());
    }
    Ok(vec![EventBody::ConversationRated { rating, comment: comment.trim().to_owned() }])
}

/// Once each; also after the close.
fn mark_card(state: &ConversationState, card: u64, mark: CardMark, product: Option<&ProductId>) -> Decision {
    let known = state.cards.iter().find(|known| known.seq == card).ok_or(RefusalCode::NoSuchCard)?;
    let marked = known.is_marked(mark, product).ok_or(RefusalCode::NoSuchCard)?;
    Ok(if marked { Vec::new() } else { vec![EventBody::CardMarked { card, mark, product: product.cloned() }] })
}

fn share_document(author: Author, facts: &Facts) -> Decision {
    let document = facts.document.clone().ok_or(RefusalCode::NoSuchDocument)?;
    Ok(vec![EventBody::DocumentShared { author, document }])
}

fn agent(state: &ConversationState, by: &AgentRef, command: &AgentCommand, facts: &Facts) -> Decision {
    refuse_closed(state)?;
    match command {
        AgentCommand::TakeConversation { version } => take(state, by, *version),
        AgentCommand::PostMessage { text } => {
            in_charge(state, by)?;
            check_text(text)?;
            Ok(vec![EventBody::MessagePosted { author: Author::Agent { agent: by.clone() }, text: text.clone() }])
        }
        AgentCommand::AddNote { text } => {
            check_text(text)?;
            Ok(vec![EventBody::NoteAdded { by: by.clone(), text: text.clone() }])
        }
        AgentCommand::ShareDocument { document: _ } => {
            in_charge(state, by)?;
            share_document(Author::Agent { agent: by.clone() }, facts)
        }
        AgentCommand::RecommendProduct { product: _, sku: _ } => {
            in_charge(state, by)?;
            let card = facts.card.clone().ok_or(RefusalCode::NoSuchProduct)?;
            Ok(vec![EventBody::ProductRecommended { by: by.clone(), card }])
        }
        AgentCommand::CompareProducts { products } => {
            in_charge(state, by)?;
            compare(by, products, facts)
        }
        AgentCommand::OfferTransfer { version, to, note } => offer(state, by, *version, *to, note, facts),
        AgentCommand::AcceptTransfer { transfer } => {
            let offer = open_offer(state, *transfer)?;
            for_whom(by, &offer.to)?;
            let (transfer, from, to) = (*transfer, offer.from.clone(), by.clone());
            let of_share = share::transferred(state, by);
            let mut events = vec![EventBody::ConversationTransferred { transfer, from, to }];
            events.extend(of_share);
            Ok(events)
        }
        AgentCommand::DeclineTransfer { transfer } => {
            for_whom(by, &open_offer(state, *transfer)?.to)?;
            Ok(vec![EventBody::TransferEnded { transfer: *transfer, outcome: TransferOutcome::Declined }])
        }
        AgentCommand::WithdrawTransfer { transfer } => {
            for_whom(by, &open_offer(state, *transfer)?.from)?;
            Ok(vec![EventBody::TransferEnded { transfer: *transfer, outcome: TransferOutcome::Withdrawn }])
        }
        AgentCommand::CloseConversation { version } => {
            in_charge(state, by)?;
            same_version(state, *version)?;
            let mut events = overtaken(state);
            events.extend(share::over(state, ShareEnd::ConversationClosed));
            events.push(EventBody::ConversationClosed { by: by.clone() });
            Ok(events)
        }
    }
}

/// Each product once: a comparison with itself says nothing.
fn compare(by: &AgentRef, products: &[ProductChoice], facts: &Facts) -> Decision {
    let distinct: BTreeSet<&ProductId> = products.iter().map(|choice| &choice.product).collect();
    if !COMPARED.contains(&products.len()) || distinct.len() != products.len() {
        return Err(RefusalCode::NotComparable.into());
    }
    let comparison = facts.comparison.clone().ok_or(RefusalCode::NoSuchProduct)?;
    Ok(vec![EventBody::ProductsCompared { by: by.clone(), comparison }])
}

/// One winner: whoever comes with the version that still is.
fn take(state: &ConversationState, by: &AgentRef, version: u64) -> Decision {
    match &state.phase {
        Phase::Waiting { .. } => {
            same_version(state, version)?;
            Ok(vec![EventBody::ConversationTaken { by: by.clone() }])
        }
        // Another tab of the same agent: they have what they ask for.
        Phase::InProgress { agent, .. } if agent.id == by.id => Ok(Vec::new()),
        Phase::InProgress { agent, .. } => {
            Err(Refusal::from(RefusalCode::AlreadyTaken).by(agent.clone()).at(state.phase.stage()))
        }
        Phase::Bot {} | Phase::Closed { .. } => Err(stage_changed(state)),
    }
}

fn offer(state: &ConversationState, by: &AgentRef, version: u64, to: AgentId, note: &str, facts: &Facts) -> Decision {
    in_charge(state, by)?;
    same_version(state, version)?;
    if let Some(open) = state.phase.offer() {
        return Err(Refusal::from(RefusalCode::OfferPending).by(open.to.clone()));
    }
    if note.len() > TRANSFER_NOTE_BYTES_MAX {
        return Err(RefusalCode::TextTooLong.into());
    }
    refuse_nul(note)?;
    let target = facts.target.clone().filter(|target| target.id == to && to != by.id);
    Ok(vec![EventBody::TransferOffered {
        transfer: facts.transfer,
        from: by.clone(),
        to: target.ok_or(RefusalCode::AgentUnreachable)?,
        note: note.to_owned(),
        expires_at: facts.now.plus_seconds(OFFER_SECONDS),
    }])
}

fn server(state: &ConversationState, command: &ServerCommand) -> Decision {
    match command {
        ServerCommand::Answer(answer) => bot_answers(state, answer),
        ServerCommand::Share(command) => share::decide(state, command),
        ServerCommand::EndOffer { transfer } => {
            open_offer(state, *transfer)?;
            Ok(vec![EventBody::TransferEnded { transfer: *transfer, outcome: TransferOutcome::TimedOut }])
        }
        ServerCommand::LoseTarget { target } => {
            let lost = state.phase.offer().filter(|offer| offer.to.id == *target);
            let ended = |offer: &TransferOffer| EventBody::TransferEnded {
                transfer: offer.transfer,
                outcome: TransferOutcome::TargetGone,
            };
            Ok(lost.map(ended).into_iter().collect())
        }
        ServerCommand::LoseAgent { agent } => match &state.phase {
            Phase::InProgress { agent: held_by, .. } if held_by.id == *agent => {
                let mut events = overtaken(state);
                events.extend(share::over(state, ShareEnd::AgentGone));
                events
                    .push(EventBody::ConversationQueued { reason: QueueReason::AgentGone { agent: held_by.clone() } });
                Ok(events)
            }
            Phase::InProgress { .. } | Phase::Bot {} | Phase::Waiting { .. } | Phase::Closed { .. } => Ok(Vec::new()),
        },
    }
}

/// The bot speaks while it or the line is in charge. Whatever it was about to say when an
/// agent came stays unsaid.
fn bot_answers(state: &ConversationState, answer: &BotAnswer) -> Decision {
    let waits = match &state.phase {
        Phase::Bot {} => None,
        Phase::Waiting { message_left, .. } => Some(*message_left),
        Phase::InProgress { .. } => return Err(not_in_charge(state)),
        Phase::Closed { .. } => return Err(RefusalCode::ConversationClosed.into()),
    };
    let BotAnswer { answers, kept, queue, turn, why } = answer.clone();
    let mut events = Vec::new();
    if !kept.is_empty() {
        events.push(EventBody::DetailsGiven { details: kept });
    }
    let reason = match (queue, waits) {
        (Some(Queue::Handoff), None | Some(true)) => Some(QueueReason::Handoff {}),
        (Some(Queue::MessageLeft), None | Some(false)) => Some(QueueReason::MessageLeft {}),
        (Some(Queue::Handoff), Some(false)) | (Some(Queue::MessageLeft), Some(true)) | (None, _) => None,
    };
    events.extend(reason.map(|reason| EventBody::ConversationQueued { reason }));
    events.extend(turn.filter(|turn| !turn.is_silent()).map(|turn| EventBody::BotSpoke { turn, answers }));
    events.extend(why.map(|why| EventBody::BotExplained { answers, why }));
    Ok(events)
}

/// An open offer does not outlive the charge of its giver.
fn overtaken(state: &ConversationState) -> Vec<EventBody> {
    let ended = |offer: &TransferOffer| EventBody::TransferEnded {
        transfer: offer.transfer,
        outcome: TransferOutcome::Overtaken,
    };
    state.phase.offer().map(ended).into_iter().collect()
}

fn open_offer(state: &ConversationState, transfer: TransferId) -> Result<&TransferOffer, Refusal> {
    state.phase.offer().filter(|offer| offer.transfer == transfer).ok_or_else(|| RefusalCode::NoSuchOffer.into())
}

fn for_whom(by: &AgentRef, whom: &AgentRef) -> Result<(), Refusal> {
    if by.id == whom.id { Ok(()) } else { Err(RefusalCode::NoSuchOffer.into()) }
}

pub(super) fn in_charge(state: &ConversationState, by: &AgentRef) -> Result<(), Refusal> {
    match state.phase.in_charge() {
        Some(agent) if agent.id == by.id => Ok(()),
        Some(_) | None => Err(not_in_charge(state)),
    }
}

fn not_in_charge(state: &ConversationState) -> Refusal {
    let refusal = Refusal::from(RefusalCode::NotInCharge).at(state.phase.stage());
    match state.phase.in_charge() {
        Some(agent) => refusal.by(agent.clone()),
        None => refusal,
    }
}

fn same_version(state: &ConversationState, version: u64) -> Result<(), Refusal> {
    if version == state.version { Ok(()) } else { Err(stage_changed(state)) }
}

fn stage_changed(state: &ConversationState) -> Refusal {
    let refusal = Refusal::from(RefusalCode::StageChanged).at(state.phase.stage());
    match state.phase.agent() {
        Some(agent) => refusal.by(agent.clone()),
        None => refusal,
    }
}

fn refuse_unbegun(state: &ConversationState) -> Result<(), Refusal> {
    if state.has_begun() { Ok(()) } else { Err(RefusalCode::NotFound.into()) }
}

fn refuse_closed(state: &ConversationState) -> Result<(), Refusal> {
    match &state.phase {
        Phase::Closed { at: _, by } => {
            Err(Refusal::from(RefusalCode::ConversationClosed).by(by.clone()).at(state.phase.stage()))
        }
        Phase::Bot {} | Phase::Waiting { .. } | Phase::InProgress { .. } => Ok(()),
    }
}

/// A message as anybody may write one.
///
/// # Errors
/// [`RefusalCode::TextTooLong`], [`RefusalCode::EmptyText`], [`RefusalCode::ForbiddenCharacter`].
pub fn check_text(text: &str) -> Result<(), Refusal> {
    if text.len() > MESSAGE_BYTES_MAX {
        return Err(RefusalCode::TextTooLong.into());
    }
    if text.trim().is_empty() {
        return Err(RefusalCode::EmptyText.into());
    }
    refuse_nul(text)
}

/// SQLite would store it, Postgres cannot.
fn refuse_nul(text: &str) -> Result<(), Refusal> {
    if text.contains('\0') { Err(RefusalCode::ForbiddenCharacter.into()) } else { Ok(()) }
}
