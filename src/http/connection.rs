//! A TCP connection's own settings, and a handle that ends it from outside.
//!
//! `HttpServer::on_connect` runs [`on_connect`] for each. A WebSocket whose client reads
//! nothing is never polled again, so neither its heartbeat nor its actor can end it: the
//! kernel does after [`UNANSWERED`], and an agent's session does at once by the handle.

use std::any::Any;
use std::net::Shutdown;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use socket2::{SockRef, Socket};

use crate::actors::link::Shut;

/// Sent bytes that the other end does not acknowledge for so long end the connection; a closed
/// window counts.
const UNANSWERED: Duration = Duration::from_secs(15);
/// What the kernel buffers for one connection; left alone it takes megabytes for each that stalls.
const SEND_BUFFER_BYTES: usize = 128 * 1024;

/// A second handle on the connection's socket, until somebody takes it: it costs a file descriptor.
struct Spare(Mutex<Option<Socket>>);

/// A handle that an agent's session holds.
struct Handle(Socket);

impl Shut for Handle {
    fn shut(&self) {
        // An error says that it is shut already.
        let _ = self.0.shutdown(Shutdown::Both);
    }
}

/// For `HttpServer::on_connect`: no Nagle, a deadline for what is unanswered, a bounded buffer.
pub fn on_connect(connection: &dyn Any, extensions: &mut Extensions) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else { return };
    let socket = SockRef::from(stream);
    let set = socket
        .set_tcp_nodelay(true)
        .and_then(|()| socket.set_tcp_user_timeout(Some(UNANSWERED)))
        .and_then(|()| socket.set_send_buffer_size(SEND_BUFFER_BYTES));
    if let Err(error) = set {
        tracing::warn!(%error, "a connection's options could not be set");
    }
    match socket.try_clone() {
        Ok(spare) => {
            extensions.insert(Spare(Mutex::new(Some(spare))));
        }
        Err(error) => tracing::debug!(%error, "a connection has no second handle; the kernel's deadline ends it"),
    }
}

/// The handle to end this connection, once.
pub(super) fn take_handle(request: &HttpRequest) -> Option<Box<dyn Shut>> {
    let spare = request.conn_data::<Spare>()?;
    let socket = spare.0.lock().unwrap_or_else(PoisonError::into_inner).take()?;
    Some(Box::new(Handle(socket)))
}
