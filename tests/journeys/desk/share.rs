//! A visitor's shared page and an agent's tab of it, without a screen.

use std::net::SocketAddr;

use comptoir::protocol::cobrowse::{
    DATA_FRAME_BYTES_MAX, DATA_HEAD_BYTES, FLAG_MORE, PageFrame, PageRule, RemoteAction, ShareStage, SharedPage,
    ToPage, ToWatcher, WatcherFrame,
};
use comptoir::protocol::{ConversationId, Refusal, ShareId};

use super::ORIGIN;
use super::line::{Ended, Line, Share};

/// A data frame in one part.
pub fn frame(kind: u8, doc: u32, seq: u32, body: &[u8]) -> Vec<u8> {
    let mut frame = vec![kind, 0];
    frame.extend(doc.to_be_bytes());
    frame.extend(seq.to_be_bytes());
    frame.extend(body);
    frame
}

/// The same in as many parts as it needs, each with the head of the whole.
pub fn in_parts(whole: &[u8]) -> Vec<Vec<u8>> {
    let (head, body) = whole.split_at(DATA_HEAD_BYTES);
    let chunks: Vec<&[u8]> = body.chunks(DATA_FRAME_BYTES_MAX - DATA_HEAD_BYTES).collect();
    let mut parts: Vec<Vec<u8>> = chunks.iter().map(|chunk| [head, chunk].concat()).collect();
    if let Some((_, others)) = parts.split_last_mut() {
        for part in others {
            part[1] |= FLAG_MORE;
        }
    }
    parts
}

/// A whole picture with one text.
pub fn full(doc: u32, seq: u32, text: &str) -> Vec<u8> {
    large(doc, seq, text, 1)
}

