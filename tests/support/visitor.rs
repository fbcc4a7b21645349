//! A visitor's browser as a stranger would write it from `docs/protocol.md`: it repeats
//! what was not acknowledged under the same id and resumes by number.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use uuid::Uuid;

/// An answer that takes longer counts as a lost connection.
const ANSWER_WAIT: Duration = Duration::from_secs(20);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Whatever broke the connection; the visitor comes back.
#[derive(Debug)]
pub struct Lost;

/// What one visitor knows, whichever socket they have.
pub struct Visitor {
    server: SocketAddr,
    origin: &'static str,
    site: String,
    token: Option<String>,
    pub conversation: Option<String>,
    /// Every event seen, by its number; a number never changes its content.
    pub seen: BTreeMap<u64, Value>,
    /// Sent and acknowledged: text and the number that the server gave it.
    pub acknowledged: Vec<(String, u64)>,
    /// Sent under this id, and not acknowledged yet.
    pub pending: Option<(Uuid, String)>,
    socket: Option<Socket>,
    /// How often a connection was made.
    pub connections: u32,
}

impl Visitor {
    pub fn of(server: SocketAddr, origin: &'static str, site: &str) -> Self {
        Self {
            server,
            origin,
            site: site.to_owned(),
            token: None,
            conversation: None,
            seen: BTreeMap::new(),
            acknowledged: Vec::new(),
            pending: None,
            socket: None,
            connections: 0,
        }
    }

    /// Sends a text, or goes on with the one that is pending, until it is acknowledged or the connection is lost.
    pub async fn say(&mut self, text: &str) -> Result<(), Lost> {
        if self.pending.is_none() {
            self.pending = Some((Uuid::now_v7(), text.to_owned()));
        }
        let outcome = self.send_pending().await;
        if outcome.is_err() {
            self.socket = None;
        }
        outcome
    }

    /// Reads until everything up to `head` was seen.
    pub async fn catch_up(&mut self, head: u64) -> Result<(), Lost> {
        if self.socket.is_none() {
            self.connect().await?;
        }
        while self.last_seen() < head {
            let frame = self.next().await?;
            self.take_in(&frame).await?;
        }
        Ok(())
    }

    /// The last number without a hole before it.
    fn last_seen(&self) -> u64 {
        (1..).zip(self.seen.keys()).take_while(|(expected, seq)| expected == *seq).count() as u64
    }

    async fn send_pending(&mut self) -> Result<(), Lost> {
        if self.socket.is_none() {
            self.connect().await?;
        }
        self.repeat_pending().await?;
        loop {
            let frame = self.next().await?;
            self.take_in(&frame).await?;
            let (Some((id, text)), answers) = (&self.pending, frame["id"].as_str()) else { return Ok(()) };
            if answers != Some(&id.to_string()) {
                continue;
            }
            match frame["type"].as_str() {
                Some("ack") => {
                    self.acknowledged.push((text.clone(), frame["seq"].as_u64().unwrap()));
                    self.conversation = frame["conversation"].as_str().map(str::to_owned);
                    self.pending = None;
                    return Ok(());
                }
                Some("refused") => {
                    let wait = frame["refusal"]["retry_ms"].as_u64().unwrap_or_else(|| panic!("refused: {frame}"));
                    tokio::time::sleep(Duration::from_millis(wait)).await;
                    self.repeat_pending().await?;
                }
                _ => {}
            }
        }
    }

    async fn repeat_pending(&mut self) -> Result<(), Lost> {
        let Some((id, text)) = &self.pending else { return Ok(()) };
        let mut frame = json!({"type": "command", "id": id, "command": {"type": "post_message", "text": text}});
        match &self.conversation {
            Some(conversation) => frame["conversation"] = json!(conversation),
            None => frame["begin"] = json!({"lang": "fr", "bot_version": 1}),
        }
        self.send(&frame).await
    }

    /// Comes in, and says nothing yet.
    pub async fn arrive(&mut self) {
        self.connect().await.unwrap();
    }

    /// Reads to the end of the socket: the server's last words and the code of its close.
    pub async fn farewell(&mut self) -> (Value, Option<u16>) {
        let mut last = Value::Null;
        let socket = self.socket.as_mut().unwrap();
        while let Ok(Some(Ok(message))) = timeout(ANSWER_WAIT, socket.next()).await {
            match message {
                Message::Text(text) => last = serde_json::from_str(&text).unwrap(),
                Message::Close(close) => return (last, close.map(|close| close.code.into())),
                _ => {}
            }
        }
        (last, None)
    }

    /// Comes in again and asks for what was missed.
    async fn connect(&mut self) -> Result<(), Lost> {
        let mut request = format!("ws://{}/w/v1/socket", self.server).into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("origin", self.origin.parse().unwrap());
        headers.insert("sec-websocket-protocol", "comptoir.v1".parse().unwrap());
        let (socket, _) = timeout(ANSWER_WAIT, tokio_tungstenite::connect_async(request))
            .await
            .map_err(|_| Lost)?
            .map_err(|_| Lost)?;
        self.socket = Some(socket);
        self.connections += 1;
        let mut hello = json!({"type": "hello", "site": self.site, "tab": "test", "lang": "fr"});
        if let Some(token) = &self.token {
            hello["token"] = json!(token);
        }
        self.send(&hello).await?;
        let welcome = self.next().await?;
        if welcome["type"] != "welcome" {
            return Err(Lost);
        }
        if let Some(token) = welcome["token"].as_str() {
            self.token = Some(token.to_owned());
        }
        if let Some(conversation) = welcome["conversation"]["id"].as_str() {
            self.conversation = Some(conversation.to_owned());
            let since = self.last_seen();
            self.send(&json!({"type": "resume", "conversation": conversation, "since": since})).await?;
        }
        Ok(())
    }

    async fn take_in(&mut self, frame: &Value) -> Result<(), Lost> {
        match frame["type"].as_str() {
            Some("event") => self.see(&frame["event"]),
            Some("events") => {
                for event in frame["events"].as_array().unwrap() {
                    self.see(event);
                }
                if frame["more"] == true {
                    self.send(&json!({"type": "more", "conversation": frame["conversation"]})).await?;
                }
            }
            Some("closing") => return Err(Lost),
            _ => {}
        }
        Ok(())
    }

    fn see(&mut self, event: &Value) {
        let seq = event["seq"].as_u64().unwrap();
        let before = self.seen.entry(seq).or_insert_with(|| event.clone());
        assert_eq!(before, event, "event {seq} was seen with another content");
    }

    async fn send(&mut self, frame: &Value) -> Result<(), Lost> {
        let socket = self.socket.as_mut().ok_or(Lost)?;
        socket.send(Message::text(frame.to_string())).await.map_err(|_| Lost)
    }

    async fn next(&mut self) -> Result<Value, Lost> {
        let socket = self.socket.as_mut().ok_or(Lost)?;
        loop {
            let message =
                timeout(ANSWER_WAIT, socket.next()).await.map_err(|_| Lost)?.ok_or(Lost)?.map_err(|_| Lost)?;
            match message {
                Message::Text(text) => return Ok(serde_json::from_str(&text).unwrap()),
                Message::Close(_) => return Err(Lost),
                _ => {}
            }
        }
    }
}
