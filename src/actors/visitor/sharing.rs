//! The visitor's part in a shared page: the first question goes by the chat, since the page's own
//! socket opens only after the consent; and whatever the log says of the share is said on.

use actix::prelude::*;
use tokio::time::Instant;

use super::super::cobrowse::CobrowseSession;
use super::super::cobrowse::messages::{AttachShare, EndQuestion, OpenShare, PutQuestion, ShareNews, VisitorSays};
use super::super::link::{SocketId, encode};
use super::super::order::Order;
use super::VisitorSession;
use crate::protocol::cobrowse::{ShareEnd, ShareStep};
use crate::protocol::frame::ToVisitor;
use crate::protocol::{AskId, ConversationId, Event, EventBody, ShareId};
use crate::rules::conversation::{Command, ServerCommand, ShareCommand};

/// Steps that were not heard yet; a share has few, and all of them end in its fact.
const UNTOLD_MAX: usize = 64;

/// The share's session, as the supervisor introduced it.
pub struct Sharing {
    conversation: ConversationId,
    to: Addr<CobrowseSession>,
    /// The open question, repeated to each tab that comes.
    question: Option<PutQuestion>,
    untold: Vec<(ShareId, ShareStep)>,
    /// Something was said that found no room.
    behind: bool,
}

impl VisitorSession {
    /// Somebody shares, or may: this session must stay.
    pub(super) fn is_sharing(&self) -> bool {
        self.sharing.as_ref().is_some_and(|sharing| sharing.to.connected())
    }

    /// What the log says of the share, and who is in charge, after it was committed.
    pub(super) fn tell_share(&mut self, conversation: ConversationId, events: &[Event]) {
        let Some(sharing) = self.sharing.as_mut().filter(|sharing| sharing.conversation == conversation) else {
            return;
        };
        let mut concerned = false;
        for event in events {
            match &event.body {
                EventBody::ShareChanged { share, step } => {
                    concerned = true;
                    if sharing.untold.len() < UNTOLD_MAX {
                        sharing.untold.push((*share, step.clone()));
                    }
                }
                EventBody::ConversationTaken { .. }
                | EventBody::ConversationTransferred { .. }
                | EventBody::ConversationQueued { .. }
                | EventBody::ConversationClosed { .. } => concerned = true,
                _ => {}
            }
        }
        if concerned {
            self.say_to_share();
        }
    }

    /// Each tick: what found no room.
    pub(super) fn tell_share_again(&mut self) {
        if self.sharing.as_ref().is_some_and(|sharing| sharing.behind) {
            self.say_to_share();
        }
    }

    fn say_to_share(&mut self) {
        let Some(sharing) = &mut self.sharing else { return };
        let live = self.held.live().filter(|live| live.state.id == sharing.conversation);
        let Some(state) = live.map(|live| &live.state) else {
            sharing.behind = true;
            return;
        };
        let news = ShareNews {
            in_charge: state.phase.in_charge().cloned(),
            lang: state.lang.clone(),
            fact: state.share.clone(),
            steps: std::mem::take(&mut sharing.untold),
        };
        match sharing.to.try_send(news) {
            Ok(()) => sharing.behind = false,
            Err(SendError::Full(news)) => {
                sharing.untold = news.steps;
                sharing.behind = true;
            }
            // Its next life hears the fact.
            Err(SendError::Closed(_)) => self.sharing = None,
        }
    }

    /// A tab has come while the question is open.
    pub(super) fn repeat_question(&mut self, socket: SocketId) {
        let asked = self.sharing.as_ref().and_then(|sharing| sharing.question.as_ref()).map(question_frame);
        if let Some(asked) = asked {
            self.say(socket, &asked);
        }
    }

    fn say_to_tabs(&mut self, frame: &ToVisitor, but: Option<SocketId>) {
        let text = encode(frame);
        for seat in self.seats.iter_mut().filter(|seat| Some(seat.link.socket) != but) {
            // A tab that cannot be written to is found at the next tick.
            let _ = seat.link.send(text.clone());
        }
    }

    pub(super) fn answer_share(&mut self, socket: SocketId, ask: AskId, granted: bool) {
        if let Some(sharing) = &self.sharing {
            // No room: the question stays open, and the visitor may answer again.
            let _ = sharing.to.try_send(VisitorSays::Answer { socket, ask, granted });
        }
    }

    /// Also where the share's session is gone: the log is told all the same.
    pub(super) fn stop_share(&mut self, share: ShareId, ctx: &mut Context<Self>) {
        let told = self.sharing.as_ref().map(|sharing| sharing.to.try_send(VisitorSays::Stop { share }));
        if let Some(Ok(())) = told {
            return;
        }
        let shared = self.held.open().filter(|live| live.state.share.as_ref().is_some_and(|fact| fact.id == share));
        if let Some(conversation) = shared.map(|live| live.state.id) {
            let end = ShareCommand::End { share, reason: ShareEnd::VisitorStopped };
            self.carry(Order::by_server(conversation, Command::Server(ServerCommand::Share(end))), ctx);
        }
    }
}

fn question_frame(question: &PutQuestion) -> ToVisitor {
    let left = question.until.saturating_duration_since(Instant::now()).as_secs();
    ToVisitor::ShareAsked {
        ask: question.ask,
        agent: question.agent.clone(),
        seconds_left: u32::try_from(left).unwrap_or(u32::MAX),
        settings: question.settings.clone(),
    }
}

impl Handler<AttachShare> for VisitorSession {
    type Result = ();

    fn handle(&mut self, attach: AttachShare, ctx: &mut Self::Context) {
        // Not known: the share's session asks again.
        self.when_read(ctx, |this, known, _| {
            if known {
                this.attach(attach);
            }
        });
    }
}

impl VisitorSession {
    /// Only the conversation that is held can be shared: in an earlier one nobody is in charge, and its tabs
    /// must not take the place of those of this one.
    fn attach(&mut self, AttachShare { conversation, to }: AttachShare) {
        if self.held.live().is_none_or(|live| live.state.id != conversation) {
            let nothing = ShareNews { in_charge: None, lang: String::new(), fact: None, steps: Vec::new() };
            // No room: it asks again.
            let _ = to.try_send(nothing);
            return;
        }
        if self.sharing.as_ref().is_none_or(|sharing| sharing.to != to) {
            self.sharing = Some(Sharing { conversation, to, question: None, untold: Vec::new(), behind: false });
        }
        self.say_to_share();
    }
}

impl Handler<PutQuestion> for VisitorSession {
    type Result = ();

    fn handle(&mut self, question: PutQuestion, _: &mut Self::Context) {
        let frame = question_frame(&question);
        if let Some(sharing) = &mut self.sharing {
            sharing.question = Some(question);
        }
        self.say_to_tabs(&frame, None);
    }
}

impl Handler<EndQuestion> for VisitorSession {
    type Result = ();

    fn handle(&mut self, end: EndQuestion, _: &mut Self::Context) {
        let EndQuestion { ask, agreed } = end;
        let open = self.sharing.as_mut().and_then(|s| s.question.take_if(|question| question.ask == ask));
        if open.is_some() {
            self.say_to_tabs(&ToVisitor::ShareAskEnded { ask }, agreed);
        }
    }
}

impl Handler<OpenShare> for VisitorSession {
    type Result = ();

    fn handle(&mut self, open: OpenShare, _: &mut Self::Context) {
        let OpenShare { socket, ask, share, key } = open;
        self.say(socket, &ToVisitor::ShareOpened { ask, share, key });
    }
}
