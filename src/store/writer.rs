//! The one task that writes conversations: everything that queued while the last
//! commit ran goes into the next transaction, one fsync for all of it.
//!
//! What is written and what is refused stands in [`super::batch`]. Here is the queue
//! and what happens when a transaction fails:
//!
//! * the queue is full: refused before queueing, nothing waits without a bound;
//! * the disk is full or the database busy: everything in the batch is told so, and
//!   the next batch tries again by itself, so service returns with the space;
//! * a statement fails otherwise: each job is tried alone, so that one bad job takes
//!   no other with it;
//! * a COMMIT fails otherwise: after a failed fsync the system may have dropped what it
//!   held, so trying again proves nothing. The task ends and the process must stop.

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::batch::{self, Work};
use super::log::Appended;
use super::{Database, StoreError};

/// Jobs in one transaction.
const BATCH_JOBS_MAX: usize = 256;
/// Jobs waiting for the next one; beyond it [`StoreError::Busy`] at once.
const QUEUE_JOBS_MAX: usize = 1024;

/// Something to write and whom to tell.
struct Job {
    work: Work,
    answer: oneshot::Sender<Result<Appended, StoreError>>,
}

/// Where jobs are handed in. Cheap to clone.
#[derive(Clone)]
pub(super) struct Queue(mpsc::Sender<Job>);

impl Queue {
    /// Hands a job in; answers after its commit.
    pub async fn write(&self, work: Work) -> Result<Appended, StoreError> {
        let (answer, answered) = oneshot::channel();
        // Full, or the writer has ended: either way nothing was taken.
        self.0.try_send(Job { work, answer }).map_err(|_| StoreError::Busy)?;
        answered.await.unwrap_or(Err(StoreError::Busy))
    }
}

/// The running task.
#[derive(Debug)]
pub struct Writer {
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<Result<(), StoreError>>,
}

impl Writer {
    /// Starts it on the current tokio runtime.
    pub(super) fn start(database: Database) -> (Queue, Self) {
        let (queue, jobs) = mpsc::channel(QUEUE_JOBS_MAX);
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(run(database, jobs, stopped));
        (Queue(queue), Self { stop: Some(stop), task })
    }

    /// Waits until writing has become impossible; the process must end then.
    pub async fn failed(&mut self) -> StoreError {
        match (&mut self.task).await {
            Ok(Err(error)) => error,
            Ok(Ok(())) => StoreError::Busy,
            Err(error) => StoreError::Corrupt(format!("the writer ended by itself: {error}")),
        }
    }

    /// Takes nothing more, commits what was taken, and ends.
    ///
    /// # Errors
    /// What the last commits said.
    pub async fn stop(mut self) -> Result<(), StoreError> {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        self.task.await.unwrap_or(Err(StoreError::Busy))
    }
}

async fn run(
    database: Database,
    mut jobs: mpsc::Receiver<Job>,
    mut stopped: oneshot::Receiver<()>,
) -> Result<(), StoreError> {
    let mut taken = Vec::with_capacity(BATCH_JOBS_MAX);
    loop {
        tokio::select! {
            biased;
            _ = &mut stopped, if !jobs.is_closed() => {
                jobs.close();
                continue;
            }
            count = jobs.recv_many(&mut taken, BATCH_JOBS_MAX) => if count == 0 { return Ok(()) },
        }
        commit(&database, std::mem::take(&mut taken)).await?;
    }
}

/// Writes jobs as one transaction and tells each what became of it.
///
/// `Err` only when the process must stop.
async fn commit(database: &Database, jobs: Vec<Job>) -> Result<(), StoreError> {
    let (works, answers): (Vec<Work>, Vec<_>) = jobs.into_iter().map(|job| (job.work, job.answer)).unzip();
    match transaction(database, &works).await {
        Ok(outcomes) => {
            for (answer, outcome) in answers.into_iter().zip(outcomes) {
                // A sender who stopped waiting repeats under the same id.
                let _ = answer.send(outcome);
            }
        }
        Err(Failed::Fatal(error)) => {
            for answer in answers {
                let _ = answer.send(Err(error.clone()));
            }
            return Err(error);
        }
        Err(Failed::Whole(error @ (StoreError::DiskFull | StoreError::Busy))) => {
            tracing::warn!(%error, jobs = works.len(), "nothing was written");
            for answer in answers {
                let _ = answer.send(Err(error.clone()));
            }
        }
        Err(Failed::Whole(error)) => {
            tracing::error!(%error, jobs = works.len(), "a transaction failed; each job is tried alone");
            for (work, answer) in works.iter().zip(answers) {
                let outcome = match transaction(database, std::slice::from_ref(work)).await {
                    Ok(outcomes) => outcomes.into_iter().next().unwrap_or(Err(StoreError::Busy)),
                    Err(Failed::Whole(error)) => Err(error),
                    Err(Failed::Fatal(error)) => {
                        let _ = answer.send(Err(error.clone()));
                        return Err(error);
                    }
                };
                let _ = answer.send(outcome);
            }
        }
    }
    Ok(())
}

/// Why a transaction came to nothing.
enum Failed {
    /// It was rolled back; the next one may do.
    Whole(StoreError),
    /// Its COMMIT failed: nobody knows what the disk has.
    Fatal(StoreError),
}

async fn transaction(database: &Database, works: &[Work]) -> Result<Vec<Result<Appended, StoreError>>, Failed> {
    let mut tx = database.write().await.map_err(Failed::Whole)?;
    let outcomes = batch::write(&mut tx, works).await.map_err(Failed::Whole)?;
    match tx.commit().await.map_err(StoreError::from) {
        Ok(()) => Ok(outcomes),
        Err(error @ (StoreError::DiskFull | StoreError::Busy)) => Err(Failed::Whole(error)),
        Err(error) => Err(Failed::Fatal(error)),
    }
}
