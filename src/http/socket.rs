//! The four WebSockets (two of chats, two of shared pages), and the only file that knows what one is.
//!
//! A socket's actor is thin and holds nothing: it decodes one text frame into the wire's
//! type (a page's picture passes as the bytes that it is), applies the limits, and `try_send`s it to the session; it writes what the session
//! sends. Who may come in is the [`Door`](crate::actors::ports::Door)'s answer, which
//! session is the supervisor's, and everything after that the session's.
//!
//! Order: hello (within [`HELLO_WAIT`], at most 1 KiB) → admitted → seated → welcome.

mod kind;

use std::sync::Arc;
use std::time::Duration;

use actix::prelude::*;
use actix_web::http::header::{HOST, ORIGIN, SEC_WEBSOCKET_PROTOCOL, USER_AGENT};
use actix_web::{HttpRequest, HttpResponse, web};
use actix_web_actors::ws::{self, CloseCode, CloseReason, Message, ProtocolError, WebsocketContext};
use serde::Deserialize;
use tokio::time::Instant;

use self::kind::Kind;
use super::connection::take_handle;
use super::device::device_of;
use super::front::Front;
use super::pace::Pace;
use super::problem::Problem;
use super::socket_limits::SocketPlace;
use crate::actors::Desk;
use crate::actors::cobrowse::{Pages, Watchers};
use crate::actors::link::{
    Agents, Flow, FromSocket, Link, OUTGOING_BESIDE, Outgoing, Shut, Side, SocketGone, SocketId, Visitors, encode,
};
use crate::actors::ports::Knock;
use crate::protocol::frame::ClosingReason;
use crate::protocol::{CommandId, FRAME_BYTES_MAX, HELLO_BYTES_MAX, Refusal, RefusalCode, SUBPROTOCOL};

/// A socket that has not said hello by then is closed.
const HELLO_WAIT: Duration = Duration::from_secs(5);
const PING_EVERY: Duration = Duration::from_secs(25);
/// Nothing heard for so long: the other end is gone.
const SILENCE_MAX: Duration = Duration::from_secs(60);
/// Frames refused as too fast before the socket is closed: nobody of ours goes on like that.
const TOO_FAST_MAX: u32 = 200;
/// When a client may repeat what found its session's mailbox full.
const FULL_RETRY_MS: u32 = 200;

/// `GET /w/v1/socket`.
///
/// # Errors
/// Not a WebSocket of our protocol.
pub async fn visitors(
    request: HttpRequest,
    body: web::Payload,
    desk: web::Data<Desk>,
    front: web::Data<Front>,
) -> Result<HttpResponse, Problem> {
    // Visitors' sockets are many: the kernel's deadline is enough, and a second handle is a file more.
    drop(take_handle(&request));
    open::<Visitors>(&request, body, &desk, &front, None)
}

/// `GET /w/v1/share`: a visitor's page.
///
/// # Errors
/// Not a WebSocket of our protocol.
pub async fn pages(
    request: HttpRequest,
    body: web::Payload,
    desk: web::Data<Desk>,
    front: web::Data<Front>,
) -> Result<HttpResponse, Problem> {
    let shut = take_handle(&request).map(Arc::from);
    open::<Pages>(&request, body, &desk, &front, shut)
}

/// `GET /api/v1/share`: an agent's tab of a shared page.
///
/// # Errors
/// Not a WebSocket of our protocol.
pub async fn watchers(
    request: HttpRequest,
    body: web::Payload,
    desk: web::Data<Desk>,
    front: web::Data<Front>,
) -> Result<HttpResponse, Problem> {
    let shut = take_handle(&request).map(Arc::from);
    open::<Watchers>(&request, body, &desk, &front, shut)
}

/// `GET /api/v1/socket`.
///
/// # Errors
/// Not a WebSocket of our protocol.
pub async fn agents(
    request: HttpRequest,
    body: web::Payload,
    desk: web::Data<Desk>,
    front: web::Data<Front>,
) -> Result<HttpResponse, Problem> {
    let shut = take_handle(&request).map(Arc::from);
    open::<Agents>(&request, body, &desk, &front, shut)
}

