//! One conditional request for a feed, streamed to a file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine;
use ureq::http::{Response, StatusCode, header};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::address::PublicOnly;
use super::{FetchRules, check};
use crate::jobs::catalog::sentence;
use crate::protocol::catalog::ImportReason;
use crate::store::Site;
use crate::store::catalog::{FeedAddress, Validators};

/// What one fetch may take.
#[derive(Debug, Clone, Copy)]
pub struct FetchLimits {
    pub bytes_max: u64,
    /// From the first name looked up to the last byte.
    pub whole: Duration,
    /// Without a byte.
    pub silence: Duration,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self { bytes_max: 200_000_000, whole: Duration::from_secs(600), silence: Duration::from_secs(30) }
    }
}

/// Redirects that are followed, all on one host.
const REDIRECTS_MAX: usize = 3;
/// Between two looks at the clock.
const PIECE_BYTES: usize = 64 * 1024;
/// A validator longer than this is not kept.
const VALIDATOR_BYTES_MAX: usize = 500;
const BYTES_A_MEGABYTE: u64 = 1_000_000;
const SECONDS_A_MINUTE: u64 = 60;
const USER_AGENT: &str = concat!("Comptoir/", env!("CARGO_PKG_VERSION"), " (catalog feed)");

/// Why a feed was not fetched. The catalog stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum FetchFault {
    #[error("this is not an address of the web; write one like https://shop.example/feed.csv")]
    NotAnAddress,
    #[error("a name or password stands in the address; write them into their own fields")]
    PasswordInAddress,
    #[error(
        "`{host}` is none of this site's hosts; add it to the site's allowed origins, or to `feeds.hosts` in the server's configuration"
    )]
    OtherHost { host: String },
    #[error(
        "`{host}` leads into a private network; if that is meant, add it to `feeds.private_hosts` in the server's configuration"
    )]
    PrivateAddress { host: String },
    #[error("the address leads on to `{host}`; write the address where the feed is at last")]
    RedirectElsewhere { host: String },
    #[error("the address leads on more than {REDIRECTS_MAX} times; write the address where the feed is at last")]
    TooManyRedirects,
    #[error("the host was not found; look for a typing error in the address")]
    HostNotFound,
    #[error("the shop's server asks for a name and a password; write them beside the address")]
    NeedsPassword,
    #[error("there is nothing at this address; look for a typing error, or make the feed again in the shop")]
    NothingThere,
    #[error("the shop's server answered with {status}; open the address in a browser to see why")]
    Status { status: u16 },
    #[error("the feed is larger than {} MB; leave out columns that a card does not show", bytes / BYTES_A_MEGABYTE)]
    TooLarge { bytes: u64 },
    #[error("the shop's server was silent for too long or took more than {} minutes; try again later", seconds / SECONDS_A_MINUTE)]
    TooSlow { seconds: u64 },
    #[error("the connection was cut in the middle of the feed; it is fetched again at the next time")]
    Cut,
    #[error("the shop's server could not be reached: {why}")]
    Unreachable { why: String },
    #[error("the feed could not be written: {0}; check the disk")]
    Disk(#[source] io::Error),
}

impl FetchFault {
    /// The public name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAnAddress => "not_an_address",
            Self::PasswordInAddress => "password_in_address",
            Self::OtherHost { .. } => "other_host",
            Self::PrivateAddress { .. } => "private_address",
            Self::RedirectElsewhere { .. } => "redirect_elsewhere",
            Self::TooManyRedirects => "too_many_redirects",
            Self::HostNotFound => "host_not_found",
            Self::NeedsPassword => "needs_password",
            Self::NothingThere => "nothing_there",
            Self::Status { .. } => "status",
            Self::TooLarge { .. } => "too_large",
            Self::TooSlow { .. } => "too_slow",
            Self::Cut => "cut",
            Self::Unreachable { .. } => "unreachable",
            Self::Disk(_) => "disk",
        }
    }

    /// With what its sentence tells, for clients that say it in their own words:
    /// docs/feeds/faults.md lists the codes.
    #[must_use]
    pub fn told(&self) -> ImportReason {
        let count = |name: &str, number: u64| BTreeMap::from([(name.to_owned(), number)]);
        let (numbers, names) = match self {
            Self::NotAnAddress
            | Self::PasswordInAddress
            | Self::HostNotFound
            | Self::NeedsPassword
            | Self::NothingThere
            | Self::Cut => (BTreeMap::new(), Vec::new()),
            Self::OtherHost { host } | Self::PrivateAddress { host } | Self::RedirectElsewhere { host } => {
                (BTreeMap::new(), vec![host.clone()])
            }
            Self::TooManyRedirects => (count("redirects", REDIRECTS_MAX as u64), Vec::new()),
            Self::Status { status } => (count("status", u64::from(*status)), Vec::new()),
            Self::TooLarge { bytes } => (count("megabytes", bytes / BYTES_A_MEGABYTE), Vec::new()),
            Self::TooSlow { seconds } => (count("minutes", seconds / SECONDS_A_MINUTE), Vec::new()),
            Self::Unreachable { why } => (BTreeMap::new(), vec![why.clone()]),
            Self::Disk(error) => (BTreeMap::new(), vec![error.to_string()]),
        };
        let (code, message) = (self.code().to_owned(), sentence(&self.to_string()));
        ImportReason { code, numbers, names, detail: None, message }
    }
}

/// What came of a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Download {
    /// The server said that nothing changed.
    Unchanged,
    /// The file is whole, with what to ask with the next time.
    Whole { bytes: u64, validators: Validators },
}

