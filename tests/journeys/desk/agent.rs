//! An agent's console without a screen: signs in, goes on duty, opens conversations.

use std::collections::HashMap;
use std::net::SocketAddr;

use comptoir::protocol::frame::{AgentFrame, ToAgent};
use comptoir::protocol::{
    AgentCommand, AgentId, AgentRef, CommandId, ConversationId, ConversationRow, Event, Refusal, SiteId,
};
use serde_json::{Value, json};

use super::line::{Ended, Line};
use super::visitor::{kind, says};
use super::{PATIENCE, Visitor, Watcher, command_id};

pub struct Agent {
    address: SocketAddr,
    cookie: String,
    pub me: AgentRef,
    pub line: Line,
    /// By conversation and number, contiguous from the first that was received.
    pub events: HashMap<ConversationId, Vec<Event>>,
    pub rows: HashMap<ConversationId, ConversationRow>,
    /// Every command, to be repeated under its id.
    sent: HashMap<CommandId, AgentCommand>,
    pub acks: Vec<(CommandId, u64)>,
    pub refusals: Vec<(CommandId, Refusal)>,
    pub others: Vec<ToAgent>,
}

impl Agent {
    pub async fn sign_in(address: SocketAddr, email: &str, password: &str) -> Self {
        let body = json!({"email": email, "password": password});
        let (cookie, _) = post(address, "/api/v1/sign-in", None, body).await;
        Self::with_cookie(address, cookie.expect("a cookie")).await
    }

    async fn with_cookie(address: SocketAddr, cookie: String) -> Self {
        let (_, answer) = post(address, "/api/v1/socket-pass", Some(cookie.clone()), json!({})).await;
        let pass = answer["pass"].as_str().expect("a pass").to_owned();
        let mut line = Line::open(address, "/api/v1/socket", &format!("http://{address}")).await;
        line.send(&AgentFrame::Hello { pass, tab: "tab".into() }).await;
        let welcome = line.next().await.unwrap();
        let ToAgent::Welcome { agent, .. } = welcome else { panic!("no welcome but {welcome:?}") };
        Self {
            address,
            cookie,
            me: agent,
            line,
            events: HashMap::new(),
            rows: HashMap::new(),
            sent: HashMap::new(),
            acks: Vec::new(),
            refusals: Vec::new(),
            others: Vec::new(),
        }
    }

    /// The tab of a conversation's shared page.
    pub async fn watches(&self, conversation: ConversationId) -> Watcher {
        let (_, answer) = post(self.address, "/api/v1/socket-pass", Some(self.cookie.clone()), json!({})).await;
        Watcher::open(self.address, answer["pass"].as_str().expect("a pass"), conversation).await
    }

    /// The status of a file of a shared page, and its bytes.
    pub async fn shared_file(&self, hash: &str) -> Result<String, u16> {
        get(self.address, &format!("/cb/a/{hash}"), vec![("cookie", self.cookie.clone())]).await
    }

    pub async fn another_tab(&self) -> Self {
        Self::with_cookie(self.address, self.cookie.clone()).await
    }

    /// Back after the connection was lost, on duty as before, with what was open.
    pub async fn reconnect(&mut self) {
        let back = Self::with_cookie(self.address, self.cookie.clone()).await;
        self.line = back.line;
        let open: Vec<(ConversationId, u64)> =
            self.events.iter().map(|(id, events)| (*id, events.last().map_or(0, |event| event.seq))).collect();
        for (conversation, since) in open {
            self.line.send(&AgentFrame::Resume { conversation, since }).await;
        }
    }

    pub fn id(&self) -> AgentId {
        self.me.id
    }

    /// On duty when colleagues can see it.
    pub async fn go_on_duty(&mut self, sites: Vec<SiteId>) {
        self.line.send(&AgentFrame::Duty { sites: sites.clone() }).await;
        let me = self.id();
        self.until(|other| match other {
            ToAgent::Colleague { agent } => agent.agent.id == me && agent.online && agent.sites == sites,
            _ => false,
        })
        .await;
    }