fn open<S: Kind>(
    request: &HttpRequest,
    body: web::Payload,
    desk: &Desk,
    front: &Front,
    shut: Option<Arc<dyn Shut>>,
) -> Result<HttpResponse, Problem> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let offered = header(&SEC_WEBSOCKET_PROTOCOL).unwrap_or_default();
    if !offered.split(',').any(|protocol| protocol.trim() == SUBPROTOCOL) {
        let said = format!("Open this as a WebSocket with the subprotocol {SUBPROTOCOL}.");
        return Err(Refusal::new(RefusalCode::Malformed).saying(said).into());
    }
    let place = front.socket_limits.enter(front.address(request), S::KIND)?;
    let socket = Socket::<S> {
        id: desk.next_socket(),
        desk: desk.clone(),
        knock: Knock { origin: header(&ORIGIN).map(str::to_owned), host: header(&HOST).map(str::to_owned) },
        device: header(&USER_AGENT).map(device_of).unwrap_or_default(),
        flow: Arc::default(),
        shut,
        stage: Stage::Knocking,
        heard: Instant::now(),
        frames: S::frames(&front.settings),
        commands: S::commands(&front.settings),
        too_fast: 0,
        _place: place,
    };
    let opened =
        ws::WsResponseBuilder::new(socket, request, body).protocols(&[SUBPROTOCOL]).frame_size(FRAME_BYTES_MAX).start();
    opened.map_err(|error| {
        Refusal::new(RefusalCode::Malformed).saying(format!("No WebSocket handshake: {error}.")).into()
    })
}

/// One socket.
struct Socket<S: Side> {
    id: SocketId,
    desk: Desk,
    knock: Knock,
    device: String,
    flow: Arc<Flow>,
    shut: Option<Arc<dyn Shut>>,
    stage: Stage<S>,
    heard: Instant,
    frames: Pace,
    commands: Pace,
    too_fast: u32,
    /// Counted among its address's sockets.
    _place: SocketPlace,
}

enum Stage<S: Side> {
    /// Before its hello.
    Knocking,
    /// The door or the supervisor has been asked.
    Arriving,
    Seated(Addr<S::Session>),
    /// The close frame is out.
    Leaving,
}

type Ctx<S> = WebsocketContext<Socket<S>>;

impl<S: Kind> Actor for Socket<S> {
    type Context = Ctx<S>;

    fn started(&mut self, ctx: &mut Ctx<S>) {
        ctx.set_mailbox_capacity(S::OUTGOING_MAX + OUTGOING_BESIDE);
        ctx.run_later(HELLO_WAIT, |this, ctx| {
            if let Stage::Knocking = this.stage {
                this.close(CloseCode::Policy, "say hello first", ctx);
            }
        });
        ctx.run_interval(PING_EVERY, |this, ctx| {
            if this.flow.is_cut() || this.heard.elapsed() >= SILENCE_MAX {
                ctx.stop();
            } else {
                ctx.ping(b"");
            }
        });
    }

    fn stopped(&mut self, _: &mut Ctx<S>) {
        if let Stage::Seated(session) = &self.stage {
            // No room: the session's tick finds the link closed.
            let _ = session.try_send(SocketGone { socket: self.id });
        }
    }
}

impl<S: Kind> Handler<Outgoing<S>> for Socket<S> {
    type Result = ();

    fn handle(&mut self, outgoing: Outgoing<S>, ctx: &mut Ctx<S>) {
        match outgoing {
            Outgoing::Seated(session) => {
                if let Stage::Arriving = self.stage {
                    self.stage = Stage::Seated(session);
                }
            }
            Outgoing::Frame { text, counted } => {
                if counted {
                    self.flow.take(text.len());
                }
                ctx.text(text);
            }
            Outgoing::Data(bytes) => {
                self.flow.take(bytes.len());
                ctx.binary(bytes);
                if self.flow.has_room_wanted()
                    && let Stage::Seated(session) = &self.stage
                {
                    S::room(session, self.id);
                }
            }
            Outgoing::HangUp { reason, retry_ms } => {
                ctx.text(encode(&S::closing(reason, retry_ms)));
                let (code, why) = close_code(reason);
                self.close(code, why, ctx);
            }
        }
    }
}

