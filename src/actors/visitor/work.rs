//! Carrying out one command on a conversation: read, decide, write, and again when the
//! store has moved on. Plain async code without an actor, so that it reads from top to
//! bottom; the session waits for it and does nothing else meanwhile.

use std::sync::Arc;

use super::super::around::Around;
use super::super::messages::VisitorKey;
use super::super::order::Order;
use super::bot_turn::Start;
use crate::protocol::{Begin, BotTurn, ConversationId, Event, EventBody, Marks, Refusal, RefusalCode, TransferId};
use crate::rules::bot::{self, Bot};
use crate::rules::conversation::{Command, ConversationState, Facts, Opening, apply, decide};
use crate::store::StoreError;
use crate::store::log::{Append, Appended, Stored};

/// How often a decision is taken anew because the store had moved on.
const DECISIONS_MAX: u32 = 3;
/// When a client may repeat what the store could not take.
const STORE_RETRY_MS: u32 = 1_000;

/// A conversation as the session holds it: a cache of the store.
#[derive(Debug, Clone)]
pub struct Live {
    pub state: ConversationState,
    pub bot_state: bot::State,
    pub marks: Marks,
    pub visits_consented: bool,
    /// The latest turn, whose buttons count; read when first needed.
    pub offered: Option<BotTurn>,
    /// The version that the conversation keeps.
    pub bot: Option<Arc<Bot>>,
}

impl Live {
    fn stored(stored: Stored) -> Self {
        let Stored { state, bot, marks, visits_consented } = stored;
        Self { state, bot_state: bot, marks, visits_consented, offered: None, bot: None }
    }

    /// Numbers and folds what was decided.
    pub fn fold(&mut self, bodies: Vec<EventBody>, now: crate::protocol::Timestamp, events: &mut Vec<Event>) {
        for body in bodies {
            let event = Event { seq: self.state.head + 1, at: now, body };
            if let EventBody::BotSpoke { turn, .. } = &event.body {
                self.offered = Some(turn.clone());
            }
            if matches!(event.body, EventBody::ConversationTaken { .. }) {
                self.bot_state = std::mem::take(&mut self.bot_state).silenced();
            }
            self.state = apply(self.state.clone(), &event);
            events.push(event);
        }
    }
}

/// What a session knows of its visitor's latest conversation.
#[derive(Debug, Default)]
pub enum Held {
    /// Not read yet, or no longer trusted.
    #[default]
    Unread,
    Nothing,
    Is(Box<Live>),
}

impl Held {
    pub fn live(&self) -> Option<&Live> {
        match self {
            Self::Is(live) => Some(live),
            Self::Unread | Self::Nothing => None,
        }
    }

    pub fn live_mut(&mut self) -> Option<&mut Live> {
        match self {
            Self::Is(live) => Some(live),
            Self::Unread | Self::Nothing => None,
        }
    }

    /// The visitor's open conversation.
    pub fn open(&self) -> Option<&Live> {
        self.live().filter(|live| live.state.is_open())
    }
}

/// What goes with the beginning of a conversation besides the command.
#[derive(Debug, Clone, Default)]
pub struct Opener {
    pub test: bool,
    pub device: String,
    /// The start turn that this visitor was shown.
    pub start: Option<Start>,
    /// The hash of the token, while the visitor's row is not written.
    pub unsettled: Option<[u8; 32]>,
}

/// A command that was carried out.
#[derive(Debug)]
pub struct Done {
    pub conversation: ConversationId,
    /// The event that answers the command.
    pub seq: u64,
    /// What is new; nothing for a repeat.
    pub events: Vec<Event>,
    pub began: bool,
    /// The bot asked to come back.
    pub remind: Option<u32>,
}

/// Why an attempt came to nothing.
#[derive(Debug)]
pub enum Trouble {
    /// Decide again on a fresh view.
    Conflict,
    Refused(Refusal),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<RefusalCode> for Trouble {
    fn from(code: RefusalCode) -> Self {
        Self::Refused(code.into())
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { .. } | StoreError::Taken(_) => Self::Conflict,
            StoreError::IdReused => Self::Refused(RefusalCode::IdReused.into()),
            StoreError::DiskFull => Self::Refused(Refusal::from(RefusalCode::DiskFull).retry_in(STORE_RETRY_MS)),
            StoreError::Busy => Self::Refused(Refusal::from(RefusalCode::TryLater).retry_in(STORE_RETRY_MS)),
            error @ (StoreError::Newer { .. }
            | StoreError::Database(_)
            | StoreError::Migration(_)
            | StoreError::Corrupt(_)) => {
                tracing::error!(%error, "a conversation could not be read or written");
                Self::Refused(RefusalCode::Fault.into())
            }
        }
    }
}

