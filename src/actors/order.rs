//! A command on its way through a session: who sent it, under which name, and for what.

use actix::prelude::*;
use sha2::{Digest, Sha256};

use super::agent::AgentSession;
use super::cobrowse::CobrowseSession;
use super::link::SocketId;
use crate::protocol::{AgentId, Begin, CommandId, ConversationId};
use crate::rules::conversation::Command;
use crate::store::log::CommandKey;

/// One command to decide, write and answer.
pub struct Order {
    pub sender: Sender,
    /// None: begin one, or the open one if there is.
    pub conversation: Option<ConversationId>,
    pub begin: Option<Begin>,
    pub command: Command,
}

/// Who is told what became of it.
#[derive(Clone)]
pub enum Sender {
    Visitor {
        socket: SocketId,
        id: CommandId,
    },
    Agent {
        agent: AgentId,
        to: Addr<AgentSession>,
        socket: SocketId,
        id: CommandId,
    },
    /// A shared page's session, which counts what it says.
    Share {
        to: Addr<CobrowseSession>,
        ticket: u64,
    },
    /// The server itself: nobody waits for an answer.
    Server,
}

impl Order {
    pub fn by_server(conversation: ConversationId, command: Command) -> Self {
        Self { sender: Sender::Server, conversation: Some(conversation), begin: None, command }
    }

    /// The command's identity: its sender's id, and a hash by which another content under it is seen.
    pub fn key(&self) -> Option<CommandKey> {
        let (id, sender) = match &self.sender {
            Sender::Visitor { id, .. } => (*id, None),
            Sender::Agent { id, agent, .. } => (*id, Some(*agent)),
            Sender::Share { .. } | Sender::Server => return None,
        };
        let content = match &self.command {
            Command::Visitor(command) => serde_json::to_vec(command),
            Command::Agent { by: _, command } => serde_json::to_vec(command),
            Command::Begin(_) | Command::Server(_) => return None,
        };
        let mut hasher = Sha256::new();
        hasher.update(sender.map_or([0; 16], |agent| agent.0.into_bytes()));
        hasher.update(content.unwrap_or_default());
        let digest = hasher.finalize();
        let mut hash = [0; 16];
        for (to, from) in hash.iter_mut().zip(digest.iter()) {
            *to = *from;
        }
        Some(CommandKey { id, hash })
    }
}
