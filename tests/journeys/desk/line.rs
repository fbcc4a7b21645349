//! One WebSocket of a test: frames out as JSON, frames in as they come.

use std::net::SocketAddr;

use futures_util::{SinkExt, StreamExt};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::PATIENCE;

pub struct Line {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// What comes on a share's socket.
#[derive(Debug)]
pub enum Share<T> {
    Said(T),
    Shown(Vec<u8>),
}

/// How a socket ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// By a close frame with this code.
    Closed(u16),
    /// Without one.
    Cut,
}

impl Line {
    pub async fn open(address: SocketAddr, path: &str, origin: &str) -> Self {
        let mut request = format!("ws://{address}{path}").into_client_request().unwrap();
        let headers = request.headers_mut();
        headers.insert("origin", HeaderValue::from_str(origin).unwrap());
        headers.insert("sec-websocket-protocol", HeaderValue::from_static("comptoir.v1"));
        headers.insert("user-agent", HeaderValue::from_static("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"));
        let opened = timeout(PATIENCE, tokio_tungstenite::connect_async(request)).await.expect("no handshake in time");
        Self { socket: opened.unwrap().0 }
    }

    pub async fn send(&mut self, frame: &impl Serialize) {
        self.send_text(serde_json::to_string(frame).unwrap()).await;
    }

    pub async fn send_text(&mut self, text: String) {
        self.send_raw(Message::text(text)).await;
    }

    /// Whatever it is, also what is not allowed; a socket that is closed meanwhile is no failure.
    pub async fn send_raw(&mut self, message: Message) {
        let _ = self.socket.send(message).await;
    }

    /// The connection is gone without a word.
    pub async fn hang_up(&mut self) {
        let _ = self.socket.get_mut().shutdown().await;
    }

    /// The next frame, or how the socket ended.
    pub async fn next<T: DeserializeOwned>(&mut self) -> Result<T, Ended> {
        timeout(PATIENCE, self.read()).await.expect("no frame in time")
    }

    async fn read<T: DeserializeOwned>(&mut self) -> Result<T, Ended> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Ok(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")));
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(frame.map_or(Ended::Cut, |frame| Ended::Closed(frame.code.into())));
                }
                Some(Ok(_)) => {}
                Some(Err(tungstenite::Error::ConnectionClosed)) | None | Some(Err(_)) => return Err(Ended::Cut),
            }
        }
    }

    /// The next frame of a share's socket: words or data.
    pub async fn next_of_share<T: DeserializeOwned>(&mut self) -> Result<Share<T>, Ended> {
        let read = async {
            loop {
                match self.socket.next().await {
                    Some(Ok(Message::Text(text))) => {
                        let said = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
                        return Ok(Share::Said(said));
                    }
                    Some(Ok(Message::Binary(data))) => return Ok(Share::Shown(data.to_vec())),
                    Some(Ok(Message::Close(frame))) => {
                        return Err(frame.map_or(Ended::Cut, |frame| Ended::Closed(frame.code.into())));
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return Err(Ended::Cut),
                }
            }
        };
        timeout(PATIENCE, read).await.expect("no frame in time")
    }

    /// Frames that are already here.
    pub async fn waiting<T: DeserializeOwned>(&mut self) -> Vec<T> {
        let mut frames = Vec::new();
        while let Ok(Ok(frame)) = timeout(std::time::Duration::from_millis(1), self.read()).await {
            frames.push(frame);
        }
        frames
    }
}
