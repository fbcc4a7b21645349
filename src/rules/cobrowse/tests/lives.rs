//! Generated lives of a share: what must hold whatever comes in whichever order.

use super::*;
use crate::protocol::cobrowse::{ControlEnd, NotAgreed, ShareEnd};

/// Numbers from a seed (splitmix64): the same sequence at every run, printed when it fails.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}

fn open_ask(share: &Share) -> AskId {
    match &share.stage {
        Stage::Asked { ask, .. } | Stage::ControlAsked { ask, .. } => *ask,
        _ => ask(0),
    }
}

/// What would happen next if nothing went wrong.
fn natural(share: &Share, turn: u128) -> Input {
    let said = |step| Input::Logged { share: share.id().unwrap_or(share_id()), step, ask: ask(turn) };
    let (see, control) = (ShareLevel::See, ShareLevel::Control);
    match share.stage.clone() {
        Stage::Idle => said(ShareStep::Asked { by: agent("Camille"), level: see }),
        Stage::Asked { ask, answered: false, .. } => Input::AnswerConsent { ask, granted: true },
        Stage::Asked { agent, answered: true, .. } => said(ShareStep::Agreed { to: agent, level: see }),
        Stage::Away { .. } => Input::PageCame { epoch: 0 },
        Stage::Sharing { .. } if share.tabs == 0 => Input::Watched { tabs: 1 },
        Stage::Sharing { .. } if share.rule != PageRule::Full => Input::Described { rule: PageRule::Full },
        Stage::Sharing { agent, .. } => said(ShareStep::Asked { by: agent, level: control }),
        Stage::ControlAsked { ask, granted: None, .. } => {
            Input::AnswerControl { ask, granted: true, epoch: share.epoch + 1 }
        }
        Stage::ControlAsked { agent, granted: Some(_), .. } => said(ShareStep::Agreed { to: agent, level: control }),
        Stage::InControl { agent, epoch, .. } => Input::Order { by: agent.id, epoch },
        Stage::Suspended { epoch, .. } => Input::PageCame { epoch },
    }
}

/// Any input; the log's are those that it could say now, as far as one can tell from here.
fn any_input(share: &Share, turn: u128, dice: &mut Dice) -> Input {
    let by = agent(["Camille", "Noor"][usize::try_from(dice.roll(5) / 4).unwrap()]);
    let level = [ShareLevel::See, ShareLevel::Control][usize::try_from(dice.roll(2)).unwrap()];
    if dice.roll(2) == 0 {
        return natural(share, turn);
    }
    let ask = open_ask(share);
    let epoch = share.epoch.saturating_sub(1) + u32::try_from(dice.roll(3)).unwrap();
    let granted = dice.roll(4) > 0;
    let say = |step| Input::Logged { share: share.id().unwrap_or(share_id()), step, ask: super::ask(turn) };
    match dice.roll(30) {
        0 => Input::AskConsent { by, share: share_id(), allowed: true },
        1 => Input::WithdrawAsk { by: by.id },
        2 => Input::RequestControl { by, allowed: true },
        3 => Input::ReleaseControl { by: by.id },
        4 => Input::AgentStops { by: by.id },
        5 | 6 => Input::Order { by: by.id, epoch },
        7 => Input::Point { by: by.id },
        8 => Input::Watched { tabs: u32::try_from(dice.roll(3)).unwrap() },
        9 => Input::Looked { visible: granted },
        10 => Input::Heard,
        11..=13 => Input::AnswerConsent { ask, granted },
        14..=16 => Input::AnswerControl { ask, granted, epoch },
        17 => Input::TakeBack { epoch },
        18 if dice.roll(4) == 0 => Input::PageStops { reason: ShareEnd::VisitorStopped },
        18..=20 => Input::PageCame { epoch },
        21 => Input::PageGone,
        22 | 23 => Input::Described { rule: if granted { PageRule::Full } else { PageRule::SeeOnly } },
        24 | 25 => say(ShareStep::Asked { by, level }),
        26..=28 => natural(share, turn),
        _ => match dice.roll(4) {
            0 => say(ShareStep::NotAgreed { to: by, level, why: NotAgreed::Overtaken }),
            1 => say(ShareStep::ControlEnded { agent: by, reason: ControlEnd::Transferred }),
            2 => say(ShareStep::Ended { agent: by, reason: ShareEnd::ConversationClosed }),
            _ => Input::Tick,
        },
    }
}

