//! How far reading is, and whether it shall go on.

use super::{FeedFault, bounds};

/// Which part of reading is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The encoding is decided.
    Examining,
    /// Rows are counted and their numbers looked at.
    Surveying,
    /// Rows become products.
    Reading,
}

/// How far reading has come; bytes start again with each phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub phase: Phase,
    pub bytes: u64,
    pub bytes_total: u64,
    pub rows: u64,
}

/// Told about progress and asked whether to go on, every few hundred rows.
pub trait Watch {
    fn progress(&mut self, _at: &Progress) {}
    fn is_cancelled(&self) -> bool {
        false
    }
    /// Whether [`Watch::knows`] may ever say yes; then the first look learns where it
    /// need not look again.
    fn compares(&self) -> bool {
        false
    }
    /// Whether the product whose rows have this hash is known as it is: then it is
    /// counted and not put together, and nothing of it is handed on. Never asked of
    /// one that had faults, so that they are told again.
    fn knows(&mut self, _hash: u64) -> bool {
        false
    }
}

/// Watches nothing and never cancels.
#[derive(Debug, Clone, Copy)]
pub struct Quiet;
impl Watch for Quiet {}

/// Counts what was read and tells the watch.
pub(super) struct Tally<'a> {
    watch: &'a mut dyn Watch,
    at: Progress,
    /// Rows that are read; a preview wants the first only.
    rows_max: u64,
    /// Bytes and rows of the feed's files before this one.
    before: (u64, u64),
}

impl<'a> Tally<'a> {
    pub fn new(watch: &'a mut dyn Watch) -> Self {
        let at = Progress { phase: Phase::Examining, bytes: 0, bytes_total: 0, rows: 0 };
        Self { watch, at, rows_max: u64::MAX, before: (0, 0) }
    }

    /// Of files that are so large together.
    pub fn begin(&mut self, bytes_total: u64) {
        self.at.bytes_total = bytes_total;
    }

    pub fn with_rows(mut self, rows_max: u64) -> Self {
        self.rows_max = rows_max;
        self
    }

    /// See [`Watch::compares`].
    pub fn compares(&self) -> bool {
        self.watch.compares()
    }

    /// See [`Watch::knows`].
    pub fn knows(&mut self, hash: u64) -> bool {
        self.watch.knows(hash)
    }

    /// Whether files are read to their end.
    pub fn reads_all(&self) -> bool {
        self.rows_max == u64::MAX
    }

    /// Whether no more rows of this file are wanted.
    pub fn is_enough(&self, rows: u64) -> bool {
        rows >= self.rows_max
    }

    pub fn phase(&mut self, phase: Phase) {
        self.at = Progress { phase, bytes: 0, rows: 0, ..self.at };
        self.before = (0, 0);
    }

    /// Another file of the feed begins.
    pub fn next_source(&mut self) {
        self.before = (self.at.bytes, self.at.rows);
    }

    /// So many bytes of the file were looked at.
    pub fn bytes(&mut self, bytes: u64) -> Result<(), FeedFault> {
        self.at.bytes = self.before.0 + bytes;
        self.check()
    }

    /// So many bytes and rows of the file were read.
    pub fn at(&mut self, bytes: u64, rows: u64) -> Result<(), FeedFault> {
        let rows = self.before.1 + rows;
        self.at.bytes = self.before.0 + bytes;
        self.at.rows = rows;
        if rows > bounds::ROWS_MAX {
            return Err(FeedFault::TooManyRows);
        }
        if rows.is_multiple_of(bounds::WATCH_ROWS) { self.check() } else { Ok(()) }
    }

    pub fn check(&mut self) -> Result<(), FeedFault> {
        self.watch.progress(&self.at);
        if self.watch.is_cancelled() { Err(FeedFault::Cancelled) } else { Ok(()) }
    }
}
