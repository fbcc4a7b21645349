//! What differs between the sockets: hello, pace, and the frames' names.

use actix::Addr;
use actix_web::web::Bytes;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use super::super::front::FrontSettings;
use super::super::pace::Pace;
use super::super::socket_limits::SocketKind;
use crate::actors::Desk;
use crate::actors::cobrowse::{ArrivePage, ArriveWatcher, FromPage, PageHello, Pages, Room, Watchers};
use crate::actors::link::{Agents, Link, Side, SocketId, Visitors};
use crate::actors::messages::{ArriveAgent, ArriveVisitor};
use crate::actors::ports::{Admitted, AdmittedAgent, Door, Knock, VisitorHello};
use crate::protocol::cobrowse::{PageFrame, ToPage, ToWatcher, WatcherFrame};
use crate::protocol::frame::{AgentFrame, ToAgent, ToVisitor, VisitorFrame};
use crate::protocol::{CommandId, ConversationId, Refusal};

/// The door's answer to a hello.
pub type Admission<T> = LocalBoxFuture<'static, Result<T, Refusal>>;

/// What differs between the sockets.
pub trait Kind: Side<Frame: DeserializeOwned, Reply: 'static> {
    type Arrival: 'static;
    const KIND: SocketKind;

    /// Every frame counts here, pings and empty ones too.
    fn frames(settings: &FrontSettings) -> Pace;
    /// And every command here.
    fn commands(settings: &FrontSettings) -> Pace;
    /// The hello, if the first frame is one.
    fn hello(door: &dyn Door, knock: &Knock, frame: Self::Frame) -> Option<Admission<Self::Arrival>>;
    fn seat(desk: &Desk, arrival: Self::Arrival, device: String, link: Link<Self>);
    fn command(frame: &Self::Frame) -> Option<CommandId>;
    fn refused(id: CommandId, refusal: Refusal) -> Self::Reply;
    fn fault(refusal: Refusal) -> Self::Reply;

    /// A binary frame as one of ours; none = this kind has none.
    fn data(_: Bytes) -> Option<Self::Frame> {
        None
    }

    /// The session waited for room on this socket.
    fn room(_: &Addr<Self::Session>, _: SocketId) {}
}

impl Kind for Visitors {
    /// Who, and in which language.
    type Arrival = (Admitted, String);
    const KIND: SocketKind = SocketKind::Visitor;

    fn frames(settings: &FrontSettings) -> Pace {
        // Typing, marks, chunks and pings beside each command.
        Pace::new(settings.visitor_burst.saturating_mul(6), settings.visitor_per_second.saturating_mul(10))
    }

    fn commands(settings: &FrontSettings) -> Pace {
        Pace::new(settings.visitor_burst, settings.visitor_per_second)
    }

    fn hello(door: &dyn Door, knock: &Knock, frame: VisitorFrame) -> Option<Admission<Self::Arrival>> {
        let VisitorFrame::Hello { site, tab: _, lang, token, test } = frame else { return None };
        let admitted = door.visitor(VisitorHello { site, token, test }, knock.clone());
        Some(Box::pin(async move { Ok((admitted.await?, lang)) }))
    }

    fn seat(desk: &Desk, (admitted, lang): Self::Arrival, device: String, link: Link<Self>) {
        desk.seat_visitor(ArriveVisitor { admitted, lang, device, link });
    }

    fn command(frame: &VisitorFrame) -> Option<CommandId> {
        if let VisitorFrame::Command { id, .. } = frame { Some(*id) } else { None }
    }

    fn refused(id: CommandId, refusal: Refusal) -> ToVisitor {
        ToVisitor::Refused { id, refusal }
    }

    fn fault(refusal: Refusal) -> ToVisitor {
        ToVisitor::Fault { refusal }
    }
}

impl Kind for Agents {
    type Arrival = AdmittedAgent;
    const KIND: SocketKind = SocketKind::Agent;

