//! Where a command writes: standard output for answers, standard error for complaints.

use std::io::{self, IsTerminal, Write};

/// The two writers of a command; tests hand in buffers.
pub struct Terminal {
    pub out: Box<dyn Write>,
    pub err: Box<dyn Write>,
}

impl Terminal {
    #[must_use]
    pub fn standard() -> Self {
        Self { out: Box::new(io::stdout()), err: Box::new(io::stderr()) }
    }

    /// A line of the answer. A reader who went away (`| head`) is no fault.
    pub fn say(&mut self, line: impl std::fmt::Display) {
        let _ = writeln!(self.out, "{line}");
        let _ = self.out.flush();
    }

    pub fn complain(&mut self, line: impl std::fmt::Display) {
        let _ = writeln!(self.err, "comptoir: {line}");
    }

    /// A person reads standard error, so progress may be drawn there.
    #[must_use]
    pub fn is_watched(&self) -> bool {
        io::stderr().is_terminal()
    }
}
