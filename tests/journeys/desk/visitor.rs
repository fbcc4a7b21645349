//! A visitor's browser: keeps its transcript by number, as the widget must.

use std::net::SocketAddr;

use comptoir::protocol::frame::{ConversationHead, ToVisitor, VisitorFrame};
use comptoir::protocol::{Begin, CommandId, ConversationId, Event, Marks, Refusal, VisitorCommand};

use super::line::{Ended, Line};
use super::{ORIGIN, Page, command_id};

pub struct Visitor {
    address: SocketAddr,
    key: String,
    pub line: Line,
    pub token: String,
    pub conversation: Option<ConversationId>,
    /// By number, contiguous: a hole or a double fails the test.
    pub events: Vec<Event>,
    bot_version: u32,
    pub reachable: bool,
    /// What the last welcome said of reading.
    pub head_marks: Option<Marks>,
    pub start_buttons: Vec<String>,
    /// Answers that came, by command.
    pub acks: Vec<(CommandId, u64)>,
    pub refusals: Vec<(CommandId, Refusal)>,
    /// Everything else that came, in order.
    pub others: Vec<ToVisitor>,
}

impl Visitor {
    pub async fn open(address: SocketAddr, key: &str, token: Option<String>) -> Self {
        let line = Line::open(address, "/w/v1/socket", ORIGIN).await;
        let mut visitor = Self {
            address,
            key: key.to_owned(),
            line,
            token: token.clone().unwrap_or_default(),
            conversation: None,
            events: Vec::new(),
            bot_version: 0,
            reachable: false,
            head_marks: None,
            start_buttons: Vec::new(),
            acks: Vec::new(),
            refusals: Vec::new(),
            others: Vec::new(),
        };
        visitor.greet(token).await;
        visitor
    }

    async fn greet(&mut self, token: Option<String>) -> Option<ConversationHead> {
        let hello =
            VisitorFrame::Hello { site: self.key.clone(), tab: "tab".into(), lang: "fr".into(), token, test: None };
        self.line.send(&hello).await;
        let welcome = self.line.next().await.unwrap();
        let ToVisitor::Welcome { token, conversation, start, bot_version, reachable } = welcome else {
            panic!("no welcome but {welcome:?}");
        };
        self.token = token.unwrap_or_else(|| std::mem::take(&mut self.token));
        self.bot_version = bot_version;
        self.reachable = reachable;
        self.start_buttons = start.buttons.into_iter().map(|button| button.label).collect();
        conversation
    }

    /// Waits for the question to be seen, answers it, and opens the share's own socket.
    pub async fn agrees(&mut self) -> Page {
        let asked = self.until(|frame| matches!(frame, ToVisitor::ShareAsked { .. })).await;
        let ToVisitor::ShareAsked { ask, .. } = asked else { unreachable!() };
        self.line.send(&VisitorFrame::AnswerShare { ask, granted: true }).await;
        let opened = self.until(|frame| matches!(frame, ToVisitor::ShareOpened { .. })).await;
        let ToVisitor::ShareOpened { share, key, .. } = opened else { unreachable!() };
        Page::open(self.address, &self.key, &self.token, share, key, 0).await
    }

    /// Another tab of the same browser.
    pub async fn another_tab(&self) -> Self {
        let mut tab = Self::open(self.address, &self.key, Some(self.token.clone())).await;
        tab.conversation = self.conversation;
        tab
    }

    /// Back after the connection was lost: hello, then everything after the last number.
    pub async fn reconnect(&mut self) {
        self.line = Line::open(self.address, "/w/v1/socket", ORIGIN).await;
        let head = self.greet(Some(self.token.clone())).await;
        self.head_marks = head.as_ref().map(|head| head.marks);
        if let Some(head) = head {
            self.conversation = Some(head.id);
            self.resume().await;
        }
    }

    /// What the widget reads over HTTP from a page of the store; the status of a refusal.
    pub async fn get(&self, path: &str) -> Result<serde_json::Value, u16> {
        let headers = vec![("authorization", format!("Bearer {}", self.token)), ("origin", ORIGIN.to_owned())];
        let text = super::agent::get(self.address, path, headers).await?;
        Ok(serde_json::from_str(&text).unwrap())
    }

    /// A new connection and its welcome; what was missed is not read yet.
    pub async fn line_again(&mut self) {
        self.line = Line::open(self.address, "/w/v1/socket", ORIGIN).await;
        self.greet(Some(self.token.clone())).await;
    }

    /// Reads what is missing, chunk by chunk; answers how many chunks it took.
    pub async fn resume(&mut self) -> usize {
        let conversation = self.conversation.unwrap();
        let since = self.last_seq();
        self.line.send(&VisitorFrame::Resume { conversation, since }).await;
        self.read_chunks().await
    }

    /// Reads the chunks of a resume that was sent.
    pub async fn read_chunks(&mut self) -> usize {
        let conversation = self.conversation.unwrap();
        let mut chunks = 0;
        loop {
            let frame = self.line.next().await.unwrap();
            let more = matches!(frame, ToVisitor::Events { more: true, .. });
            let last = matches!(frame, ToVisitor::Events { more: false, .. });
            self.hear(frame);
            chunks += usize::from(more || last);
            if more {
                self.line.send(&VisitorFrame::More { conversation }).await;
            }
            if last {
                return chunks;
            }
        }
    }

    /// The next word begins a conversation.
    pub fn begin_anew(&mut self) {
        self.conversation = None;
        self.events.clear();
    }

    pub fn last_seq(&self) -> u64 {
        self.events.last().map_or(0, |event| event.seq)
    }

