//! The handle by which the rest of the server speaks to the sessions.
//!
//! What it reads is the board; what it asks is sent to the supervisor. It holds no
//! conversation.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use actix::prelude::*;

use super::board::{Board, Reach};
use super::cobrowse::shelf::{Asset, AssetHash, SharedShelf};
use super::cobrowse::{ArrivePage, ArriveWatcher};
use super::link::SocketId;
use super::messages::{ArriveAgent, ArriveVisitor, VisitorKey};
use super::ports::{Ports, SignInId};
use super::supervisor::{
    AgentChanged, BotPublished, ChatSupervisor, Drain, EndAgent, PageOf, SignedOut, Threads as SessionThreads,
};
use crate::bus::{Bus, LocalBus};
use crate::protocol::frame::ClosingReason;
use crate::protocol::session::AgentPresence;
use crate::protocol::suggestion::OnPage;
use crate::protocol::{AgentId, ConversationId, SiteId, VisitorId};

/// Threads for sessions: one a processor, at most so many.
const SESSION_THREADS_MAX: usize = 8;
/// Threads for shared pages, beside them.
const SHARE_THREADS: usize = 2;

/// The running sessions. Cheap to clone.
#[derive(Clone)]
pub struct Desk {
    ports: Ports,
    board: Arc<Board>,
    supervisor: Addr<ChatSupervisor>,
    threads: Arc<Threads>,
    /// Files of shared pages.
    shelf: SharedShelf,
    sockets: Arc<AtomicU64>,
}

/// The threads of supervisor and sessions.
struct Threads(Vec<ArbiterHandle>);

impl Desk {
    /// Starts the supervisor. Needs a running actix system.
    #[must_use]
    pub fn open(ports: Ports) -> Self {
        let count = std::thread::available_parallelism().map_or(2, usize::from).min(SESSION_THREADS_MAX);
        let sessions: Vec<ArbiterHandle> = (0..count).map(|_| Arbiter::new().handle()).collect();
        let shares: Vec<ArbiterHandle> = (0..SHARE_THREADS).map(|_| Arbiter::new().handle()).collect();
        let shelf = SharedShelf::default();
        let own = Arbiter::new().handle();
        let board = Arc::new(Board::default());
        let bus: Arc<dyn Bus> = Arc::new(LocalBus::default());
        let supervisor = {
            let (ports, board, shelf) = (ports.clone(), board.clone(), shelf.clone());
            let threads = SessionThreads { chats: sessions.clone(), shares: shares.clone() };
            ChatSupervisor::start_in_arbiter(&own, move |_| ChatSupervisor::new(ports, board, bus, threads, shelf))
        };
        let threads = Arc::new(Threads(sessions.into_iter().chain(shares).chain([own]).collect()));
        Self { ports, board, supervisor, threads, shelf, sockets: Arc::default() }
    }

    #[must_use]
    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    /// Who could answer on this site now.
    #[must_use]
    pub fn reachable(&self, site: SiteId) -> Reach {
        self.board.reach(site)
    }

    /// Agents who are, or were since the start, on duty for one of these sites.
    #[must_use]
    pub fn presences(&self, sites: &[SiteId]) -> Vec<AgentPresence> {
        let of_these = |agent: &&AgentPresence| agent.sites.iter().any(|site| sites.contains(site));
        self.board.read().agents.values().filter(of_these).cloned().collect()
    }

    /// Whether the visitor has a socket open, for the lists.
    #[must_use]
    pub fn is_online(&self, visitor: VisitorId) -> bool {
        self.board.is_online(visitor)
    }

    /// A name for one more socket.
    #[must_use]
    pub fn next_socket(&self) -> SocketId {
        SocketId(self.sockets.fetch_add(1, Ordering::Relaxed))
    }

    /// Finds a visitor's socket its session. Without room the link is dropped, and the socket told to come back.
    pub fn seat_visitor(&self, arrival: ArriveVisitor) {
        let _ = self.supervisor.try_send(arrival);
    }

    /// The same for an agent's.
    pub fn seat_agent(&self, arrival: ArriveAgent) {
        let _ = self.supervisor.try_send(arrival);
    }

    /// Finds a shared page its session. Without room the link is dropped, and the page comes back.
    pub fn seat_page(&self, arrival: ArrivePage) {
        let _ = self.supervisor.try_send(arrival);
    }

    /// The same for an agent's tab of one.
    pub fn seat_watcher(&self, arrival: ArriveWatcher) {
        let _ = self.supervisor.try_send(arrival);
    }

    /// A file of a shared page, for an agent who watches it.
    #[must_use]
    pub fn shared_file(&self, agent: AgentId, hash: &AssetHash) -> Option<Asset> {
        self.shelf.get(agent, hash)
    }

    /// Whether a file that is not here is named by a page that the agent watches.
    #[must_use]
    pub fn expects_shared_file(&self, agent: AgentId, hash: &AssetHash) -> bool {
        self.shelf.expects(agent, hash)
    }

    /// Ends all sockets of an agent at once (signed out everywhere, disabled); what they had in
    /// charge goes back to the line.
    pub fn end_agent(&self, agent: AgentId, reason: ClosingReason) {
        self.tell(EndAgent { agent, reason });
    }

    /// Ends the sockets of one browser, which signed out; the agent's other ones stay.
    pub fn end_sign_in(&self, agent: AgentId, sign_in: SignInId) {
        self.tell(SignedOut { agent, sign_in });
    }

    /// What the visitor of a conversation has before them now; none when they are away, when it is not their
    /// open one, or when nothing was heard of it in time.
    pub async fn page_of(&self, site: SiteId, visitor: VisitorId, conversation: ConversationId) -> Option<OnPage> {
        let key = VisitorKey { site, visitor };
        self.supervisor.send(PageOf { key, conversation }).await.ok().flatten()
    }

    /// A version was published: visitors' buttons and reachability follow it.
    pub fn bot_published(&self, site: SiteId) {
        self.tell(BotPublished(site));
    }

    /// Name, role or sites changed: asks [`super::ports::Door::agent_now`] again.
    pub fn agent_changed(&self, agent: AgentId) {
        self.tell(AgentChanged(agent));
    }

    /// Waits for room: these are rare and must not be lost.
    fn tell<M>(&self, message: M)
    where
        M: Message<Result = ()> + Send + 'static,
        ChatSupervisor: Handler<M>,
    {
        let sent = self.supervisor.send(message);
        actix_rt::spawn(async move {
            if let Err(error) = sent.await {
                tracing::error!(%error, "the supervisor did not hear what it was told");
            }
        });
    }

    /// Lets nobody in any more, tells every socket to come back (1012) and waits, at most
    /// [`super::DRAIN_SECONDS_MAX`], until sessions have finished what was on its way.
    pub async fn drain(&self) {
        if let Err(error) = self.supervisor.send(Drain).await {
            tracing::error!(%error, "the supervisor was gone before it could let its sessions finish");
        }
        for thread in &self.threads.0 {
            thread.stop();
        }
    }
}
