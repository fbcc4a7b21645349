//! A desk on a log in memory, and whoever sits at its two ends.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix::prelude::*;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;
use uuid::Uuid;

use super::little::Little;
use crate::actors::Desk;
use crate::actors::link::{Agents, Flow, FromSocket, Link, Outgoing, Side, SocketGone, Visitors};
use crate::actors::messages::{ArriveAgent, ArriveVisitor, RouteTaken};
use crate::actors::ports::{Admitted, AdmittedAgent, Clock, Ports};
use crate::protocol::frame::{AgentFrame, ToAgent, ToVisitor, VisitorFrame};
use crate::protocol::suggestion::OnPage;
use crate::protocol::{
    AgentCommand, AgentId, AgentRef, Begin, CommandId, ConversationId, EventBody, ProductCard, Refusal, SiteId,
    Timestamp, VisitorCommand, VisitorId,
};
use crate::rules::bot::{self, Bot};
use crate::rules::conversation::ConversationState;
use crate::store::log::ConversationLog;
use crate::store::memory::MemoryLog;

const PATIENCE: Duration = Duration::from_secs(60);
pub const SITE: SiteId = SiteId(Uuid::from_u128(1));
const DEFINITION: &str = include_str!("bot.toml");

/// A clock that stands until it is advanced.
pub struct SetClock(AtomicI64);

impl SetClock {
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::Relaxed);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::Relaxed))
    }
}

pub fn camille() -> AgentRef {
    AgentRef { id: AgentId(Uuid::from_u128(10)), first_name: "Camille".into() }
}

pub fn noor() -> AgentRef {
    AgentRef { id: AgentId(Uuid::from_u128(11)), first_name: "Noor".into() }
}

pub struct House {
    pub log: MemoryLog,
    pub clock: Arc<SetClock>,
    pub desk: Desk,
    little: Arc<Little>,
}

impl House {
    pub fn open() -> Self {
        Self::with(bot::compile(DEFINITION, 1).unwrap(), Vec::new())
    }

    /// With another bot, and products that every search finds.
    pub fn with(bot: Bot, found: Vec<ProductCard>) -> Self {
        let log = MemoryLog::default();
        let clock = Arc::new(SetClock(AtomicI64::new(1_795_722_756_000)));
        let little = Arc::new(Little { bot: Arc::new(bot), found });
        let desk = Self::desk(&log, &clock, &little);
        Self { log, clock, desk, little }
    }

    fn desk(log: &MemoryLog, clock: &Arc<SetClock>, little: &Arc<Little>) -> Desk {
        Desk::open(Ports {
            log: Arc::new(log.clone()),
            clock: clock.clone(),
            ids: little.clone(),
            bots: little.clone(),
            cards: little.clone(),
            finder: little.clone(),
            documents: little.clone(),
            sites: little.clone(),
            door: little.clone(),
            shares: Arc::new(log.clone()),
        })
    }

    /// As after a crash: only what the log kept is known. The old sessions hang on to nothing.
    pub fn restart(&mut self) {
        self.desk = Self::desk(&self.log, &self.clock, &self.little);
    }

    pub async fn visitor(&self) -> Person<Visitors> {
        self.seat_visitor(VisitorId(Uuid::now_v7())).await
    }

    pub async fn visitor_again(&self, visitor: &Person<Visitors>) -> Person<Visitors> {
        self.seat_visitor(visitor.visitor).await
    }

    async fn seat_visitor(&self, visitor: VisitorId) -> Person<Visitors> {
        let (ear, flow, heard) = Ear::<Visitors>::open();
        let link = Link::new(self.desk.next_socket(), &ear, flow, None, 0);
        let socket = link.socket;
        let admitted = Admitted { site: SITE, visitor, test: false, fresh: None };
        self.desk.seat_visitor(ArriveVisitor { admitted, lang: "fr".into(), device: String::new(), link });
        Person::sit_down(heard, socket, visitor, camille()).await
    }

