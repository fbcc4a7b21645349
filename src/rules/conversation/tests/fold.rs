//! Sequences of commands: the state is the fold of the log, and somebody is always in charge.

use super::*;

/// Numbers from a seed (splitmix64): the same sequence at every run, printed when it fails.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// Any command of anybody, often one that will be refused.
fn any_command(state: &ConversationState, dice: &mut Dice) -> Command {
    let name = ["Camille", "Noor", "Sam"][dice.roll(3)];
    let other = ["Camille", "Noor", "Sam"][dice.roll(3)];
    let version = state.version.saturating_sub(u64::try_from(dice.roll(8) / 7).unwrap());
    let offer = state.phase.offer().map_or(transfer(99), |offer| offer.transfer);
    let card = state.cards.last().map_or(1, |card| card.seq);
    let mark = [CardMark::Seen, CardMark::Opened, CardMark::Added][dice.roll(3)];
    let turn = [0, state.latest_turn][dice.roll(2)];
    match dice.roll(26) {
        0 => opening(),
        1 | 2 => says("Hello"),
        3 => by_visitor(VisitorCommand::ChooseButton { turn, button: 0 }),
        4 => by_visitor(VisitorCommand::SubmitForm { turn, answers: Vec::new() }),
        5 => by_visitor(VisitorCommand::ShareDocument { document: DocumentId(Uuid::from_u128(9)) }),
        6 if state.phase.is_closed() && dice.roll(2) == 0 => {
            by_visitor(VisitorCommand::Rate { rating: 4, comment: "Kind".into() })
        }
        6 => by_visitor(VisitorCommand::MarkCard { card, mark, product: None }),
        7 => by(name, AgentCommand::PostMessage { text: "Hello".into() }),
        8 => by(name, AgentCommand::AddNote { text: "Hello".into() }),
        9 if dice.roll(3) == 0 => by(name, compares(&["tea", "mug"])),
        9 => by(name, AgentCommand::RecommendProduct { product: ProductId("tea".into()), sku: None }),
        10 | 11 => by(name, AgentCommand::TakeConversation { version }),
        12 => by(name, AgentCommand::OfferTransfer { version, to: agent(other).id, note: String::new() }),
        13 => by(name, AgentCommand::AcceptTransfer { transfer: offer }),
        14 => by(name, AgentCommand::DeclineTransfer { transfer: offer }),
        15 => by(name, AgentCommand::WithdrawTransfer { transfer: offer }),
        16 => by(name, AgentCommand::CloseConversation { version: [version, 0, 0][dice.roll(3)] }),
        17 => Command::Server(ServerCommand::LoseAgent { agent: agent(name).id }),
        18 => Command::Server(ServerCommand::EndOffer { transfer: offer }),
        19..=24 => any_share_command(state, name, dice),
        _ => answer(state.head, [None, Some(Queue::Handoff), Some(Queue::MessageLeft)][dice.roll(3)]),
    }
}

/// Mostly for the share that there is.
fn any_share_command(state: &ConversationState, name: &str, dice: &mut Dice) -> Command {
    let known = state.share.as_ref().map(|fact| fact.id).filter(|_| dice.roll(8) > 0);
    let share = known.unwrap_or_else(|| share(state.head.into()));
    let level = [ShareLevel::See, ShareLevel::Control][dice.roll(2)];
    let by = state.phase.in_charge().filter(|_| dice.roll(5) > 0).cloned().unwrap_or_else(|| agent(name));
    let to = by.id;
    shares(match dice.roll(9) {
        0..=2 => ShareCommand::Ask { share, by, level },
        3..=5 => ShareCommand::Agree { share, to, level },
        6 => ShareCommand::NotAgree { share, level, why: NotAgreed::TimedOut },
        7 if dice.roll(2) == 0 => ShareCommand::EndControl { share, reason: ControlEnd::TakenBack },
        7 => ShareCommand::End { share, reason: ShareEnd::VisitorStopped },
        _ => {
            // Often for the share that has just ended.
            let seen = state.seen_by.as_ref().filter(|_| dice.roll(3) > 0);
            let (share, by) = seen.map_or((share, to), |seen| (seen.share, seen.agent.id));
            ShareCommand::Act { share, by, acts: vec![act()] }
        }
    })
}

/// One generated life of a conversation: its log, and the state after each decision.
fn life(seed: u64, commands: usize) -> (Vec<Event>, Vec<ConversationState>) {
    let mut dice = Dice(seed);
    let mut log = Vec::new();
    let mut states = vec![unbegun()];
    for _ in 0..commands {
        let state = states.last().unwrap().clone();
        let command = any_command(&state, &mut dice);
        let facts = Facts {
            transfer: transfer(u128::from(seed) * 1000 + log.len() as u128),
            target: match &command {
                Command::Agent { command: AgentCommand::OfferTransfer { to, .. }, .. } => {
                    ["Camille", "Noor", "Sam"].map(agent).into_iter().find(|agent| agent.id == *to)
                }
                _ => None,
            },
            ..facts()
        };
        let Ok(bodies) = decide(&state, &command, &facts) else { continue };
        let events = numbered(&state, bodies);
        states.push(events.iter().fold(state, apply));
        log.extend(events);
    }
    (log, states)
}

