//! Routes, sockets, authorisation, and the one place where a fault becomes a response.
