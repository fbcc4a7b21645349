//! A shop's server that behaves badly in each way: the old catalog stays, with a sentence.

mod schedule;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use uuid::Uuid;

use super::download::download;
use super::{Download, FetchFault, FetchLimits, FetchRules};
use crate::protocol::{SiteId, Timestamp};
use crate::store::Site;
use crate::store::catalog::{FeedAddress, Validators};

const CSV: &str = "id,title,price,availability,link\nL1,Brass lamp,45.50 EUR,in stock,https://shop.example/l1\n";
/// Patient enough that a busy machine is not taken for a silent shop.
const LIMITS: FetchLimits =
    FetchLimits { bytes_max: 10_000, whole: Duration::from_secs(60), silence: Duration::from_secs(30) };

pub(super) fn site() -> Site {
    Site {
        id: SiteId(Uuid::from_u128(7)),
        name: "shop".to_owned(),
        key: "key".to_owned(),
        origins: vec!["https://shop.example".to_owned()],
        lang: "en".to_owned(),
        currency: "EUR".to_owned(),
        shop_url: None,
        accent: "#1f4ed8".to_owned(),
        query_keep: Vec::new(),
        agent_gone_seconds: 120,
        share: crate::protocol::cobrowse::ShareSettings::default(),
        snippet_seen_at: None,
        tested_at: None,
        created_at: Timestamp::from_millis(0),
    }
}

/// A server that answers each request with what a function writes; it remembers what was asked.
struct Shop {
    at: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Shop {
    fn open(mut answer: impl FnMut(&str, &mut TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = asked.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let request = head(&mut stream);
                heard.lock().unwrap().push(request.clone());
                answer(&request, &mut stream);
            }
        });
        Self { at, asked }
    }

    /// Answers every request alike.
    fn with(answer: String) -> Self {
        Self::open(move |_, stream| say(stream, &answer))
    }

    /// Answers one after the other; the last one from then on.
    fn in_turn(mut answers: Vec<String>) -> Self {
        Self::open(move |_, stream| {
            let answer = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
            say(stream, &answer);
        })
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/feed.csv", self.at.port())
    }

    fn address(&self) -> FeedAddress {
        FeedAddress { url: self.url(), user: None, password: None, every_hours: Some(6) }
    }

    /// What each request asked with, the oldest first; nothing: for the whole file.
    fn asked_with(&self) -> Vec<Option<String>> {
        let etag = |request: &String| {
            let line = request.lines().find(|line| line.to_lowercase().starts_with("if-none-match:"))?;
            Some(line.split_once(": ")?.1.to_owned())
        };
        self.asked.lock().unwrap().iter().map(etag).collect()
    }

    fn last_asked(&self) -> String {
        self.asked.lock().unwrap().last().cloned().unwrap_or_default()
    }

    fn fetch(&self, into: &Path) -> Result<Download, FetchFault> {
        self.fetch_within(LIMITS, into)
    }

    fn fetch_within(&self, limits: FetchLimits, into: &Path) -> Result<Download, FetchFault> {
        download(&self.address(), &site(), &Validators::default(), into, &here(), limits)
    }
}

fn head(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
        request.push(byte[0]);
    }
    String::from_utf8(request).unwrap()
}

fn say(stream: &mut TcpStream, text: &str) {
    // The other side may have gone: that is what some of these tests are about.
    let _ = stream.write_all(text.as_bytes());
}

fn whole(headers: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len())
}

/// Tests may reach this machine and nothing else.
fn here() -> Arc<FetchRules> {
    Arc::new(FetchRules { hosts: Vec::new(), private_hosts: vec!["127.0.0.1".to_owned()] })
}

#[test]
fn a_feed_is_fetched_whole_with_its_password_and_what_to_ask_with_next() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("feed");
    let shop = Shop::with(whole("ETag: \"7\"\r\nLast-Modified: Thu, 26 Nov 2026 08:00:00 GMT\r\n", CSV));
    let address = FeedAddress { user: Some("me".into()), password: Some("secret".into()), ..shop.address() };
    let fetched = download(&address, &site(), &Validators::default(), &file, &here(), LIMITS).unwrap();
    let date = Some("Thu, 26 Nov 2026 08:00:00 GMT".to_owned());
    let validators = Validators { etag: Some("\"7\"".into()), last_modified: date };
    let expected = Download::Whole { bytes: CSV.len() as u64, validators };
    assert_eq!(fetched, expected);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), CSV);
    assert!(shop.last_asked().to_lowercase().contains("authorization: basic bwu6c2vjcmv0"), "{}", shop.last_asked());
}

#[test]
fn a_feed_that_did_not_change_is_not_sent_again() {
    let dir = tempfile::tempdir().unwrap();
    let shop = Shop::with("HTTP/1.1 304 Not Modified\r\n\r\n".to_owned());
    let known = Validators { etag: Some("\"7\"".into()), last_modified: Some("Thu, 26 Nov 2026 08:00:00 GMT".into()) };
    let fetched = download(&shop.address(), &site(), &known, &dir.path().join("feed"), &here(), LIMITS).unwrap();
    assert_eq!(fetched, Download::Unchanged);
    let asked = shop.last_asked().to_lowercase();
    assert!(asked.contains("if-none-match: \"7\"") && asked.contains("if-modified-since: thu, 26"), "{asked}");
}