    /// Sends a command and waits for nothing.
    pub async fn send(&mut self, command: VisitorCommand) -> CommandId {
        let id = command_id();
        self.send_as(id, command).await;
        id
    }

    pub async fn send_as(&mut self, id: CommandId, command: VisitorCommand) {
        let begin = self.conversation.is_none().then(|| Begin {
            lang: "fr".into(),
            bot_version: self.bot_version,
            ..Begin::default()
        });
        self.line.send(&VisitorFrame::Command { id, conversation: self.conversation, begin, command }).await;
    }

    /// Sends a command and waits until it is acknowledged.
    pub async fn does(&mut self, command: VisitorCommand) -> u64 {
        let id = self.send(command).await;
        self.until_ack(id).await.unwrap_or_else(|refusal| panic!("refused: {refusal:?}"))
    }

    pub async fn say(&mut self, text: &str) -> u64 {
        self.does(VisitorCommand::PostMessage { text: text.to_owned() }).await
    }

    pub async fn is_refused(&mut self, command: VisitorCommand) -> Refusal {
        let id = self.send(command).await;
        self.until_ack(id).await.expect_err("it was allowed")
    }

    pub async fn until_ack(&mut self, id: CommandId) -> Result<u64, Refusal> {
        loop {
            if let Some((_, seq)) = self.acks.iter().find(|(of, _)| *of == id) {
                return Ok(*seq);
            }
            if let Some((_, refusal)) = self.refusals.iter().find(|(of, _)| *of == id) {
                return Err(refusal.clone());
            }
            self.listen().await.unwrap();
        }
    }

    /// Waits until an event of this type is in the transcript.
    pub async fn until_event(&mut self, name: &str) -> Event {
        loop {
            if let Some(event) = self.events.iter().rev().find(|event| kind(event) == name) {
                return event.clone();
            }
            self.listen().await.unwrap();
        }
    }

    /// Waits until this text was said by anybody.
    pub async fn until_text(&mut self, text: &str) -> u64 {
        loop {
            if let Some(event) = self.events.iter().find(|event| says(event).as_deref() == Some(text)) {
                return event.seq;
            }
            self.listen().await.unwrap();
        }
    }

    /// Waits until the transcript reaches that number.
    pub async fn until_seq(&mut self, seq: u64) {
        while self.last_seq() < seq {
            self.listen().await.unwrap();
        }
    }

    pub async fn until_reachable(&mut self, wanted: bool) {
        while self.reachable != wanted {
            self.listen().await.unwrap();
        }
    }

    /// Waits until a frame beside events and answers fits; earlier ones count.
    pub async fn until(&mut self, fits: impl Fn(&ToVisitor) -> bool) -> ToVisitor {
        loop {
            if let Some(at) = self.others.iter().position(&fits) {
                return self.others.remove(at);
            }
            self.listen().await.unwrap();
        }
    }

    /// The refusal of a frame that was no command.
    pub async fn until_fault(&mut self) -> Refusal {
        loop {
            if let Some(ToVisitor::Fault { refusal }) = self.others.pop() {
                return refusal;
            }
            self.listen().await.unwrap();
        }
    }

    /// The test threw events away to save memory: the next one begins anew.
    pub fn forget_holes(&mut self) {
        self.events.clear();
    }

    /// Takes one frame in.
    pub async fn listen(&mut self) -> Result<(), Ended> {
        let frame = self.line.next().await?;
        self.hear(frame);
        Ok(())
    }

    /// Reads until the socket ends; says how.
    pub async fn until_end(&mut self) -> Ended {
        loop {
            if let Err(ended) = self.listen().await {
                return ended;
            }
        }
    }

    fn hear(&mut self, frame: ToVisitor) {
        match frame {
            ToVisitor::Event { conversation, event } => {
                self.conversation.get_or_insert(conversation);
                if Some(conversation) == self.conversation {
                    self.keep(event);
                }
            }
            ToVisitor::Events { conversation, events, .. } if Some(conversation) == self.conversation => {
                events.into_iter().for_each(|event| self.keep(event));
            }
            ToVisitor::Head { head } => {
                if self.conversation != Some(head.id) {
                    self.conversation = Some(head.id);
                    self.events.clear();
                }
            }
            ToVisitor::Ack { id, conversation, seq } => {
                self.conversation.get_or_insert(conversation);
                self.acks.push((id, seq));
            }
            ToVisitor::Reachable { reachable } => self.reachable = reachable,
            ToVisitor::Refused { id, refusal } => self.refusals.push((id, refusal)),
            other => self.others.push(other),
        }
    }

    fn keep(&mut self, event: Event) {
        if let Some(last) = self.events.last() {
            if event.seq <= last.seq {
                return;
            }
            assert_eq!(event.seq, last.seq + 1, "a hole before {event:?}");
        }
        self.events.push(event);
    }

    pub fn texts(&self) -> Vec<String> {
        self.events.iter().filter_map(says).collect()
    }

    pub fn events_named(&self, name: &str) -> usize {
        self.events.iter().filter(|event| kind(event) == name).count()
    }
}

/// The wire's name of an event's type.
pub fn kind(event: &Event) -> String {
    let json = serde_json::to_value(&event.body).unwrap();
    json["type"].as_str().unwrap().to_owned()
}

/// What somebody wrote.
pub fn says(event: &Event) -> Option<String> {
    match &event.body {
        comptoir::protocol::EventBody::MessagePosted { text, .. } => Some(text.clone()),
        _ => None,
    }
}
