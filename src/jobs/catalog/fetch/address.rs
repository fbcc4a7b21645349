//! Which addresses may be fetched: hosts that somebody named, at public addresses.
//!
//! A merchant's admin can write any address, and the server may stand inside a private
//! network: without this, the form would be a window into that network.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

use super::FetchFault;
use crate::store::Site;

/// Addresses that one name may have.
const ADDRESSES_MAX: usize = 16;

/// What the configuration allows beside a site's own hosts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FetchRules {
    /// Hosts that the feeds of every site may come from, as [`url::Host`] writes them.
    pub hosts: Vec<String>,
    /// Those of them that may have a private address.
    pub private_hosts: Vec<String>,
}

/// Whether a feed of `site` may be fetched at an address, as far as its text can say.
///
/// # Errors
/// What is wrong with it, and what to write or whom to ask.
pub fn check(text: &str, site: &Site, rules: &FetchRules) -> Result<Url, FetchFault> {
    let url = Url::parse(text).map_err(|_| FetchFault::NotAnAddress)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(FetchFault::NotAnAddress);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FetchFault::PasswordInAddress);
    }
    let host = url.host_str().ok_or(FetchFault::NotAnAddress)?;
    let own = site.origins.iter().chain(site.shop_url.as_ref()).filter_map(|origin| Url::parse(origin).ok());
    let is_own = own.into_iter().any(|own| own.host_str() == Some(host));
    if !is_own && !rules.hosts.iter().chain(&rules.private_hosts).any(|known| known.eq_ignore_ascii_case(host)) {
        return Err(FetchFault::OtherHost { host: host.to_owned() });
    }
    // A written address is judged at once; a name only when it is looked up.
    let written = match url.host() {
        Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        Some(Host::Domain(_)) | None => None,
    };
    if written.is_some_and(|address| !is_public(address)) && !rules.is_private(host) {
        return Err(FetchFault::PrivateAddress { host: host.to_owned() });
    }
    Ok(url)
}

impl FetchRules {
    fn is_private(&self, host: &str) -> bool {
        self.private_hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }
}

/// Looks names up for one fetch and gives only addresses that may be reached. The
/// connection goes to what was judged here, so a name cannot change between the two.
pub(super) struct PublicOnly(pub Arc<FetchRules>);

impl fmt::Debug for PublicOnly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublicOnly")
    }
}

impl Resolver for PublicOnly {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(ureq::Error::HostNotFound);
        };
        // An IPv6 address in its brackets, as `Url` and the rules have it.
        let host = authority.host().to_owned();
        let place = DefaultResolver::host_and_port(scheme, authority).ok_or(ureq::Error::HostNotFound)?;
        let found: Vec<SocketAddr> = place.to_socket_addrs()?.take(ADDRESSES_MAX).collect();
        if found.iter().any(|address| !is_public(address.ip())) && !self.0.is_private(&host) {
            // One private address among public ones is how a name is turned against us.
            return Err(ureq::Error::Other(Box::new(FetchFault::PrivateAddress { host })));
        }
        let mut addresses = self.empty();
        for address in found {
            addresses.push(address);
        }
        if addresses.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(addresses) }
    }
}

/// Whether an address is one of the open internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let shared = first == 100 && (64..128).contains(&second);
    let benchmark = first == 198 && (second == 18 || second == 19);
    let protocol = first == 192 && second == 0 && third == 0;
    let reserved = first >= 240;
    !(address.is_unspecified()
        || first == 0
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_multicast()
        || address.is_documentation()
        || shared
        || benchmark
        || protocol
        || reserved)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let documentation = first == 0x2001 && second == 0xdb8;
    // Only what is handed out as global unicast; that leaves loopback, local and multicast out.
    first & 0xe000 == 0x2000 && !documentation
}

/// The IPv4 address inside a mapped, translated (NAT64) or 6to4 one.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [first, second, third, .., high, low] = address.segments();
    let of = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match (first, second) {
        (0x64, 0xff9b) => Some(of(high, low)),
        (0x2002, _) => Some(of(second, third)),
        _ => address.to_ipv4_mapped(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_of_every_kind_are_told_from_public_ones() {
        let private = [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "0.1.2.3",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.8",
            "198.18.0.1",
            "198.19.255.255",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "203.0.113.9",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "2001:db8::1",
            "::127.0.0.1",
        ];
        for text in private {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        let public = [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.0.1",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "198.20.0.1",
            "2606:4700:4700::1111",
            "2a00:1450:4007:80e::200e",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
        ];
        for text in public {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn an_address_is_of_the_shop_or_of_a_host_that_the_configuration_names() {
        let site = crate::store::Site {
            origins: vec!["https://shop.example".to_owned()],
            shop_url: Some("https://www.shop.example/fr".to_owned()),
            ..super::super::tests::site()
        };
        let rules = FetchRules { hosts: vec!["feeds.example".into()], private_hosts: vec!["10.0.0.7".into()] };
        let said = |text: &str| check(text, &site, &rules).map(|_| ()).map_err(|fault| fault.code());
        let cases = [
            ("https://shop.example/feed.csv", Ok(())),
            ("http://www.shop.example:8080/feed.xml", Ok(())),
            ("https://FEEDS.example/a.csv?key=1", Ok(())),
            ("http://10.0.0.7/a.csv", Ok(())),
            ("https://other.example/a.csv", Err("other_host")),
            ("https://shop.example.evil.example/a.csv", Err("other_host")),
            ("http://127.0.0.1/a.csv", Err("other_host")),
            ("ftp://shop.example/a.csv", Err("not_an_address")),
            ("file:///etc/passwd", Err("not_an_address")),
            ("shop.example/feed.csv", Err("not_an_address")),
            ("https://me:secret@shop.example/feed.csv", Err("password_in_address")),
        ];
        for (text, expected) in cases {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn a_private_host_that_the_configuration_names_is_reached_by_name_and_by_address() {
        let names: Vec<String> = ["localhost", "127.0.0.1", "[::1]"].map(String::from).into();
        let rules = FetchRules { hosts: names.clone(), private_hosts: Vec::new() };
        let named = FetchRules { hosts: Vec::new(), private_hosts: names.clone() };
        for host in &names {
            let url = format!("http://{host}:8080/feed.csv");
            assert!(check(&url, &super::super::tests::site(), &named).is_ok(), "{url}");
            let uri: Uri = url.parse().unwrap();
            let found = |rules: &FetchRules| {
                PublicOnly(Arc::new(rules.clone())).resolve(&uri, &Config::default(), NextTimeout::default())
            };
            let found_named = found(&named).unwrap();
            assert!(found_named.iter().all(|address| address.ip().is_loopback()), "{url}");
            assert!(matches!(found(&rules), Err(ureq::Error::Other(_))), "{url}");
        }
    }

    #[test]
    fn a_written_private_address_is_refused_even_where_its_host_is_allowed() {
        let rules = FetchRules { hosts: vec!["192.168.0.9".into(), "[::1]".into()], private_hosts: Vec::new() };
        for text in ["http://192.168.0.9/a.csv", "http://0xc0a80009/a.csv", "http://[::1]/a.csv"] {
            let fault = check(text, &super::super::tests::site(), &rules).unwrap_err();
            assert_eq!(fault.code(), "private_address", "{text}");
        }
    }
}