pub(super) fn every_event() -> Vec<Event> {
    (1..200).flat_map(|seed| life(seed, 200).0).collect()
}

#[test]
fn a_state_is_the_fold_of_its_log_after_any_commands() {
    for seed in 1..400 {
        let (log, states) = life(seed, 60);
        let mut fresh = unbegun();
        let mut folded = vec![fresh.clone()];
        for event in &log {
            fresh = apply(fresh, event);
            folded.push(fresh.clone());
        }
        for state in &states {
            let head = usize::try_from(state.head).unwrap();
            assert_eq!(&folded[head], state, "seed {seed}, event {head}");
        }
    }
}

#[test]
fn numbers_are_contiguous_and_the_version_rises_with_each_change_of_party_and_only_then() {
    for seed in 1..400 {
        let (log, _) = life(seed, 60);
        let numbers: Vec<u64> = log.iter().map(|event| event.seq).collect();
        assert_eq!(numbers, (1..=log.len() as u64).collect::<Vec<_>>(), "seed {seed}");
        let mut state = unbegun();
        for event in &log {
            let next = apply(state.clone(), event);
            let party = |state: &ConversationState| (state.phase.stage(), state.phase.agent().cloned());
            let changed = party(&state) != party(&next) || !state.has_begun();
            assert_eq!(next.version, state.version + u64::from(changed), "seed {seed}: {event:?}");
            state = next;
        }
    }
}

#[test]
fn after_the_close_cards_are_marked_and_last_acts_told_and_nothing_else() {
    for seed in 1..400 {
        let (log, _) = life(seed, 120);
        let closed = log.iter().position(|event| matches!(event.body, EventBody::ConversationClosed { .. }));
        for event in log.iter().skip(closed.map_or(log.len(), |at| at + 1)) {
            let late = matches!(
                event.body,
                EventBody::CardMarked { .. } | EventBody::ShareActed { .. } | EventBody::ConversationRated { .. }
            );
            assert!(late, "seed {seed}: {event:?}");
        }
    }
}

#[test]
fn an_agent_acts_only_while_in_charge() {
    for seed in 1..400 {
        let (log, _) = life(seed, 60);
        let mut state = unbegun();
        for event in &log {
            let author = match &event.body {
                EventBody::MessagePosted { author: crate::protocol::Author::Agent { agent }, .. } => Some(agent),
                EventBody::ProductRecommended { by, .. } | EventBody::ConversationClosed { by } => Some(by),
                EventBody::TransferOffered { from, .. } => Some(from),
                _ => None,
            };
            if let Some(author) = author {
                assert_eq!(state.phase.in_charge(), Some(author), "seed {seed}: {event:?}");
            }
            if matches!(event.body, EventBody::BotSpoke { .. }) {
                assert_eq!(state.phase.in_charge(), None, "seed {seed}: {event:?}");
            }
            state = apply(state, event);
        }
    }
}

#[test]
fn a_consent_is_for_the_agent_in_charge_and_for_nobody_else() {
    for seed in 1..400 {
        for state in life(seed, 80).1 {
            let Some(fact) = &state.share else { continue };
            let in_charge = state.phase.in_charge().map(|agent| agent.id);
            let named: Vec<_> = fact.agreed.iter().chain(&fact.asked).map(|one| Some(one.agent.id)).collect();
            assert!(!named.is_empty() && named.iter().all(|one| *one == in_charge), "seed {seed}: {state:?}");
        }
    }
}

#[test]
fn nobody_is_seen_or_driven_without_the_visitors_agreement_to_that_agent_and_level() {
    for seed in 1..400 {
        let mut agreed: Option<(ShareId, AgentId, ShareLevel)> = None;
        let mut state = unbegun();
        for event in life(seed, 80).0 {
            if let EventBody::ShareChanged { share, step: ShareStep::Agreed { to, level } } = &event.body {
                agreed = Some((*share, to.id, *level));
            }
            if let EventBody::ShareActed { share, by, .. } = &event.body {
                assert_eq!(agreed.map(|(share, to, _)| (share, to)), Some((*share, by.id)), "seed {seed}: {event:?}");
            }
            state = apply(state, &event);
            let holds = state.share.as_ref().and_then(|fact| fact.agreed.as_ref().map(|one| (fact.id, one.agent.id)));
            if let Some(holds) = holds {
                assert_eq!(agreed.map(|(share, to, _)| (share, to)), Some(holds), "seed {seed}: {event:?}");
            }
        }
    }
}