    /// On duty, and known to be.
    pub async fn agent(&self, agent: AgentRef) -> Person<Agents> {
        let (ear, flow, heard) = Ear::<Agents>::open();
        let link = Link::new(self.desk.next_socket(), &ear, flow, None, 0);
        let socket = link.socket;
        let admitted = AdmittedAgent { agent: agent.clone(), sites: vec![SITE], sign_in: None };
        self.desk.seat_agent(ArriveAgent { admitted, link });
        let person = Person::<Agents>::sit_down(heard, socket, VisitorId(Uuid::nil()), agent.clone()).await;
        person.send(AgentFrame::Duty { sites: vec![SITE] });
        let on_duty = async {
            while !self.desk.presences(&[SITE]).iter().any(|seen| seen.agent == agent && seen.online) {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, on_duty).await.unwrap();
        person
    }

    pub async fn waiting_visitor(&self) -> (Person<Visitors>, ConversationId) {
        let agent = self.agent(noor()).await;
        let visitor = self.visitor().await;
        let conversation = visitor.says("Un conseiller").await.unwrap();
        self.until(conversation, |events| {
            events.iter().any(|body| matches!(body, EventBody::ConversationQueued { .. }))
        })
        .await;
        drop(agent);
        (visitor, conversation)
    }

    pub async fn state(&self, conversation: ConversationId) -> ConversationState {
        self.log.load(SITE, conversation).await.unwrap().unwrap().state
    }

    pub async fn page_of(&self, visitor: &Person<Visitors>, conversation: ConversationId) -> Option<OnPage> {
        self.desk.page_of(SITE, visitor.visitor, conversation).await
    }

    pub async fn version(&self, conversation: ConversationId) -> u64 {
        self.state(conversation).await.version
    }

    pub fn bodies(&self, conversation: ConversationId) -> Vec<EventBody> {
        let events = self.log.before(SITE, conversation, 0, u32::MAX);
        let events = futures_util::FutureExt::now_or_never(events).unwrap().unwrap();
        events.into_iter().map(|event| event.body).collect()
    }

    pub fn count(&self, conversation: ConversationId, wanted: impl Fn(&EventBody) -> bool) -> usize {
        self.bodies(conversation).iter().filter(|body| wanted(body)).count()
    }

    /// Waits until the log is so.
    pub async fn until(&self, conversation: ConversationId, fits: impl Fn(&[EventBody]) -> bool) {
        let fitting = async {
            while !fits(&self.bodies(conversation)) {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, fitting).await.unwrap_or_else(|_| panic!("{:#?}", self.bodies(conversation)));
    }
}

/// The socket's end: hands on what it is sent, and says so, or it would be cut as one that does not read.
struct Ear<S: Side>(UnboundedSender<Heard<S>>, Arc<Flow>);

enum Heard<S: Side> {
    Seated(Addr<S::Session>),
    Text(String),
}

impl<S: Side> Ear<S> {
    fn open() -> (Addr<Self>, Arc<Flow>, UnboundedReceiver<Heard<S>>) {
        let (to, heard) = unbounded_channel();
        let flow = Arc::new(Flow::default());
        (Self(to, flow.clone()).start(), flow, heard)
    }
}

impl<S: Side> Actor for Ear<S> {
    type Context = Context<Self>;
}

impl<S: Side> Handler<Outgoing<S>> for Ear<S> {
    type Result = ();

    fn handle(&mut self, outgoing: Outgoing<S>, ctx: &mut Context<Self>) {
        let _ = match outgoing {
            Outgoing::Seated(session) => self.0.send(Heard::Seated(session)),
            Outgoing::Frame { text, counted } => {
                if counted {
                    self.1.take(text.len());
                }
                self.0.send(Heard::Text(text.to_string()))
            }
            Outgoing::Data(_) => Ok(()),
            Outgoing::HangUp { .. } => {
                ctx.stop();
                Ok(())
            }
        };
    }
}

/// Whoever sits at a socket.
pub struct Person<S: Side> {
    socket: crate::actors::link::SocketId,
    session: Addr<S::Session>,
    heard: Mutex<UnboundedReceiver<Heard<S>>>,
    pub visitor: VisitorId,
    pub agent: AgentRef,
}

impl<S: Side<Reply: serde::de::DeserializeOwned>> Person<S> {
    async fn sit_down(
        mut heard: UnboundedReceiver<Heard<S>>,
        socket: crate::actors::link::SocketId,
        visitor: VisitorId,
        agent: AgentRef,
    ) -> Self {
        let seated = timeout(PATIENCE, heard.recv()).await.unwrap();
        let Some(Heard::Seated(session)) = seated else { panic!("no seat") };
        // The welcome says that the session has read what it must.
        timeout(PATIENCE, heard.recv()).await.unwrap();
        Self { socket, session, heard: Mutex::new(heard), visitor, agent }
    }

    fn send(&self, frame: S::Frame) {
        self.session.try_send(FromSocket { socket: self.socket, frame }).unwrap();
    }

    /// Takes frames in until one fits.
    #[expect(clippy::await_holding_lock, reason = "one test, one reader")]
    async fn until(&self, fits: impl Fn(&S::Reply) -> bool) -> S::Reply {
        let mut heard = self.heard.lock().unwrap();
        loop {
            match timeout(PATIENCE, heard.recv()).await.expect("nothing came") {
                Some(Heard::Text(text)) => {
                    let frame = serde_json::from_str(&text).unwrap();
                    if fits(&frame) {
                        return frame;
                    }
                }
                Some(Heard::Seated(_)) => {}
                None => panic!("hung up"),
            }
        }
    }
}

/// A page that says nothing but its address.
pub fn page(url: &str) -> OnPage {
    OnPage { url: url.to_owned(), ..OnPage::default() }
}

impl Person<Visitors> {
    pub fn is_on(&self, page: OnPage) {
        self.send(VisitorFrame::OnPage { page });
    }

    /// Their tab's socket ends.
    pub fn goes_away(&self) {
        self.session.try_send(SocketGone { socket: self.socket }).unwrap();
    }

    /// Begins a conversation or goes on with it.
    pub async fn says(&self, text: &str) -> Result<ConversationId, Refusal> {
        self.does(VisitorCommand::PostMessage { text: text.to_owned() }).await
    }

    /// Begins a conversation with it or goes on.
    pub async fn does(&self, command: VisitorCommand) -> Result<ConversationId, Refusal> {
        let wanted = CommandId(Uuid::now_v7());
        let begin = Begin { lang: "fr".into(), bot_version: 1, ..Begin::default() };
        self.send(VisitorFrame::Command { id: wanted, conversation: None, begin: Some(begin), command });
        let answer = self.until(|frame| match frame {
            ToVisitor::Ack { id, .. } | ToVisitor::Refused { id, .. } => *id == wanted,
            _ => false,
        });
        match answer.await {
            ToVisitor::Ack { conversation, .. } => Ok(conversation),
            ToVisitor::Refused { refusal, .. } => Err(refusal),
            other => panic!("{other:?}"),
        }
    }
}

impl Person<Agents> {
    /// Opens the conversation in their tab.
    pub async fn reads(&self, conversation: ConversationId) {
        self.send(AgentFrame::Open { conversation, last: 1 });
        self.until(|frame| matches!(frame, ToAgent::Events { .. })).await;
    }

    /// The next page that they hear of is this one.
    pub async fn hears_of(&self, wanted: &OnPage) {
        let frame = self.until(|frame| matches!(frame, ToAgent::OnPage { .. })).await;
        assert!(matches!(&frame, ToAgent::OnPage { page, .. } if page == wanted), "{frame:?}");
    }

    pub async fn does(&self, conversation: ConversationId, command: AgentCommand) -> Result<u64, Refusal> {
        let wanted = CommandId(Uuid::now_v7());
        self.send(AgentFrame::Command { id: wanted, conversation, command });
        self.told_of(wanted).await
    }

    /// The supervisor takes an earlier route back while this one is asked for.
    pub async fn does_as_a_route_is_taken(
        &self,
        conversation: ConversationId,
        command: AgentCommand,
    ) -> Result<u64, Refusal> {
        let wanted = CommandId(Uuid::now_v7());
        self.send(AgentFrame::Command { id: wanted, conversation, command });
        self.session.try_send(RouteTaken { conversation }).unwrap();
        self.told_of(wanted).await
    }

    async fn told_of(&self, wanted: CommandId) -> Result<u64, Refusal> {
        let answer = self.until(|frame| match frame {
            ToAgent::Ack { id, .. } | ToAgent::Refused { id, .. } => *id == wanted,
            _ => false,
        });
        match answer.await {
            ToAgent::Ack { seq, .. } => Ok(seq),
            ToAgent::Refused { refusal, .. } => Err(refusal),
            other => panic!("{other:?}"),
        }
    }
}
