//! What every session is given: the ports, the board, the bus and its parent.

use std::sync::Arc;

use actix::Addr;

use super::board::Board;
use super::cobrowse::shelf::SharedShelf;
use super::ports::Ports;
use super::supervisor::ChatSupervisor;
use crate::bus::Bus;

/// Cheap to clone.
#[derive(Clone)]
pub struct Around {
    pub ports: Ports,
    pub board: Arc<Board>,
    pub bus: Arc<dyn Bus>,
    pub supervisor: Addr<ChatSupervisor>,
    /// Files of shared pages.
    pub shelf: SharedShelf,
}