impl<S: Kind> StreamHandler<Result<Message, ProtocolError>> for Socket<S> {
    fn handle(&mut self, message: Result<Message, ProtocolError>, ctx: &mut Ctx<S>) {
        if let Stage::Leaving = self.stage {
            return;
        }
        self.heard = Instant::now();
        if let Err(wait) = self.frames.take(self.heard) {
            self.slow_down(message, wait, ctx);
            return;
        }
        match message {
            Ok(Message::Text(text)) => self.text(&text, ctx),
            Ok(Message::Ping(data)) => ctx.pong(&data),
            Ok(Message::Pong(_) | Message::Nop) => {}
            Ok(Message::Binary(bytes)) => self.data(bytes, ctx),
            Ok(Message::Continuation(_)) => self.close(CloseCode::Unsupported, "send messages whole", ctx),
            Ok(Message::Close(_)) => self.close(CloseCode::Normal, "", ctx),
            Err(ProtocolError::Overflow) => self.close(CloseCode::Size, "frames are at most 64 KiB", ctx),
            Err(error) => {
                tracing::debug!(%error, socket.id = self.id.0, "a socket broke the protocol");
                self.close(CloseCode::Protocol, "", ctx);
            }
        }
    }
}

impl<S: Kind> Socket<S> {
    fn text(&mut self, text: &str, ctx: &mut Ctx<S>) {
        match &self.stage {
            Stage::Knocking if text.len() > HELLO_BYTES_MAX => {
                self.close(CloseCode::Size, "a hello is at most 1 KiB", ctx)
            }
            Stage::Knocking => match serde_json::from_str(text) {
                Ok(frame) => self.knock(frame, ctx),
                Err(error) => self.turn_away(malformed(&error), ctx),
            },
            Stage::Arriving => self.turn_away(RefusalCode::Malformed.into(), ctx),
            Stage::Seated(session) => match serde_json::from_str::<S::Frame>(text) {
                Ok(frame) => {
                    let session = session.clone();
                    self.forward(&session, frame, ctx);
                }
                Err(error) => self.misread(text, &error, ctx),
            },
            Stage::Leaving => {}
        }
    }

    /// Binary frames are a shared page's alone, after its hello. One that finds no room is lost, which
    /// its session sees by the numbers.
    fn data(&mut self, bytes: web::Bytes, ctx: &mut Ctx<S>) {
        let Some(frame) = S::data(bytes) else {
            self.close(CloseCode::Unsupported, "send text", ctx);
            return;
        };
        match &self.stage {
            Stage::Seated(session) => {
                let _ = session.try_send(FromSocket { socket: self.id, frame });
            }
            Stage::Knocking | Stage::Arriving => self.turn_away(RefusalCode::Malformed.into(), ctx),
            Stage::Leaving => {}
        }
    }

    fn knock(&mut self, frame: S::Frame, ctx: &mut Ctx<S>) {
        let Some(admission) = S::hello(self.desk.ports().door.as_ref(), &self.knock, frame) else {
            self.turn_away(Refusal::new(RefusalCode::Malformed).saying("The first frame must be a hello."), ctx);
            return;
        };
        self.stage = Stage::Arriving;
        ctx.spawn(admission.into_actor(self).map(|admitted, this, ctx| match admitted {
            Ok(arrival) => {
                let jitter = rand::random();
                let link = Link::new(this.id, &ctx.address(), this.flow.clone(), this.shut.clone(), jitter);
                S::seat(&this.desk, arrival, std::mem::take(&mut this.device), link);
            }
            Err(refusal) => this.turn_away(refusal, ctx),
        }));
    }

