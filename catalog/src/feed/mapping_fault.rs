//! Why a mapping cannot be used with a file, and what to do about it.

/// Why a mapping cannot be used with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingFault {
    #[error("the mapping cannot be read: {why}; see the page on mappings")]
    Unreadable { why: String },
    #[error("the mapping is larger than it may be: {what}")]
    TooLarge { what: &'static str },
    #[error("{}; look at the columns again and save the mapping for the new header", changes(gone, added))]
    HeaderChanged { gone: Vec<String>, added: Vec<String> },
    #[error("the mapping names column `{column}`, which the file does not have; name one of its columns")]
    NoSuchColumn { column: String },
    #[error("the mapping names column `{column}` twice; say once what it gives")]
    ColumnTwice { column: String },
    #[error("columns `{first}` and `{second}` cannot both give the same field; choose one of them")]
    FieldTwice { first: String, second: String },
    #[error("value `{from}` of column `{column}` is mapped twice; say once what it means")]
    ValueTwice { column: String, from: String },
    #[error("column `{column}` takes one value; map `{from}` to one, or let the column give an attribute or tags")]
    ManyValues { column: String, from: String },
}

impl MappingFault {
    /// The public name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable_mapping",
            Self::TooLarge { .. } => "mapping_too_large",
            Self::HeaderChanged { .. } => "header_changed",
            Self::NoSuchColumn { .. } => "no_such_column",
            Self::ColumnTwice { .. } => "column_mapped_twice",
            Self::FieldTwice { .. } => "field_mapped_twice",
            Self::ValueTwice { .. } => "value_mapped_twice",
            Self::ManyValues { .. } => "one_value_only",
        }
    }
}

impl MappingFault {
    /// The columns and values that its sentence tells: of a changed header those that are
    /// gone, then those that are new.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Unreadable { why } => vec![why.clone()],
            Self::TooLarge { what } => vec![(*what).to_owned()],
            Self::HeaderChanged { gone, added } => gone.iter().chain(added).cloned().collect(),
            Self::NoSuchColumn { column } | Self::ColumnTwice { column } => vec![column.clone()],
            Self::FieldTwice { first, second } => vec![first.clone(), second.clone()],
            Self::ValueTwice { column, from } | Self::ManyValues { column, from } => vec![column.clone(), from.clone()],
        }
    }

    pub(super) fn numbers(&self) -> Vec<(&'static str, u64)> {
        match self {
            Self::HeaderChanged { gone, added } => vec![("gone", gone.len() as u64), ("added", added.len() as u64)],
            _ => Vec::new(),
        }
    }
}

/// Columns told in a sentence about a changed header.
const CHANGES_TOLD: usize = 10;

fn changes(gone: &[String], added: &[String]) -> String {
    let list = |names: &[String]| {
        let told: Vec<String> = names.iter().take(CHANGES_TOLD).map(|name| format!("`{name}`")).collect();
        let more = names.len().saturating_sub(CHANGES_TOLD);
        if more > 0 { format!("{} and {more} more", told.join(", ")) } else { told.join(", ") }
    };
    match (gone.is_empty(), added.is_empty()) {
        (false, false) => {
            format!("the header has changed: {} are gone and {} are new", list(gone), list(added))
        }
        (false, true) => format!("the header has changed: {} are gone", list(gone)),
        (true, _) => format!("the header has changed: {} are new", list(added)),
    }
}