/// Fetches a feed into `file`. Waits: not for a thread of the runtime.
///
/// # Errors
/// [`FetchFault`]; what was written of the file is of no use then.
pub(super) fn download(
    address: &FeedAddress,
    site: &Site,
    known: &Validators,
    file: &Path,
    rules: &Arc<FetchRules>,
    limits: FetchLimits,
) -> Result<Download, FetchFault> {
    let started = Instant::now();
    let agent = agent(rules.clone(), limits);
    let mut url = check(&address.url, site, rules)?;
    for _ in 0..=REDIRECTS_MAX {
        let response = ask(&agent, &url, address, known).map_err(|error| fault(error, limits))?;
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED {
            return Ok(Download::Unchanged);
        }
        if status.is_redirection() {
            url = next(&url, &response, site, rules)?;
            continue;
        }
        return match status {
            StatusCode::OK => keep(response, file, limits, started),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(FetchFault::NeedsPassword),
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(FetchFault::NothingThere),
            other => Err(FetchFault::Status { status: other.as_u16() }),
        };
    }
    Err(FetchFault::TooManyRedirects)
}

fn agent(rules: Arc<FetchRules>, limits: FetchLimits) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // A proxy would look names up in our place.
        .proxy(None)
        .user_agent(USER_AGENT)
        .timeout_global(Some(limits.whole))
        .timeout_connect(Some(limits.silence))
        .timeout_recv_response(Some(limits.silence))
        .timeout_per_read(Some(limits.silence))
        // A shop that closes behind its answer would cut the next request on the same connection.
        .max_idle_connections(0)
        .build();
    Agent::with_parts(config, DefaultConnector::default(), PublicOnly(rules))
}

fn ask(agent: &Agent, url: &Url, address: &FeedAddress, known: &Validators) -> Result<Response<Body>, ureq::Error> {
    let mut request = agent
        .get(url.as_str())
        .header(header::ACCEPT, "text/csv, text/tab-separated-values, application/xml, */*;q=0.5");
    if let Some(user) = &address.user {
        let pair = format!("{user}:{}", address.password.as_deref().unwrap_or_default());
        let pair = base64::engine::general_purpose::STANDARD.encode(pair);
        request = request.header(header::AUTHORIZATION, format!("Basic {pair}"));
    }
    if let Some(etag) = &known.etag {
        request = request.header(header::IF_NONE_MATCH, etag);
    }
    if let Some(date) = &known.last_modified {
        request = request.header(header::IF_MODIFIED_SINCE, date);
    }
    request.call()
}

/// Where a redirect leads: the same host, judged like the first address.
fn next(url: &Url, response: &Response<Body>, site: &Site, rules: &FetchRules) -> Result<Url, FetchFault> {
    let place = response.headers().get(header::LOCATION).and_then(|place| place.to_str().ok());
    let status = response.status().as_u16();
    let next = place.and_then(|place| url.join(place).ok()).ok_or(FetchFault::Status { status })?;
    if next.host_str() != url.host_str() {
        return Err(FetchFault::RedirectElsewhere { host: next.host_str().unwrap_or_default().to_owned() });
    }
    // From https to http, a password would be readable on its way.
    if url.scheme() == "https" && next.scheme() != "https" {
        return Err(FetchFault::RedirectElsewhere { host: next.to_string() });
    }
    check(next.as_str(), site, rules)
}

fn keep(
    mut response: Response<Body>,
    file: &Path,
    limits: FetchLimits,
    started: Instant,
) -> Result<Download, FetchFault> {
    let said = |name: header::HeaderName| {
        let value = response.headers().get(name)?.to_str().ok()?;
        (value.len() <= VALIDATOR_BYTES_MAX).then(|| value.to_owned())
    };
    let validators = Validators { etag: said(header::ETAG), last_modified: said(header::LAST_MODIFIED) };
    let too_large = FetchFault::TooLarge { bytes: limits.bytes_max };
    let length = response.body().content_length();
    if length.is_some_and(|length| length > limits.bytes_max) {
        return Err(too_large);
    }
    let mut out = File::create(file).map_err(FetchFault::Disk)?;
    let mut body = response.body_mut().with_config().limit(u64::MAX).reader();
    let mut piece = vec![0; PIECE_BYTES];
    let mut bytes: u64 = 0;
    loop {
        let read = body.read(&mut piece).map_err(|error| fault(ureq::Error::from(error), limits))?;
        if read == 0 {
            break;
        }
        bytes += u64::try_from(read).unwrap_or(u64::MAX);
        if bytes > limits.bytes_max {
            return Err(too_large);
        }
        if started.elapsed() > limits.whole {
            return Err(FetchFault::TooSlow { seconds: limits.whole.as_secs() });
        }
        out.write_all(piece.get(..read).unwrap_or_default()).map_err(FetchFault::Disk)?;
    }
    if length.is_some_and(|length| length != bytes) {
        return Err(FetchFault::Cut);
    }
    out.sync_all().map_err(FetchFault::Disk)?;
    Ok(Download::Whole { bytes, validators })
}

fn fault(error: ureq::Error, limits: FetchLimits) -> FetchFault {
    match error {
        ureq::Error::Timeout(_) => FetchFault::TooSlow { seconds: limits.whole.as_secs() },
        ureq::Error::HostNotFound => FetchFault::HostNotFound,
        ureq::Error::Other(inner) => match inner.downcast::<FetchFault>() {
            Ok(ours) => *ours,
            Err(other) => FetchFault::Unreachable { why: other.to_string() },
        },
        ureq::Error::Io(error) => match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => {
                FetchFault::TooSlow { seconds: limits.whole.as_secs() }
            }
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => {
                FetchFault::Cut
            }
            _ if error.to_string().contains("lookup") => FetchFault::HostNotFound,
            _ => FetchFault::Unreachable { why: error.to_string() },
        },
        other => FetchFault::Unreachable { why: other.to_string() },
    }
}
