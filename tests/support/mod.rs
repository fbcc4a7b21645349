//! The real binary as tests run it: in a folder of its own, on a port of its own.

#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

/// A start, an answer or a stop that takes longer is a failure.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The built `comptoir` with these arguments and nothing of this machine's settings.
pub fn comptoir(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_comptoir"));
    command.args(arguments).env_clear().current_dir(std::env::temp_dir()).stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn run(arguments: &[&str]) -> Output {
    comptoir(arguments).output().unwrap()
}

/// What it complained about, which must be one line.
pub fn complaint(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    let lines: Vec<&str> = said.lines().filter(|line| line.starts_with("comptoir: ")).collect();
    assert_eq!(lines.len(), 1, "{said}");
    lines.concat()
}

/// A server that is killed when the test forgets it.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    out: BufReader<std::process::ChildStdout>,
}

impl Server {
    pub fn start(data: &Path) -> Self {
        Self::listening(data, "127.0.0.1:0")
    }

    pub fn listening(data: &Path, listen: &str) -> Self {
        let mut child = comptoir(&["serve", "--listen", listen, "--data"])
            .arg(data)
            .env("COMPTOIR_LOG__FILTER", "warn")
            // All visitors of a test come from one address.
            .env("COMPTOIR_LIMITS__NEW_SOCKETS_PER_SECOND", "1000")
            .env("COMPTOIR_LIMITS__SOCKETS_PER_ADDRESS", "1000")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let line = next_line(&mut out).unwrap_or_default();
        let address = line.split_once("listens on http://").and_then(|(_, address)| address.parse().ok());
        // Made before it is looked at, so that the process ends with the test.
        let mut server = Self { child, address: SocketAddr::from(([0, 0, 0, 0], 0)), out };
        server.address = address.unwrap_or_else(|| panic!("it did not listen: {line}"));
        server
    }

    /// The next line that it says.
    pub fn line(&mut self) -> Option<String> {
        next_line(&mut self.out)
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// As a power cut of the process: nothing is tidied.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop and waits; says how it ended and how long that took.
    #[expect(
        clippy::disallowed_methods,
        reason = "a child's end is asked for: there is nothing to wait on with a bound"
    )]
    pub fn terminate(mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, asked.elapsed());
            }
            assert!(asked.elapsed() < PATIENCE, "it did not stop");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone after `kill` and `terminate`.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn next_line(out: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    (out.read_line(&mut line).unwrap() > 0).then(|| line.trim_end().to_owned())
}