#[test]
fn what_a_shops_server_may_do_wrong_is_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let long = "x".repeat(10_001);
    let cases = [
        (whole("", &long), "too_large"),
        (format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2711\r\n{long}\r\n0\r\n\r\n"), "too_large"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nid,title".to_owned(), "cut"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nid,title\r\n".to_owned(), "cut"),
        ("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n".to_owned(), "needs_password"),
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(), "nothing_there"),
        ("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n".to_owned(), "status"),
        ("HTTP/1.1 302 Found\r\nLocation: /feed.csv\r\nContent-Length: 0\r\n\r\n".to_owned(), "too_many_redirects"),
        ("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n".to_owned(), "status"),
        (
            "HTTP/1.1 302 Found\r\nLocation: http://localhost/\r\nContent-Length: 0\r\n\r\n".to_owned(),
            "redirect_elsewhere",
        ),
        (
            "HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n".to_owned(),
            "redirect_elsewhere",
        ),
        (
            "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n".to_owned(),
            "redirect_elsewhere",
        ),
    ];
    for (answer, expected) in cases {
        let shop = Shop::with(answer.clone());
        let fault = shop.fetch(&dir.path().join("feed")).unwrap_err();
        assert_eq!(fault.code(), expected, "{:.80}: {fault}", answer);
    }
}

#[test]
fn a_fault_tells_what_its_sentence_tells() {
    let host = || "10.0.0.7".to_owned();
    let why = || "refused".to_owned();
    let cases = [
        (FetchFault::NotAnAddress, "", ""),
        (FetchFault::PasswordInAddress, "", ""),
        (FetchFault::OtherHost { host: host() }, "", "10.0.0.7"),
        (FetchFault::PrivateAddress { host: host() }, "", "10.0.0.7"),
        (FetchFault::RedirectElsewhere { host: host() }, "", "10.0.0.7"),
        (FetchFault::TooManyRedirects, "redirects 3", ""),
        (FetchFault::HostNotFound, "", ""),
        (FetchFault::NeedsPassword, "", ""),
        (FetchFault::NothingThere, "", ""),
        (FetchFault::Status { status: 503 }, "status 503", ""),
        (FetchFault::TooLarge { bytes: 200_000_000 }, "megabytes 200", ""),
        (FetchFault::TooSlow { seconds: 600 }, "minutes 10", ""),
        (FetchFault::Cut, "", ""),
        (FetchFault::Unreachable { why: why() }, "", "refused"),
        (FetchFault::Disk(std::io::Error::other("full")), "", "full"),
    ];
    for (fault, numbers, names) in cases {
        let told = fault.told();
        let counted: Vec<String> = told.numbers.iter().map(|(name, number)| format!("{name} {number}")).collect();
        assert_eq!((counted.join(" ").as_str(), told.names.join(" ").as_str()), (numbers, names), "{fault}");
        let all = counted
            .iter()
            .filter_map(|number| number.split(' ').next_back())
            .chain(told.names.iter().map(String::as_str));
        for one in all {
            assert!(told.message.contains(one), "{one} is not in {}", told.message);
        }
    }
}

#[test]
fn a_server_that_falls_silent_is_given_up() {
    let dir = tempfile::tempdir().unwrap();
    // Each stays silent until the other side has gone.
    let wait = |stream: &mut TcpStream| {
        let _ = stream.read(&mut [0]);
    };
    let before = Shop::open(move |_, stream| wait(stream));
    let within = Shop::open(move |_, stream| {
        say(stream, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nid,title");
        wait(stream);
    });
    let impatient = FetchLimits { silence: Duration::from_millis(300), ..LIMITS };
    for shop in [before, within] {
        let fault = shop.fetch_within(impatient, &dir.path().join("feed")).unwrap_err();
        assert_eq!(fault.code(), "too_slow");
    }
}

#[test]
fn a_name_that_leads_into_a_private_network_is_not_followed() {
    let dir = tempfile::tempdir().unwrap();
    let shop = Shop::with(whole("", CSV));
    // The name is allowed; where it leads is not.
    let rules = Arc::new(FetchRules { hosts: vec!["localhost".to_owned()], private_hosts: Vec::new() });
    let url = format!("http://localhost:{}/feed.csv", shop.at.port());
    let address = FeedAddress { url, ..shop.address() };
    let fault = download(&address, &site(), &Validators::default(), &dir.path().join("feed"), &rules, LIMITS);
    assert_eq!(fault.unwrap_err().code(), "private_address");
    assert_eq!(shop.last_asked(), "", "no byte was sent there");
}

#[test]
fn a_redirect_on_the_same_host_is_followed() {
    let dir = tempfile::tempdir().unwrap();
    let shop = Shop::open(|request, stream| {
        let moved = "HTTP/1.1 301 Moved\r\nLocation: /new.csv\r\nContent-Length: 0\r\n\r\n".to_owned();
        say(stream, &if request.starts_with("GET /new.csv") { whole("", CSV) } else { moved });
    });
    assert!(matches!(shop.fetch(&dir.path().join("feed")), Ok(Download::Whole { .. })));
}
