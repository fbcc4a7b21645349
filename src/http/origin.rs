//! Origins: exact scheme, host and port, as browsers say them.

use std::fmt;
use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header::ORIGIN;
use url::{Host, Url};

/// A tuple origin of http or https. `null` is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    secure: bool,
    /// As a URL writes it: lower case, IPv6 in brackets.
    host: String,
    port: u16,
}

impl Origin {
    /// Reads `https://shop.example` or `http://localhost:8081`; anything more than an origin is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let anonymous = url.username().is_empty() && url.password().is_none();
        if !bare || !anonymous || text.ends_with('/') {
            return None;
        }
        Self::of_url(&url)
    }

    /// The origin of an address.
    #[must_use]
    pub fn of_url(url: &Url) -> Option<Self> {
        let secure = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        Some(Self { secure, host: url.host()?.to_string(), port: url.port_or_known_default()? })
    }

    /// What the browser says a request comes from.
    #[must_use]
    pub fn of_request(request: &HttpRequest) -> Option<Self> {
        Self::parse(request.headers().get(ORIGIN)?.to_str().ok()?)
    }

    /// `http://` and the `Host` that a request names, if that is this very machine: the only
    /// way in without a `public_url`, so that no stranger's name can be pointed at us.
    #[must_use]
    pub fn of_loopback_host(host: &str) -> Option<Self> {
        Self::parse(&format!("http://{host}")).filter(Self::is_loopback)
    }

    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match Host::parse(&self.host) {
            Ok(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Ok(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
            Ok(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
            Err(_) => false,
        }
    }

    /// The same place for a WebSocket, as a Content-Security-Policy names it.
    #[must_use]
    pub fn socket(&self) -> String {
        let scheme = if self.secure { "wss" } else { "ws" };
        self.to_string().replacen(if self.secure { "https" } else { "http" }, scheme, 1)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, usual) = if self.secure { ("https", 443) } else { ("http", 80) };
        write!(f, "{scheme}://{}", self.host)?;
        if self.port == usual { Ok(()) } else { write!(f, ":{}", self.port) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_exactly_scheme_host_and_port() {
        let cases = [
            ("https://shop.example", Some("https://shop.example")),
            ("https://SHOP.example:443", Some("https://shop.example")),
            ("http://localhost:8081", Some("http://localhost:8081")),
            ("http://[::1]:8081", Some("http://[::1]:8081")),
            ("https://shop.example/", None),
            ("https://shop.example/path", None),
            ("https://shop.example?q", None),
            ("https://me@shop.example", None),
            ("ftp://shop.example", None),
            ("null", None),
            ("*", None),
            ("", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(Origin::parse(text).map(|origin| origin.to_string()).as_deref(), wanted, "{text}");
        }
        assert_ne!(Origin::parse("http://shop.example"), Origin::parse("https://shop.example"));
        assert_ne!(Origin::parse("https://shop.example"), Origin::parse("https://shop.example:8443"));
        assert_ne!(Origin::parse("https://shop.example"), Origin::parse("https://shop.example.evil.example"));
    }

    #[test]
    fn only_this_machine_counts_as_loopback() {
        for (text, wanted) in [
            ("http://127.0.0.1:8080", true),
            ("http://localhost:8080", true),
            ("http://[::1]:8080", true),
            ("http://10.0.0.1:8080", false),
            ("http://localhost.evil.example", false),
        ] {
            assert_eq!(Origin::parse(text).unwrap().is_loopback(), wanted, "{text}");
        }
    }

    #[test]
    fn a_socket_has_the_scheme_of_its_origin() {
        assert_eq!(Origin::parse("https://chat.example").unwrap().socket(), "wss://chat.example");
        assert_eq!(Origin::parse("http://localhost:8080").unwrap().socket(), "ws://localhost:8080");
    }
}
