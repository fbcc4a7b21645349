//! Between sessions and, later, between processes: hints and ephemeral traffic, never the record.