/// A whole picture with one text several times.
pub fn large(doc: u32, seq: u32, text: &str, times: usize) -> Vec<u8> {
    let texts: Vec<String> =
        (5..5 + times).map(|id| format!(r#"{{"type":3,"id":{id},"textContent":"{text}"}}"#)).collect();
    let texts = texts.join(",");
    let body = format!(r#"{{"type":2,"id":4,"tagName":"body","attributes":{{}},"childNodes":[{texts}]}}"#);
    let html = format!(r#"{{"type":2,"id":3,"tagName":"html","attributes":{{}},"childNodes":[{body}]}}"#);
    let doctype = r#"{"type":1,"id":2,"name":"html","publicId":"","systemId":""}"#;
    let node = format!(r#"{{"type":0,"id":1,"childNodes":[{doctype},{html}]}}"#);
    let meta = format!(r#"{{"type":4,"data":{{"href":"{ORIGIN}/","width":1024,"height":768}},"timestamp":1}}"#);
    let snapshot =
        format!(r#"{{"type":2,"data":{{"node":{node},"initialOffset":{{"left":0,"top":0}}}},"timestamp":2}}"#);
    frame(1, doc, seq, format!("[{meta},{snapshot}]").as_bytes())
}

/// The text becomes another one.
pub fn change(doc: u32, seq: u32, text: &str) -> Vec<u8> {
    let data =
        format!(r#"{{"source":0,"adds":[],"removes":[],"attributes":[],"texts":[{{"id":5,"value":"{text}"}}]}}"#);
    frame(2, doc, seq, format!(r#"[{{"type":3,"data":{data},"timestamp":3}}]"#).as_bytes())
}

pub struct Page {
    address: SocketAddr,
    site: String,
    token: String,
    pub share: ShareId,
    pub key: String,
    pub line: Line,
    pub stage: ShareStage,
    pub said: Vec<ToPage>,
}

impl Page {
    pub async fn open(address: SocketAddr, site: &str, token: &str, share: ShareId, key: String, epoch: u32) -> Self {
        let (line, key, stage) = hello(address, site, token, share, &key, epoch).await.unwrap();
        let (site, token) = (site.to_owned(), token.to_owned());
        let mut page = Self { address, site, token, share, key, line, stage, said: Vec::new() };
        page.describe(PageRule::Full).await;
        page
    }

    /// The next page of the same tab, after a navigation.
    pub async fn next_page(&mut self, epoch: u32) {
        self.line.hang_up().await;
        self.come_back(epoch).await.unwrap();
    }

    /// Another hello with the key that this page knows.
    pub async fn come_back(&mut self, epoch: u32) -> Result<(), Ended> {
        let (line, key, stage) = hello(self.address, &self.site, &self.token, self.share, &self.key, epoch).await?;
        (self.line, self.key, self.stage) = (line, key, stage);
        self.said.clear();
        self.describe(PageRule::Full).await;
        Ok(())
    }

    /// A hello that is refused: by which name.
    pub async fn refused(&mut self, epoch: u32) -> Refusal {
        let mut line = Line::open(self.address, "/w/v1/share", ORIGIN).await;
        let (site, token, key) = (self.site.clone(), self.token.clone(), self.key.clone());
        line.send(&PageFrame::ResumeShare { site, token, share: self.share, key, tab: "tab".into(), epoch }).await;
        match line.next().await {
            Ok(ToPage::Fault { refusal }) => refusal,
            other => panic!("no refusal but {other:?}"),
        }
    }

    /// As another tab that has copied everything this one knows.
    pub async fn duplicate(&self, epoch: u32) -> Self {
        Self::open(self.address, &self.site, &self.token, self.share, self.key.clone(), epoch).await
    }

    pub async fn describe(&mut self, rule: PageRule) {
        self.describe_as("Lampes", rule).await;
    }

    pub async fn describe_as(&mut self, title: &str, rule: PageRule) {
        let page = SharedPage {
            url: format!("{ORIGIN}/lamps"),
            title: title.into(),
            width: 1280,
            height: 800,
            touch: false,
            visible: true,
            dark: false,
            rule,
            lacks: Vec::new(),
        };
        self.say(PageFrame::DescribePage { page }).await;
    }

    pub async fn say(&mut self, frame: PageFrame) {
        self.line.send(&frame).await;
    }

    pub async fn show(&mut self, frame: &[u8]) {
        self.line.send_raw(tokio_tungstenite::tungstenite::Message::binary(frame.to_vec())).await;
    }

    pub async fn until(&mut self, fits: impl Fn(&ToPage) -> bool) -> ToPage {
        loop {
            if let Some(at) = self.said.iter().position(&fits) {
                return self.said.remove(at);
            }
            match self.line.next().await {
                Ok(frame) => self.said.push(frame),
                Err(ended) => panic!("{ended:?} after {:?}", self.said),
            }
        }
    }

    /// Reads until the socket ends.
    pub async fn until_end(&mut self) -> Ended {
        loop {
            match self.line.next().await {
                Ok(frame) => self.said.push(frame),
                Err(ended) => return ended,
            }
        }
    }

    /// Agrees to be driven, under this epoch, once it is asked.
    pub async fn grants(&mut self, epoch: u32) {
        let asked = self.until(|frame| matches!(frame, ToPage::ControlAsked { .. })).await;
        let ToPage::ControlAsked { ask, .. } = asked else { unreachable!() };
        self.say(PageFrame::AnswerControl { ask, granted: true, epoch }).await;
    }

    /// The number and action of the next order.
    pub async fn next_order(&mut self) -> (u32, u32, RemoteAction) {
        let ordered = self.until(|frame| matches!(frame, ToPage::ActionOrdered { .. })).await;
        let ToPage::ActionOrdered { n, epoch, action } = ordered else { unreachable!() };
        (n, epoch, action)
    }
}

async fn hello(
    address: SocketAddr,
    site: &str,
    token: &str,
    share: ShareId,
    key: &str,
    epoch: u32,
) -> Result<(Line, String, ShareStage), Ended> {
    let mut line = Line::open(address, "/w/v1/share", ORIGIN).await;
    let (site, token, key) = (site.to_owned(), token.to_owned(), key.to_owned());
    line.send(&PageFrame::ResumeShare { site, token, share, key, tab: "tab".into(), epoch }).await;
    loop {
        match line.next().await? {
            ToPage::Welcome { key, stage, .. } => return Ok((line, key, stage)),
            ToPage::Fault { .. } | ToPage::Closing { .. } => {}
            other => panic!("no welcome but {other:?}"),
        }
    }
}

pub struct Watcher {
    pub line: Line,
    pub said: Vec<ToWatcher>,
    /// Data frames, in order.
    pub shown: Vec<Vec<u8>>,
}

impl Watcher {
    pub async fn open(address: SocketAddr, pass: &str, conversation: ConversationId) -> Self {
        let mut line = Line::open(address, "/api/v1/share", &format!("http://{address}")).await;
        line.send(&WatcherFrame::Watch { pass: pass.to_owned(), conversation, tab: "tab".into() }).await;
        Self { line, said: Vec::new(), shown: Vec::new() }
    }

    pub async fn say(&mut self, frame: WatcherFrame) {
        self.line.send(&frame).await;
    }

    pub async fn listen(&mut self) -> Result<(), Ended> {
        match self.line.next_of_share().await? {
            Share::Said(frame) => self.said.push(frame),
            Share::Shown(data) => self.shown.push(data),
        }
        Ok(())
    }

    pub async fn until(&mut self, fits: impl Fn(&ToWatcher) -> bool) -> ToWatcher {
        loop {
            if let Some(at) = self.said.iter().position(&fits) {
                return self.said.remove(at);
            }
            if let Err(ended) = self.listen().await {
                panic!("{ended:?} after {:?}", self.said);
            }
        }
    }

    /// Waits until the share stands so; what was said before is forgotten.
    pub async fn until_stage(&mut self, fits: impl Fn(&ShareStage) -> bool) -> ShareStage {
        loop {
            let at = self.said.iter().position(|frame| stage_of(frame).is_some_and(&fits));
            if let Some(at) = at {
                let frame = self.said.drain(..=at).next_back().unwrap();
                return stage_of(&frame).unwrap().clone();
            }
            if let Err(ended) = self.listen().await {
                panic!("{ended:?} after {:?}", self.said);
            }
        }
    }

    pub async fn until_shown(&mut self, many: usize) {
        while self.shown.len() < many {
            self.listen().await.unwrap();
        }
    }

    pub async fn until_end(&mut self) -> Ended {
        loop {
            if let Err(ended) = self.listen().await {
                return ended;
            }
        }
    }

    pub async fn order(&mut self, n: u32, epoch: u32) {
        self.say(WatcherFrame::DoRemotely { n, epoch, action: RemoteAction::Back {} }).await;
    }
}

fn stage_of(frame: &ToWatcher) -> Option<&ShareStage> {
    match frame {
        ToWatcher::Welcome { view, .. } | ToWatcher::Changed { view } => Some(&view.stage),
        _ => None,
    }
}