/// Reaches the store and the other ports for one visitor. Cheap to clone.
#[derive(Clone)]
pub struct Worker {
    pub around: Around,
    pub key: VisitorKey,
}

impl Worker {
    /// Reads the visitor's latest conversation, unless it is known.
    ///
    /// # Errors
    /// What the store says; nothing is known then.
    pub async fn read(&self, held: Held) -> Result<Held, StoreError> {
        match held {
            known @ (Held::Nothing | Held::Is(_)) => Ok(known),
            Held::Unread => {
                let stored = self.around.ports.log.latest_of(self.key.site, self.key.visitor).await?;
                Ok(stored.map_or(Held::Nothing, |stored| Held::Is(Box::new(Live::stored(stored)))))
            }
        }
    }

    /// Carries one command out. What is held afterwards is what the store has, or unread.
    pub async fn carry_out(self, mut held: Held, order: Order, opener: Opener) -> (Held, Order, Result<Done, Refusal>) {
        for _ in 0..DECISIONS_MAX {
            held = match self.read(held).await {
                Ok(held) => held,
                Err(error) => match Trouble::from(error) {
                    Trouble::Conflict => Held::Unread,
                    Trouble::Refused(refusal) => return (Held::Unread, order, Err(refusal)),
                },
            };
            match self.attempt(&mut held, &order, &opener).await {
                Ok(done) => return (held, order, Ok(done)),
                Err(Trouble::Refused(refusal)) => return (held, order, Err(refusal)),
                Err(Trouble::Conflict) => held = Held::Unread,
            }
        }
        (held, order, Err(Refusal::from(RefusalCode::TryLater).retry_in(STORE_RETRY_MS)))
    }

    async fn attempt(&self, held: &mut Held, order: &Order, opener: &Opener) -> Result<Done, Trouble> {
        let known = self.subject(held, order).await?;
        if let Some(done) = self.already_answered(known.as_ref(), order).await? {
            return Ok(done);
        }
        let begins = order.conversation.is_none() && !known.as_ref().is_some_and(|live| live.state.is_open());
        let now = self.around.ports.clock.now();
        let mut events = Vec::new();
        let mut remind = None;
        let (mut live, seen_head) = match known {
            Some(live) if !begins => {
                let head = live.state.head;
                (live, head)
            }
            before => {
                let begin = order.begin.as_ref().ok_or(RefusalCode::Malformed)?;
                let (live, reminder) = self.begin(before.as_ref(), begin, opener, &mut events).await?;
                remind = reminder;
                (live, 0)
            }
        };
        let facts = self.facts(&mut live, order).await?;
        let bodies = match decide(&live.state, &order.command, &facts) {
            Ok(bodies) => bodies,
            Err(refusal) => return self.repeated(&live, order).await?.ok_or(Trouble::Refused(refusal)),
        };
        #[cfg(feature = "fault-hooks")]
        crate::actors::fault::strike(crate::actors::fault::PANIC_BEFORE_WRITING, &bodies);
        live.fold(bodies, now, &mut events);
        if events.is_empty() {
            let done = self.repeated(&live, order).await?;
            return Ok(done.unwrap_or_else(|| self.done(&live, live.state.head, Vec::new(), false, None)));
        }
        if begins && let Some(token_hash) = opener.unsettled {
            self.around.ports.door.settle_visitor(self.key.site, self.key.visitor, token_hash).await?;
        }
        let append = self.append(&live, order, seen_head, &events, begins.then_some(opener));
        match self.around.ports.log.append(append).await? {
            Appended::Repeated { seq } => Ok(self.done(&live, seq, Vec::new(), false, None)),
            Appended::Written => {
                let done = self.done(&live, live.state.head, events, begins, remind);
                let is_held = held.live().is_some_and(|held| held.state.id == live.state.id);
                if begins || is_held {
                    *held = Held::Is(Box::new(live));
                }
                Ok(done)
            }
        }
    }