    /// Waits until a frame beside events, rows and answers fits; earlier ones count.
    pub async fn until(&mut self, fits: impl Fn(&ToAgent) -> bool) -> ToAgent {
        loop {
            if let Some(at) = self.others.iter().position(&fits) {
                return self.others.remove(at);
            }
            self.listen().await.unwrap();
        }
    }

    /// Waits until the row of a conversation fits.
    pub async fn until_row(&mut self, conversation: ConversationId, fits: impl Fn(&ConversationRow) -> bool) {
        while !self.rows.get(&conversation).is_some_and(&fits) {
            self.listen().await.unwrap();
        }
    }

    pub async fn open(&mut self, conversation: ConversationId) {
        self.line.send(&AgentFrame::Open { conversation, last: 50 }).await;
        while !self.events.contains_key(&conversation) {
            self.listen().await.unwrap();
        }
    }

    pub async fn send(&mut self, conversation: ConversationId, command: AgentCommand) -> CommandId {
        let id = command_id();
        self.sent.insert(id, command.clone());
        self.line.send(&AgentFrame::Command { id, conversation, command }).await;
        id
    }

    pub async fn answer(&mut self, id: CommandId) -> Result<u64, Refusal> {
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

    /// Sends a command and waits for its answer; what is refused only for now is sent again, as the console does.
    pub async fn does(&mut self, conversation: ConversationId, command: AgentCommand) -> Result<u64, Refusal> {
        let id = self.send(conversation, command).await;
        self.settle(conversation, id).await
    }

    /// Waits for the answer that holds.
    pub async fn settle(&mut self, conversation: ConversationId, id: CommandId) -> Result<u64, Refusal> {
        loop {
            match self.answer(id).await {
                Err(Refusal { retry_ms: Some(wait), .. }) => {
                    tokio::time::sleep(std::time::Duration::from_millis(u64::from(wait))).await;
                    self.refusals.retain(|(of, _)| *of != id);
                    let command = self.sent[&id].clone();
                    self.line.send(&AgentFrame::Command { id, conversation, command }).await;
                }
                settled => return settled,
            }
        }
    }

    /// Takes the conversation as its row shows it, and opens it.
    pub async fn take(&mut self, visitor: &Visitor) -> Result<u64, Refusal> {
        let conversation = visitor.conversation.unwrap();
        let version = self.version(conversation).await;
        let taken = self.does(conversation, AgentCommand::TakeConversation { version }).await?;
        self.open(conversation).await;
        Ok(taken)
    }

    /// The version that the list shows; waits for the row.
    pub async fn version(&mut self, conversation: ConversationId) -> u64 {
        self.until_row(conversation, |_| true).await;
        self.rows[&conversation].version
    }

    pub async fn say(&mut self, visitor: &Visitor, text: &str) -> Result<u64, Refusal> {
        self.does(visitor.conversation.unwrap(), AgentCommand::PostMessage { text: text.to_owned() }).await
    }

    pub async fn until_text(&mut self, conversation: ConversationId, text: &str) -> u64 {
        loop {
            let events = self.events.get(&conversation).map(Vec::as_slice).unwrap_or_default();
            if let Some(event) = events.iter().find(|event| says(event).as_deref() == Some(text)) {
                return event.seq;
            }
            self.listen().await.unwrap();
        }
    }

    pub async fn until_event(&mut self, conversation: ConversationId, name: &str) -> Event {
        loop {
            let events = self.events.get(&conversation).map(Vec::as_slice).unwrap_or_default();
            if let Some(event) = events.iter().rev().find(|event| kind(event) == name) {
                return event.clone();
            }
            self.listen().await.unwrap();
        }
    }

    pub async fn listen(&mut self) -> Result<(), Ended> {
        let frame = self.line.next().await?;
        self.hear(frame).await;
        Ok(())
    }

    pub async fn until_end(&mut self) -> Ended {
        loop {
            if let Err(ended) = self.listen().await {
                return ended;
            }
        }
    }

    /// Takes in what has come so far, without waiting for more.
    pub async fn catch_up(&mut self) {
        for frame in self.line.waiting().await {
            self.hear(frame).await;
        }
    }

    async fn hear(&mut self, frame: ToAgent) {
        match frame {
            ToAgent::Event { conversation, event } => self.keep(conversation, event),
            ToAgent::Events { conversation, events, more, .. } => {
                self.events.entry(conversation).or_default();
                events.into_iter().for_each(|event| self.keep(conversation, event));
                if more {
                    self.line.send(&AgentFrame::More { conversation }).await;
                }
            }
            ToAgent::Row { row } => {
                self.rows.insert(row.id, row);
            }
            ToAgent::Ack { id, seq, .. } => self.acks.push((id, seq)),
            ToAgent::Refused { id, refusal } => self.refusals.push((id, refusal)),
            other => self.others.push(other),
        }
    }

    fn keep(&mut self, conversation: ConversationId, event: Event) {
        let events = self.events.entry(conversation).or_default();
        if let Some(last) = events.last() {
            if event.seq <= last.seq {
                return;
            }
            assert_eq!(event.seq, last.seq + 1, "a hole before {event:?}");
        }
        events.push(event);
    }

    pub fn texts(&self, conversation: ConversationId) -> Vec<String> {
        self.events.get(&conversation).map(|events| events.iter().filter_map(says).collect()).unwrap_or_default()
    }

    /// What the console reads.
    pub async fn get(&self, path: &str) -> Value {
        serde_json::from_str(&self.get_text(path).await).unwrap()
    }

    /// A file that the console offers.
    pub async fn get_text(&self, path: &str) -> String {
        let cookie = self.cookie.clone();
        get(self.address, path, vec![("cookie", cookie)]).await.expect("an answer")
    }

    /// A request of the console.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        post(self.address, path, Some(self.cookie.clone()), body).await.1
    }

