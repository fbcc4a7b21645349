//! Routes, sockets, authorisation, and the one place where a fault becomes a response.

pub mod auth;
pub mod cookie;
pub mod front;
pub mod origin;
pub mod passes;
pub mod passwords;
pub mod problem;
pub mod token;
