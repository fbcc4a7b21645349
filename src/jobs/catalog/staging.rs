//! What differs, on its way to the index and to the rows while the feed is still being read.
//!
//! Three things go on beside the reading: products are handed to the index (built whole of a
//! first import, changed where little differs), rows are made of them and written, and it is
//! told how far it is. None waits for another but where its queue is full.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::Catalog;
use super::apply::{Ahead, is_part};
use super::pacer::Pacer;
use super::stream::{Batch, Live, Read, Stream};
use crate::store::StoreError;
use crate::store::catalog::{CatalogKey, Run, Staged, StagedRows};

/// Rows written in one transaction: at least, where there are so many, and at most.
const WRITTEN_MIN: usize = 2_048;
const WRITTEN_MAX: usize = 4_096;
/// Portions of rows that wait for the writer; that of the reader's batches.
const PORTIONS_AHEAD: usize = 64;
/// How often progress is written and a wish to cancel is looked for.
const LOOK_EVERY: Duration = Duration::from_millis(400);

pub(super) struct Staging<'a> {
    pub catalog: &'a Catalog,
    pub run: &'a Run,
    /// The generation that it goes towards.
    pub next: u64,
    /// Products of the one that answers.
    pub products: u64,
    pub ahead: Ahead,
}

impl Staging<'_> {
    /// Writes what differs as it is read, and at the end what is gone.
    pub async fn stage_all(&mut self, stream: Stream) -> Result<Read, StoreError> {
        let (portions, made) = mpsc::channel(PORTIONS_AHEAD);
        let (reading, read) = oneshot::channel();
        let live = stream.live.clone();
        let written = write(self.catalog, self.run.of(), self.next, made);
        let told = tell(self.catalog, self.run, &live, read);
        let (read, (), ()) = tokio::try_join!(self.receive(stream, portions, reading), written, told)?;
        Ok(read)
    }

    /// Takes what the reader hands on; `reading` is let go at its end.
    async fn receive(
        &mut self,
        mut stream: Stream,
        portions: mpsc::Sender<StagedRows>,
        reading: oneshot::Sender<()>,
    ) -> Result<Read, StoreError> {
        let mut put = 0;
        while let Some(batch) = stream.batches.recv().await {
            put += batch.len() as u64;
            self.index(&batch, put.max(stream.live.unseen.load(Ordering::Relaxed))).await;
            // Whoever takes no more has failed, and says so.
            if portions.send(rows(&batch)?).await.is_err() {
                break;
            }
        }
        drop(reading);
        let (outcome, difference) = stream.end().await;
        if outcome.is_ok() {
            let mut gone = difference.gone().map(|key| Staged::End { key }).peekable();
            while gone.peek().is_some() {
                let some: Vec<Staged> = gone.by_ref().take(WRITTEN_MIN).collect();
                let _ = portions.send(rows(&some)?).await;
            }
        }
        Ok((outcome, difference))
    }

    /// Hands a batch to the index; `changes` is how many differ at least.
    async fn index(&mut self, batch: &Batch, changes: u64) {
        match &self.ahead {
            Ahead::Nothing => {}
            Ahead::Built(_, building) => {
                building.add(batch.iter().filter_map(|step| put(step, self.next)).collect()).await;
            }
            Ahead::Changed(changing) if is_part(changes, self.products) => changing.steps(batch.clone()).await,
            // It will be built anew, of the rows.
            Ahead::Changed(_) => std::mem::replace(&mut self.ahead, Ahead::Nothing).give_up().await,
        }
    }
}

fn rows(steps: &[Staged]) -> Result<StagedRows, StoreError> {
    let mut rows = StagedRows::default();
    steps.iter().try_for_each(|step| rows.add(step))?;
    Ok(rows)
}

fn put(step: &Staged, next: u64) -> Option<(Arc<comptoir_catalog::model::Product>, u64)> {
    match step {
        Staged::Put { product, .. } => Some((product.clone(), next)),
        Staged::End { .. } => None,
    }
}

/// Writes rows until no more are made.
async fn write(
    catalog: &Catalog,
    of: CatalogKey,
    next: u64,
    mut made: mpsc::Receiver<StagedRows>,
) -> Result<(), StoreError> {
    let mut rows = StagedRows::default();
    while let Some(more) = made.recv().await {
        rows.append(more);
        while rows.steps() < WRITTEN_MAX
            && let Ok(more) = made.try_recv()
        {
            rows.append(more);
        }
        if rows.steps() >= WRITTEN_MIN {
            catalog.0.store.stage_rows(of, next, std::mem::take(&mut rows)).await?;
        }
    }
    catalog.0.store.stage_rows(of, next, rows).await
}

/// Tells how far reading is until it has ended, and passes a wish to cancel on.
async fn tell(catalog: &Catalog, run: &Run, live: &Live, mut read: oneshot::Receiver<()>) -> Result<(), StoreError> {
    let mut look = tokio::time::interval(LOOK_EVERY);
    let mut pacer = Pacer::begin(run.bytes_total);
    loop {
        tokio::select! {
            _ = &mut read => return Ok(()),
            _ = look.tick() => {}
        }
        let (bytes, rows) = (live.bytes.load(Ordering::Relaxed), live.rows.load(Ordering::Relaxed));
        let Some(pace) = pacer.look(bytes, rows) else { continue };
        if catalog.0.store.progress(run.id, &pace).await? {
            live.cancelled.store(true, Ordering::Relaxed);
        }
    }
}