    fn frames(_: &FrontSettings) -> Pace {
        Pace::new(600, 60)
    }

    fn commands(_: &FrontSettings) -> Pace {
        Pace::new(120, 20)
    }

    fn hello(door: &dyn Door, knock: &Knock, frame: AgentFrame) -> Option<Admission<AdmittedAgent>> {
        let AgentFrame::Hello { pass, tab: _ } = frame else { return None };
        Some(Box::pin(door.agent(pass, knock.clone())))
    }

    fn seat(desk: &Desk, admitted: AdmittedAgent, _: String, link: Link<Self>) {
        desk.seat_agent(ArriveAgent { admitted, link });
    }

    fn command(frame: &AgentFrame) -> Option<CommandId> {
        if let AgentFrame::Command { id, .. } = frame { Some(*id) } else { None }
    }

    fn refused(id: CommandId, refusal: Refusal) -> ToAgent {
        ToAgent::Refused { id, refusal }
    }

    fn fault(refusal: Refusal) -> ToAgent {
        ToAgent::Fault { refusal }
    }
}

impl Kind for Pages {
    type Arrival = (Admitted, PageHello);
    const KIND: SocketKind = SocketKind::Page;

    /// 200 a second; the session counts bytes.
    fn frames(_: &FrontSettings) -> Pace {
        Pace::new(600, 200)
    }

    fn commands(_: &FrontSettings) -> Pace {
        Pace::new(600, 200)
    }

    fn hello(door: &dyn Door, knock: &Knock, frame: FromPage) -> Option<Admission<Self::Arrival>> {
        let FromPage::Said(PageFrame::ResumeShare { site, token, share, key, tab: _, epoch }) = frame else {
            return None;
        };
        let admitted = door.visitor(VisitorHello { site, token: Some(token), test: None }, knock.clone());
        Some(Box::pin(async move { Ok((admitted.await?, PageHello { share, key, epoch })) }))
    }

    fn seat(desk: &Desk, (admitted, hello): Self::Arrival, _: String, link: Link<Self>) {
        desk.seat_page(ArrivePage { admitted, hello, link });
    }

    fn command(_: &FromPage) -> Option<CommandId> {
        None
    }

    fn refused(_: CommandId, refusal: Refusal) -> ToPage {
        ToPage::Fault { refusal }
    }

    fn fault(refusal: Refusal) -> ToPage {
        ToPage::Fault { refusal }
    }

    fn data(bytes: Bytes) -> Option<FromPage> {
        Some(FromPage::Shown(bytes))
    }
}

impl Kind for Watchers {
    type Arrival = (AdmittedAgent, ConversationId);
    const KIND: SocketKind = SocketKind::Watcher;

    /// Orders and pointer: 50 a second of each.
    fn frames(_: &FrontSettings) -> Pace {
        Pace::new(400, 120)
    }

    fn commands(_: &FrontSettings) -> Pace {
        Pace::new(400, 120)
    }

    fn hello(door: &dyn Door, knock: &Knock, frame: WatcherFrame) -> Option<Admission<Self::Arrival>> {
        let WatcherFrame::Watch { pass, conversation, tab: _ } = frame else { return None };
        let admitted = door.agent(pass, knock.clone());
        Some(Box::pin(async move { Ok((admitted.await?, conversation)) }))
    }

    fn seat(desk: &Desk, (admitted, conversation): Self::Arrival, _: String, link: Link<Self>) {
        desk.seat_watcher(ArriveWatcher { admitted, conversation, link });
    }

    fn command(_: &WatcherFrame) -> Option<CommandId> {
        None
    }

    fn refused(_: CommandId, refusal: Refusal) -> ToWatcher {
        ToWatcher::Fault { refusal }
    }

    fn fault(refusal: Refusal) -> ToWatcher {
        ToWatcher::Fault { refusal }
    }

    fn room(session: &Addr<Self::Session>, socket: SocketId) {
        // No room there either: its tick looks again.
        let _ = session.try_send(Room { socket });
    }
}
