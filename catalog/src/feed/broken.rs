//! A stretch of a file that cannot be read as rows.

/// Why lines were passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub line: u64,
    /// The last line that was left out with it.
    pub until: u64,
    pub kind: BrokenKind,
    /// How it begins, at most [`RAW_ROW_BYTES_MAX`](super::bounds::RAW_ROW_BYTES_MAX).
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BrokenKind {
    /// A quote opened on this line and never closed.
    OpenQuote {
        opened: u64,
    },
    FieldTooLong,
    RecordTooLong,
    TooManyColumns,
}
