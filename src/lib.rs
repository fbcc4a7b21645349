//! Comptoir, a self-hosted live chat for online stores: the reader's map.
//!
//! Dependencies point one way: `main → app → http → actors → {rules, store, bus}
//! → protocol`; `http → jobs → {catalog, store, files}`. ARCHITECTURE.md draws it
//! and says what each room may touch; `tests/tidy.rs` holds it.

pub mod actors;
pub mod app;
pub mod bus;
pub mod cli;
pub mod config;
pub mod demo;
pub mod files;
pub mod http;
pub mod jobs;
pub mod protocol;
pub mod rules;
pub mod store;