fn life(seed: u64, mut check: impl FnMut(&Share, &Input, &Share, &[Effect])) {
    let mut dice = Dice(seed);
    let mut share = idle();
    for turn in 0..300 {
        let now = NOW + Millis::try_from(turn).unwrap() * dice.roll(900);
        let input = any_input(&share, 1_000 + turn, &mut dice);
        let (next, effects) = step(share.clone(), &input, now);
        check(&share, &input, &next, &effects);
        share = next;
    }
}

#[test]
fn an_order_is_forwarded_only_to_whom_holds_that_very_grant() {
    let mut forwarded = 0;
    for seed in 1..300 {
        life(seed, |before, input, _, effects| {
            let Input::Order { by, epoch } = input else { return };
            if effects.contains(&Effect::Forward) {
                forwarded += 1;
                let held = matches!(&before.stage, Stage::InControl { agent, epoch: held, .. }
                    if agent.id == *by && held == epoch);
                assert!(held && before.page_here, "seed {seed}: {before:?}");
            }
        });
    }
    assert!(forwarded > 100, "{forwarded}");
}

#[test]
fn control_comes_only_by_the_pages_own_grant_and_no_epoch_is_used_twice() {
    let mut grants = 0;
    for seed in 1..300 {
        let mut highest = 0;
        life(seed, |before, input, after, _| {
            assert!(after.epoch >= before.epoch, "seed {seed}: epochs only rise");
            let Stage::InControl { epoch, .. } = &after.stage else { return };
            match &before.stage {
                Stage::InControl { epoch: held, .. } | Stage::Suspended { epoch: held, .. } => {
                    assert_eq!(held, epoch, "seed {seed}: {input:?}");
                }
                Stage::ControlAsked { granted, .. } => {
                    grants += 1;
                    assert_eq!(*granted, Some(*epoch), "seed {seed}: {input:?}");
                    assert!(*epoch > highest, "seed {seed}: {epoch} was used before");
                    highest = *epoch;
                }
                other => panic!("seed {seed}: from {other:?} by {input:?}"),
            }
        });
    }
    assert!(grants > 50, "{grants}");
}

#[test]
fn nobody_sees_a_page_without_the_logs_word_that_the_visitor_agreed() {
    for seed in 1..300 {
        let mut agreed: Option<AgentRef> = None;
        life(seed, |_, input, after, _| {
            if let Input::Logged { step: ShareStep::Agreed { to, level: ShareLevel::See }, .. } = input {
                agreed = Some(to.clone());
            }
            if let Some(agent) = after.agreed() {
                assert_eq!(Some(agent), agreed.as_ref(), "seed {seed}: {input:?}");
            }
        });
    }
}

#[test]
fn whatever_ends_control_tells_both_sides_and_raises_the_epoch() {
    for seed in 1..300 {
        life(seed, |before, input, after, effects| {
            let Stage::InControl { epoch, .. } = &before.stage else { return };
            let goes_on = matches!(&after.stage, Stage::InControl { .. } | Stage::Suspended { .. });
            if goes_on {
                return;
            }
            let told = effects
                .iter()
                .any(|effect| matches!(effect, Effect::ControlEnded { .. } | Effect::SharingEnded { .. }));
            assert!(told, "seed {seed}: {input:?}");
            assert!(after.epoch > *epoch, "seed {seed}: {input:?}");
        });
    }
}
