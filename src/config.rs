//! Settings of a server: defaults, then file, environment, flags; checked once, at the start.
//!
//! What belongs to a site (origins, appearance, bot) is in the database. Here stand
//! only keys that do something. [`keys`] is their table, [`layers`] reads them.

mod keys;
mod layers;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use url::Url;

pub use layers::{ConfigError, Layers};

/// Everything a server needs to know before it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub server: Server,
    pub data: Data,
    pub log: Log,
    pub files: Files,
    pub feeds: Feeds,
    pub limits: Limits,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// Plain HTTP; TLS is a proxy's work.
    pub listen: SocketAddr,
    /// What browsers write; none = the listen address, which then is a loopback one.
    pub public_url: Option<Url>,
    /// Whose `x-forwarded-for` is believed.
    pub trusted_proxies: Vec<Network>,
    /// A proxy with TLS stands in front, so plain HTTP beyond loopback is meant.
    pub behind_proxy: bool,
    /// Threads that serve HTTP and sockets; 0 = as many as cores.
    pub workers: usize,
    /// How long a stop may take before the process gives up.
    pub stop_seconds: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    /// Everything that the server writes lies here.
    pub dir: PathBuf,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    pub format: LogFormat,
    /// A level, or the directives of tracing's `EnvFilter`.
    pub filter: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Text on a terminal, else JSON.
    Auto,
    Text,
    Json,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Files {
    /// The largest document that is taken.
    pub megabytes_max: u32,
}

/// Where feeds may be fetched from beside a site's own hosts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Feeds {
    pub hosts: Vec<String>,
    /// These may stand in a private network.
    pub private_hosts: Vec<String>,
}

/// What one address and one visitor may ask of the server.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    pub sockets_per_address: u32,
    pub new_sockets_per_second: u32,
    /// Commands at once, then `visitor_per_second`.
    pub visitor_burst: u32,
    pub visitor_per_second: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            server: Server {
                listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
                public_url: None,
                trusted_proxies: Vec::new(),
                behind_proxy: false,
                workers: 0,
                stop_seconds: 10,
            },
            data: Data { dir: PathBuf::from("./data") },
            log: Log { format: LogFormat::Auto, filter: "info,actix_server=warn".to_owned() },
            files: Files { megabytes_max: 25 },
            feeds: Feeds::default(),
            limits: Limits {
                sockets_per_address: 20,
                new_sockets_per_second: 10,
                visitor_burst: 20,
                visitor_per_second: 1,
            },
        }
    }
}

impl Config {
    /// Reads and checks all layers.
    ///
    /// # Errors
    /// Every fault found, each of one line.
    pub fn load(layers: &Layers) -> Result<Self, Vec<ConfigError>> {
        let mut config = Self::default();
        let faults = layers.apply(&mut config);
        if !faults.is_empty() {
            return Err(faults);
        }
        config.check().map(|()| config)
    }

    /// What no key can tell alone.
    fn check(&self) -> Result<(), Vec<ConfigError>> {
        let listen = self.server.listen;
        let mut faults = Vec::new();
        if !listen.ip().is_loopback() && self.server.public_url.is_none() {
            faults.push(ConfigError(format!(
                "`server.listen` is {listen}, which other machines can reach, so browsers must be told an address: \
                 write public_url = \"https://chat.example.com\" (yours) under [server]"
            )));
        }
        if let Some(url) = &self.server.public_url
            && url.scheme() != "https"
            && !is_loopback(url)
        {
            faults.push(ConfigError(format!(
                "`server.public_url` is {url}, but browsers keep no sign-in on plain HTTP beyond this machine: \
                 write an https address and put a proxy with TLS in front"
            )));
        }
        if !listen.ip().is_loopback() && !self.server.behind_proxy {
            faults.push(ConfigError(format!(
                "`server.listen` is {listen}, and this server speaks plain HTTP: \
                 write behind_proxy = true under [server] when a proxy with TLS stands in front, \
                 or listen on 127.0.0.1:{}",
                listen.port()
            )));
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// All keys with their values, as a file that would give the same.
    #[must_use]
    pub fn to_toml(&self) -> String {
        keys::write(self)
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// An address, or a network such as `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address.parse::<IpAddr>().ok()?, Some(bits.parse::<u8>().ok()?)),
            None => (text.parse::<IpAddr>().ok()?, None),
        };
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { address, bits })
    }

    /// A mapped IPv4 address (`::ffff:10.0.0.1`) counts as the IPv4 one.
    #[must_use]
    pub fn contains(&self, ip: IpAddr) -> bool {
        match (self.address.to_canonical(), ip.to_canonical()) {
            (IpAddr::V4(mine), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32_u32.saturating_sub(self.bits.into())).unwrap_or(0);
                mine.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V6(mine), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128_u32.saturating_sub(self.bits.into())).unwrap_or(0);
                mine.to_bits() & mask == other.to_bits() & mask
            }
            _ => false,
        }
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

#[cfg(test)]
mod tests;
