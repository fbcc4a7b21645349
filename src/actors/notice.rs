//! How a parent learns that a session is no more.
//!
//! actix runs `stopped` also after a panic, on half-changed state, and its own
//! supervisor leaves the address closed. A [`DeathNotice`] inside the session is
//! dropped with it, however it ended, and says how.

use actix::dev::ToEnvelope;
use actix::prelude::*;

/// Sends its message when it is dropped, unless the session ended as it should.
pub struct DeathNotice<M: Message<Result = ()> + Send + 'static> {
    to: Recipient<M>,
    /// None once the session has ended well.
    message: Option<M>,
}

impl<M: Message<Result = ()> + Send + 'static> DeathNotice<M> {
    pub fn new<P>(parent: &Addr<P>, message: M) -> Self
    where
        P: Actor + Handler<M>,
        P::Context: ToEnvelope<P, M>,
    {
        Self { to: parent.clone().recipient(), message: Some(message) }
    }

    /// The session stops on purpose and its parent knows.
    pub fn withdraw(&mut self) {
        self.message = None;
    }
}

impl<M: Message<Result = ()> + Send + 'static> Drop for DeathNotice<M> {
    #[expect(clippy::disallowed_methods, reason = "a death notice; see below")]
    fn drop(&mut self) {
        if let Some(message) = self.message.take() {
            // Beyond the mailbox's bound on purpose: a death must not go unheard, and there is
            // at most one a session.
            self.to.do_send(message);
        }
    }
}
