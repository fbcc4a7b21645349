//! Work that outlives a request: imports, later feeds, outbox, retention.

pub mod catalog;
