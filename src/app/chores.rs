//! What comes round by the clock: keeping caches fresh, sweeping what an upload left behind and
//! what is told of the bot's old turns.

use std::time::Duration;

use actix_web::web::Data;
use tokio::task::JoinHandle;

use crate::actors::Desk;
use crate::http::front::Front;

const MINUTE: Duration = Duration::from_secs(60);
/// Minutes between two sweeps of the documents' folder and of the bot's old turns.
const SWEEP_MINUTES: u64 = 60;

/// Starts them; aborting the task at any point loses nothing but a round.
pub(super) fn start(front: Data<Front>, desk: Data<Desk>) -> JoinHandle<()> {
    actix_rt::spawn(async move {
        let mut minutes = tokio::time::interval(MINUTE);
        minutes.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        for round in 0_u64.. {
            minutes.tick().await;
            match front.each_minute().await {
                Ok(changed) => changed.into_iter().for_each(|site| desk.bot_published(site)),
                Err(error) => tracing::warn!(%error, "the minute's chores failed; the next minute tries again"),
            }
            if round % SWEEP_MINUTES == 0 {
                match front.sweep().await {
                    Ok(0) => {}
                    Ok(swept) => tracing::info!(swept, "removed files that no document names"),
                    Err(error) => tracing::warn!(%error, "the sweep of files failed; the next hour tries again"),
                }
                if let Err(error) = front.bot_log.sweep(front.clock.now()).await {
                    tracing::warn!(%error, "the sweep of the bot's old turns failed; the next hour tries again");
                }
            }
        }
    })
}
