//! What faults tell beside their English sentences, for whoever says them otherwise.

use super::{FeedFault, bounds};

impl FeedFault {
    /// The numbers of its sentence by their names, for whoever says it in another language.
    #[must_use]
    pub fn numbers(&self) -> Vec<(&'static str, u64)> {
        match self {
            Self::TooLarge => vec![("megabytes", bounds::FILE_BYTES_MAX / 1_000_000)],
            Self::TooManyRows => vec![("rows", bounds::ROWS_MAX)],
            Self::TooManyBroken { line } => vec![("records", bounds::BROKEN_RECORDS_MAX), ("line", *line)],
            Self::BrokenXml { line, .. } => vec![("line", *line)],
            Self::UnpacksTooFar => vec![("times", bounds::UNPACKED_TIMES_MAX)],
            Self::TooManyFiles => vec![("files", bounds::SOURCES_MAX as u64)],
            Self::Mapping(fault) => fault.numbers(),
            _ => Vec::new(),
        }
    }

    /// The columns and other names that its sentence tells.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::UnknownColumns { found, missing } => vec![(*missing).to_owned(), found.clone()],
            Self::TaxRateMissing { column } | Self::TaxUnclear { column } => vec![column.clone()],
            Self::OtherKind { kind } => vec![(*kind).to_owned()],
            Self::Mapping(fault) => fault.names(),
            _ => Vec::new(),
        }
    }
}