    /// The conversation that the command is for: the held one, or another of the same visitor.
    async fn subject(&self, held: &Held, order: &Order) -> Result<Option<Live>, Trouble> {
        match (order.conversation, held.live()) {
            (None, known) => Ok(known.cloned()),
            (Some(wanted), Some(live)) if live.state.id == wanted => Ok(Some(live.clone())),
            (Some(wanted), _) => Ok(Some(self.another(wanted).await?)),
        }
    }

    /// A conversation of this visitor that is not held: an older, closed one.
    ///
    /// # Errors
    /// [`RefusalCode::NotFound`] when there is none or it is somebody else's.
    pub async fn another(&self, wanted: ConversationId) -> Result<Live, Trouble> {
        let stored = self.around.ports.log.load(self.key.site, wanted).await?;
        let own = stored.filter(|stored| stored.state.visitor == self.key.visitor);
        Ok(Live::stored(own.ok_or(RefusalCode::NotFound)?))
    }

    /// A first input that is repeated after the conversation it began was closed must not begin another.
    async fn already_answered(&self, known: Option<&Live>, order: &Order) -> Result<Option<Done>, Trouble> {
        match known {
            Some(live) if order.conversation.is_none() && !live.state.is_open() => self.repeated(live, order).await,
            Some(_) | None => Ok(None),
        }
    }

    /// The first answer to this very command, if it was carried out before.
    async fn repeated(&self, live: &Live, order: &Order) -> Result<Option<Done>, Trouble> {
        let Some(key) = order.key() else { return Ok(None) };
        let answered = self.around.ports.log.answered(self.key.site, live.state.id, key).await?;
        Ok(answered.map(|seq| self.done(live, seq, Vec::new(), false, None)))
    }

    #[expect(clippy::unused_self, reason = "reads as a sentence beside the other steps")]
    fn done(&self, live: &Live, seq: u64, events: Vec<Event>, began: bool, remind: Option<u32>) -> Done {
        Done { conversation: live.state.id, seq, events, began, remind }
    }

    /// The first events: the start, and the bot's first words as the visitor saw them.
    async fn begin(
        &self,
        before: Option<&Live>,
        begin: &Begin,
        opener: &Opener,
        events: &mut Vec<Event>,
    ) -> Result<(Live, Option<u32>), Trouble> {
        let start = self.start_for(before, begin, opener).await?;
        let id = ConversationId(self.around.ports.ids.fresh());
        let mut live = Live {
            state: ConversationState::unbegun(id, self.key.site, self.key.visitor),
            bot_state: start.state,
            marks: Marks::default(),
            visits_consented: begin.visits_consented,
            offered: None,
            bot: Some(start.bot),
        };
        let opening = Opening {
            previous: before.map(|live| live.state.id),
            lang: begin.lang.clone(),
            page: begin.page.clone().and_then(super::pages::clean),
            bot_version: start.version,
            test: opener.test,
        };
        let (now, transfer) = (self.around.ports.clock.now(), self.fresh_transfer());
        for command in [Command::Begin(opening), start.answer] {
            let bodies = decide(&live.state, &command, &Facts::at(now, transfer))?;
            live.fold(bodies, now, events);
        }
        Ok((live, start.remind))
    }

    pub fn fresh_transfer(&self) -> TransferId {
        TransferId(self.around.ports.ids.fresh())
    }

    fn append(&self, live: &Live, order: &Order, seen_head: u64, events: &[Event], begins: Option<&Opener>) -> Append {
        let begin = begins.and(order.begin.as_ref());
        let now = self.around.ports.clock.now();
        Append {
            site: self.key.site,
            conversation: live.state.id,
            command: order.key(),
            answer: live.state.head,
            seen_head,
            events: events.to_vec(),
            state: live.state.clone(),
            bot: Some(live.bot_state.clone()),
            visits: begin.map(|begin| super::pages::visits(begin, now)).unwrap_or_default(),
            visits_consented: begin.map(|begin| begin.visits_consented),
            device: begins.map(|opener| opener.device.clone()),
        }
    }
}
