//! A measure in a process of its own: its answer, its time, its peak of memory.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Failure;

/// How often the peak is looked at; the kernel keeps the highest, so little is missed.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// What Linux counts a process's time in.
const TICKS_A_SECOND: f64 = 100.0;

/// What came of a process.
pub struct Done {
    /// The last line of its standard output.
    pub answer: Value,
    pub took: Duration,
    /// What it took of the processor, which other programs hardly lengthen.
    pub cpu_seconds: f64,
    pub peak_mb: f64,
    /// Processes that ran or wanted to, in the minute before it began.
    pub load: f64,
}

impl Done {
    pub fn number(&self, pointer: &str) -> Result<f64, Failure> {
        let found = self.answer.pointer(pointer).and_then(Value::as_f64);
        found.ok_or_else(|| format!("a measure says no number at `{pointer}`: {}", self.answer).into())
    }
}

/// Runs to the end; a process that fails ends the bench with what it said on standard error.
pub fn run(command: &mut Command) -> Result<Done, Failure> {
    let load = load();
    let began = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut output = child.stdout.take().ok_or("no standard output")?;
    let (ended, end) = mpsc::channel();
    std::thread::spawn(move || {
        let mut text = String::new();
        let _ = ended.send(output.read_to_string(&mut text).map(|_| text));
    });
    let (mut peak_mb, mut cpu_seconds) = (0.0, 0.0_f64);
    let text = loop {
        cpu_seconds = cpu_seconds.max(on_the_cpu(&child.id().to_string()));
        peak_mb = peak_of(child.id()).unwrap_or(peak_mb);
        match end.recv_timeout(LOOK_EVERY) {
            Ok(text) => break text?,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err("the reader of a measure's output panicked".into()),
        }
    };
    let status = child.wait()?;
    let took = began.elapsed();
    if !status.success() {
        return Err(format!("`{command:?}` ended with {status}").into());
    }
    let answer = serde_json::from_str(text.lines().last().unwrap_or_default())?;
    Ok(Done { answer, took, cpu_seconds, peak_mb, load })
}

/// Megabytes that a process held at most, by Linux's own account.
fn peak_of(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1_000.0)
}

/// Seconds that a process, or `self`, took of the processor so far, with the threads that
/// have ended; 0 where the system does not tell.
pub fn on_the_cpu(process: &str) -> f64 {
    let account = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name before may hold anything but this sign.
    let fields = account.rsplit_once(')').map(|(_, fields)| fields).unwrap_or_default();
    let ticks: u64 = fields.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    ticks as f64 / TICKS_A_SECOND
}

/// The load of the last minute; 0 where the system does not tell.
pub fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or_default()
}

/// Megabytes of a file, or of all files below a folder; 0 when there is none.
pub fn megabytes(path: &Path) -> f64 {
    fn bytes(path: &Path) -> u64 {
        let Ok(entries) = std::fs::read_dir(path) else {
            return path.metadata().map_or(0, |about| about.len());
        };
        entries.flatten().map(|entry| bytes(&entry.path())).sum()
    }
    bytes(path) as f64 / 1e6
}
