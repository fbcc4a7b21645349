//! Which address a request comes from: the peer's, or what a trusted proxy says.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use actix_web::HttpRequest;
use actix_web::http::header::HeaderName;

use crate::config::Network;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// Hops that are looked at, from the nearest; a longer list is somebody's invention.
const HOPS_MAX: usize = 16;

/// The nearest address that is no trusted proxy.
#[must_use]
pub fn of_request(request: &HttpRequest, trusted: &[Network]) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
    let hops = request.headers().get_all(X_FORWARDED_FOR).filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = hops.flat_map(|value| value.split(',')).map(str::trim).collect();
    nearest(peer, &hops, trusted)
}

fn nearest(peer: IpAddr, hops: &[&str], trusted: &[Network]) -> IpAddr {
    let mut address = peer.to_canonical();
    for hop in hops.iter().rev().take(HOPS_MAX) {
        if !trusted.iter().any(|network| network.contains(address)) {
            break;
        }
        let Ok(next) = hop.parse::<IpAddr>() else { break };
        address = next.to_canonical();
    }
    address
}

/// What limits count by: an IPv4 address, or the /64 that one household of IPv6 gets.
#[must_use]
pub fn for_limits(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_may_say_who_it_speaks_for() {
        let trusted = [Network::parse("10.0.0.0/8").unwrap(), Network::parse("127.0.0.1").unwrap()];
        let cases: [(&str, &[&str], &str); 6] = [
            ("203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            ("127.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", &["1.2.3.4", "198.51.100.1", "10.1.1.1"], "198.51.100.1"),
            ("127.0.0.1", &["nonsense"], "127.0.0.1"),
            ("127.0.0.1", &[], "127.0.0.1"),
            ("::ffff:127.0.0.1", &["2001:db8::1"], "2001:db8::1"),
        ];
        for (peer, hops, wanted) in cases {
            assert_eq!(nearest(peer.parse().unwrap(), hops, &trusted).to_string(), wanted, "{peer} {hops:?}");
        }
    }

    #[test]
    fn limits_count_ipv6_by_the_64() {
        assert_eq!(for_limits("2001:db8:1:2:3:4:5:6".parse().unwrap()).to_string(), "2001:db8:1:2::");
        assert_eq!(for_limits("::ffff:192.0.2.1".parse().unwrap()).to_string(), "192.0.2.1");
    }
}
