//! `comptoir healthcheck`: asks `/readyz` of the server of this configuration, for images without curl.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use clap::Args;

use super::{Common, Failure, Terminal, load};

const WAIT: Duration = Duration::from_secs(5);
/// A readiness answer is smaller.
const ANSWER_BYTES_MAX: u64 = 16 * 1024;

/// Ask a running server whether it is ready
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  comptoir healthcheck --listen 127.0.0.1:8080")]
pub struct Healthcheck {
    #[command(flatten)]
    common: Common,
    /// Where the server listens [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
}

impl Healthcheck {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<(), Failure> {
        let config = load(&self.common.layers().flag("--listen", "server.listen", self.listen))?;
        let address = reachable(config.server.listen);
        let answer = ask(address).map_err(|error| Failure::new(format!("no server answers on {address}: {error}")))?;
        let (status, body) = split(&answer);
        if status == "200" {
            terminal.say("ready");
            return Ok(());
        }
        Err(Failure::new(format!("the server on {address} is not ready: {body}")))
    }
}

/// A server that listens everywhere is asked on loopback.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
    };
    SocketAddr::new(ip, listen.port())
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, WAIT)?;
    stream.set_read_timeout(Some(WAIT))?;
    stream.set_write_timeout(Some(WAIT))?;
    write!(stream, "GET /readyz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(ANSWER_BYTES_MAX).read_to_string(&mut answer)?;
    Ok(answer)
}

fn split(answer: &str) -> (&str, &str) {
    let status = answer.split(' ').nth(1).unwrap_or("");
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    (status, body)
}