    fn forward(&mut self, session: &Addr<S::Session>, frame: S::Frame, ctx: &mut Ctx<S>) {
        let command = S::command(&frame);
        if let Some(id) = command
            && let Err(wait) = self.commands.take(self.heard)
        {
            self.reply(&S::refused(id, Refusal::from(RefusalCode::TooFast).retry_in(millis(wait))), ctx);
            return;
        }
        // A closed mailbox is a session that died: its end of this socket hangs up by itself.
        if session.try_send(FromSocket { socket: self.id, frame }).is_err() {
            let refusal = Refusal::from(RefusalCode::TryLater).retry_in(FULL_RETRY_MS);
            match command {
                Some(id) => self.reply(&S::refused(id, refusal), ctx),
                None => self.reply(&S::fault(refusal), ctx),
            }
        }
    }

    /// More frames than any client of ours sends: refused unread, and after many the socket is closed.
    fn slow_down(&mut self, message: Result<Message, ProtocolError>, wait: Duration, ctx: &mut Ctx<S>) {
        self.too_fast += 1;
        if self.too_fast > TOO_FAST_MAX {
            self.close(CloseCode::Policy, "too many frames", ctx);
        } else if let Ok(Message::Text(text)) = message {
            self.refuse(&text, Refusal::from(RefusalCode::TooFast).retry_in(millis(wait)), ctx);
        }
    }

    /// A frame that is none of ours: refused by the command's id where it has one, the socket kept.
    fn misread(&self, text: &str, error: &serde_json::Error, ctx: &mut Ctx<S>) {
        self.refuse(text, malformed(error), ctx);
    }

    fn refuse(&self, text: &str, refusal: Refusal, ctx: &mut Ctx<S>) {
        let id = serde_json::from_str::<Probe>(text).ok().and_then(|probe| probe.id);
        match id {
            Some(id) => self.reply(&S::refused(id, refusal), ctx),
            None => self.reply(&S::fault(refusal), ctx),
        }
    }

    fn reply(&self, frame: &S::Reply, ctx: &mut Ctx<S>) {
        ctx.text(encode(frame));
    }

    fn turn_away(&mut self, refusal: Refusal, ctx: &mut Ctx<S>) {
        self.reply(&S::fault(refusal), ctx);
        self.reply(&S::closing(ClosingReason::Refused, None), ctx);
        self.close(CloseCode::Policy, "refused", ctx);
    }

    fn close(&mut self, code: CloseCode, why: &str, ctx: &mut Ctx<S>) {
        if let Stage::Seated(session) = &self.stage {
            let _ = session.try_send(SocketGone { socket: self.id });
        }
        self.stage = Stage::Leaving;
        let description = (!why.is_empty()).then(|| why.to_owned());
        ctx.close(Some(CloseReason { code, description }));
        ctx.stop();
    }
}

/// Only the id, of whatever else it is.
#[derive(Deserialize)]
struct Probe {
    id: Option<CommandId>,
}

/// serde names the unknown variant; that is the only way to tell it from a wrong shape.
fn malformed(error: &serde_json::Error) -> Refusal {
    let said = error.to_string();
    let code = if said.starts_with("unknown variant") { RefusalCode::UnknownCommand } else { RefusalCode::Malformed };
    Refusal::new(code).saying(format!("{} ({said})", Refusal::new(code).message))
}

fn millis(wait: Duration) -> u32 {
    u32::try_from(wait.as_millis()).unwrap_or(u32::MAX)
}

fn close_code(reason: ClosingReason) -> (CloseCode, &'static str) {
    match reason {
        ClosingReason::Restart => (CloseCode::Restart, "restart"),
        ClosingReason::TooSlow => (CloseCode::Other(4008), "too slow"),
        ClosingReason::SignedOut => (CloseCode::Other(4003), "signed out"),
        ClosingReason::OtherTab => (CloseCode::Other(4001), "other tab"),
        ClosingReason::Overloaded => (CloseCode::Again, "overloaded"),
        ClosingReason::Refused => (CloseCode::Policy, "refused"),
    }
}