    /// As [`Agent::post`], in place of what is there.
    pub async fn put(&self, path: &str, body: Value) -> Value {
        send(true, self.address, path, Some(self.cookie.clone()), body).await.1
    }
}

/// One GET with these headers; the body, or the status of a refusal.
pub(super) async fn get(address: SocketAddr, path: &str, headers: Vec<(&'static str, String)>) -> Result<String, u16> {
    let url = format!("http://{address}{path}");
    let sent = tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).build().into();
        let request = headers.iter().fold(agent.get(&url), |request, (name, value)| request.header(*name, value));
        let mut answer = request.call().unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        if answer.status().is_success() { Ok(text) } else { Err(answer.status().as_u16()) }
    });
    sent.await.unwrap()
}

/// One POST from the console's own pages; answers the cookie that was set and the body.
async fn post(address: SocketAddr, path: &str, cookie: Option<String>, body: Value) -> (Option<String>, Value) {
    send(false, address, path, cookie, body).await
}

async fn send(
    put: bool,
    address: SocketAddr,
    path: &str,
    cookie: Option<String>,
    body: Value,
) -> (Option<String>, Value) {
    let url = format!("http://{address}{path}");
    let sent = tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).build().into();
        let request = if put { agent.put(&url) } else { agent.post(&url) };
        let mut request = request.header("origin", &url[..url.find("/api").unwrap()]);
        if let Some(cookie) = cookie {
            request = request.header("cookie", &cookie);
        }
        let mut answer = request.send_json(body).unwrap();
        let set = answer.headers().get("set-cookie").map(|set| set.to_str().unwrap().to_owned());
        let cookie = set.and_then(|set| set.split(';').next().map(str::to_owned));
        let text = answer.body_mut().read_to_string().unwrap();
        (cookie, serde_json::from_str(&text).unwrap_or(Value::Null))
    });
    sent.await.unwrap()
}
