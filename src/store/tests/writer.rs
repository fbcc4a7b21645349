//! The writer under what can go wrong: crowds, a full disk, a bad job, a failed commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use uuid::Uuid;

use super::{Talk, add_site, agent, closed, key, message, queued, someone, taken};
use crate::protocol::SiteId;
use crate::store::log::{Append, Appended, ConversationLog};
use crate::store::{Database, SqliteLog, StoreError, Writer};

struct Bench {
    log: Arc<SqliteLog>,
    writer: Writer,
    database: Database,
    site: SiteId,
    _dir: tempfile::TempDir,
}

impl Bench {
    async fn new() -> Self {
        Self::on(tempfile::tempdir().unwrap()).await
    }

    async fn on(dir: tempfile::TempDir) -> Self {
        let database = Database::open(dir.path()).await.unwrap();
        let site = add_site(&database, "shop").await;
        let (log, writer) = SqliteLog::start(&database);
        Self { log, writer, database, site, _dir: dir }
    }

    async fn begun(&self) -> Talk {
        let mut talk = Talk::new(self.site, someone());
        self.log.append(talk.begin()).await.unwrap();
        talk
    }

    async fn events(&self, talk: &Talk) -> usize {
        self.log.since(self.site, talk.state.id, 0, usize::MAX).await.unwrap().events.len()
    }

    /// A statement on the one writing connection.
    async fn on_writer(&self, sql: &'static str) {
        let mut connection = self.database.writer().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut *connection).await.unwrap();
    }
}

/// I1 to I4 and the copies beside the fold, asked of the tables themselves.
pub(super) async fn assert_sound(database: &Database) {
    for (what, sql) in [
        (
            "numbers are 1..head without a hole",
            "SELECT count(*) FROM conversations c WHERE c.head <> (SELECT count(*) FROM events e WHERE e.conversation = c.number)
             OR c.head <> (SELECT max(seq) FROM events e WHERE e.conversation = c.number)",
        ),
        (
            "every command has its event",
            "SELECT count(*) FROM commands k LEFT JOIN events e ON e.conversation = k.conversation AND e.seq = k.seq
             WHERE e.seq IS NULL",
        ),
        (
            "the copies for the lists are those of the fold",
            "SELECT count(*) FROM conversations WHERE head <> json_extract(state, '$.head')
             OR stage <> json_extract(state, '$.phase.stage')",
        ),
        (
            "every row is of its conversation's site",
            "SELECT count(*) FROM events e JOIN conversations c ON c.number = e.conversation WHERE e.site_id <> c.site_id",
        ),
        (
            "the counts are what one would count",
            "SELECT count(*) FROM (SELECT site_id, stage, coalesce(agent_id, x'') AS agent_id, count(*) AS n FROM conversations
             GROUP BY 1, 2, 3) AS real FULL JOIN (SELECT * FROM tab_counts WHERE count > 0) AS kept
             USING (site_id, stage, agent_id) WHERE real.n IS NOT kept.count",
        ),
        ("foreign keys hold", "SELECT count(*) FROM pragma_foreign_key_check"),
        ("the file is whole", "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
    ] {
        let broken: i64 = sqlx::query_scalar(sql).fetch_one(database.read()).await.unwrap();
        assert_eq!(broken, 0, "{what}");
    }
}

#[tokio::test]
async fn what_queued_while_a_commit_ran_shares_the_next_one() {
    let bench = Bench::new().await;
    let mut talks = Vec::new();
    for _ in 0..64 {
        talks.push(bench.begun().await);
    }
    let commits = Arc::new(AtomicUsize::new(0));
    let counted = commits.clone();
    {
        let mut connection = bench.database.writer().await.unwrap();
        connection.lock_handle().await.unwrap().set_commit_hook(move || {
            counted.fetch_add(1, Ordering::SeqCst);
            true
        });
    }

    let log = &bench.log;
    join_all(talks.iter_mut().map(|talk| async move {
        for i in 0..20 {
            log.append(Append { command: Some(key(1)), ..talk.says(&i.to_string()) }).await.unwrap();
        }
    }))
    .await;

    // 1,280 appends; one commit each would be slower than fsync allows.
    let commits = commits.load(Ordering::SeqCst);
    assert!((5..=200).contains(&commits), "{commits}");
    assert_sound(&bench.database).await;
}

#[tokio::test]
async fn a_full_queue_refuses_at_once_and_loses_nothing_that_was_taken() {
    let bench = Bench::new().await;
    let held = bench.database.write().await.unwrap();
    let mut talks: Vec<Talk> = (0..3000).map(|_| Talk::new(bench.site, someone())).collect();
    let appends: Vec<_> = talks.iter_mut().map(|talk| bench.log.append(talk.begin())).collect();

    let all = join_all(appends);
    let release = async {
        tokio::task::yield_now().await;
        drop(held);
    };
    let (outcomes, ()) = tokio::join!(all, release);

    let refused = outcomes.iter().filter(|outcome| matches!(outcome, Err(StoreError::Busy))).count();
    assert!(refused > 0 && refused < 3000, "{refused}");
    for (outcome, talk) in outcomes.iter().zip(&talks) {
        assert_eq!(outcome.is_ok(), bench.events(talk).await == 1);
    }
}

#[tokio::test]
async fn a_full_disk_refuses_writes_while_reading_goes_on_and_recovers_by_itself() {
    let bench = Bench::new().await;
    let mut talk = bench.begun().await;
    // SQLite then says exactly what it says when the disk has no room.
    bench.on_writer("PRAGMA max_page_count = 1").await;
    let before = Talk { state: talk.state.clone() };
    let refused = bench.log.append(talk.says(&"x".repeat(20_000))).await;
    assert!(matches!(refused, Err(StoreError::DiskFull)), "{refused:?}");
    assert_eq!(bench.events(&talk).await, 1);

    bench.on_writer("PRAGMA max_page_count = 1000000").await;
    let mut talk = before;
    assert_eq!(bench.log.append(talk.says(&"x".repeat(20_000))).await.unwrap(), Appended::Written);
    assert_sound(&bench.database).await;
}

/// A file system of three megabytes, while it lives.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// None where this process may not mount.
    fn mount() -> Option<Self> {
        let at = tempfile::tempdir().unwrap();
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=3m", "comptoir-test"])
            .arg(at.path())
            .stderr(std::process::Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(at))
    }

    /// Writes until nothing fits; removing the file gives the space back.
    fn fill(&self) -> std::path::PathBuf {
        use std::io::Write;
        let path = self.0.path().join("filler");
        let mut file = std::fs::File::create(&path).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

#[tokio::test]
async fn a_disk_that_really_fills_up_refuses_every_writer_and_serves_them_again_with_space() {
    let Some(disk) = SmallDisk::mount() else {
        eprintln!("left out: this process may not mount a small file system");
        return;
    };
    let bench = Bench::on(tempfile::tempdir_in(disk.0.path()).unwrap()).await;
    let mut talk = bench.begun().await;
    let filler = disk.fill();

    for _ in 0..3 {
        let mut later = Talk { state: talk.state.clone() };
        let refused = bench.log.append(later.says(&"x".repeat(200_000))).await;
        assert!(matches!(refused, Err(StoreError::DiskFull)), "{refused:?}");
    }
    // Whoever else writes is told the same, and reading goes on.
    let mut tx = bench.database.write().await.unwrap();
    let other = sqlx::query("UPDATE sites SET name = $1").bind("x".repeat(200_000)).execute(&mut *tx).await;
    let other = match other {
        Ok(_) => tx.commit().await.map_err(StoreError::from),
        Err(error) => Err(error.into()),
    };
    assert!(matches!(other, Err(StoreError::DiskFull)), "{other:?}");
    assert_eq!(bench.events(&talk).await, 1);

    std::fs::remove_file(filler).unwrap();
    assert_eq!(bench.log.append(talk.says(&"x".repeat(200_000))).await.unwrap(), Appended::Written);
    assert_sound(&bench.database).await;
    bench.database.close().await;
}

#[tokio::test]
async fn a_job_that_breaks_its_statement_takes_no_other_with_it() {
    let bench = Bench::new().await;
    bench
        .on_writer(
            "CREATE TRIGGER refuse BEFORE INSERT ON events WHEN NEW.body LIKE '%poison%'
             BEGIN SELECT RAISE(ABORT, 'no'); END",
        )
        .await;
    let mut talks = Vec::new();
    for _ in 0..5 {
        talks.push(bench.begun().await);
    }
    let mut stranger = Talk::new(SiteId(Uuid::now_v7()), someone());
    let mut appends: Vec<_> =
        talks.iter_mut().enumerate().map(|(i, talk)| talk.says(if i == 2 { "poison" } else { "hello" })).collect();
    appends.push(stranger.begin());

    let outcomes = join_all(appends.into_iter().map(|append| bench.log.append(append))).await;

    for (i, outcome) in outcomes.iter().enumerate() {
        assert_eq!(outcome.is_ok(), i != 2 && i != 5, "{i}: {outcome:?}");
    }
    assert_sound(&bench.database).await;
}

#[tokio::test]
async fn after_a_failed_commit_nothing_is_acknowledged_and_the_process_is_told_to_end() {
    let mut bench = Bench::new().await;
    let mut talk = bench.begun().await;
    // A COMMIT that fails: a deferred foreign key points nowhere.
    bench
        .on_writer(
            "CREATE TABLE trap (site_id BLOB REFERENCES sites (id) DEFERRABLE INITIALLY DEFERRED);
             CREATE TRIGGER spring AFTER INSERT ON events BEGIN INSERT INTO trap VALUES (x'00'); END",
        )
        .await;

    assert!(bench.log.append(talk.says("lost?")).await.is_err());

    let said = bench.writer.failed().await.to_string();
    assert!(said.contains("FOREIGN KEY"), "{said}");
    assert!(matches!(bench.log.append(talk.says("more")).await, Err(StoreError::Busy)));
    assert_eq!(bench.events(&talk).await, 1);
}

#[tokio::test]
async fn a_stop_commits_what_was_taken() {
    let bench = Bench::new().await;
    let mut talks: Vec<Talk> = (0..300).map(|_| Talk::new(bench.site, someone())).collect();
    let waiting: Vec<_> = talks.iter_mut().map(|talk| tokio::spawn(bench.log.append(talk.begin()))).collect();
    tokio::task::yield_now().await;
    bench.writer.stop().await.unwrap();

    let mut written = 0;
    for outcome in waiting {
        match outcome.await.unwrap() {
            Ok(Appended::Written) => written += 1,
            other => assert!(matches!(other, Err(StoreError::Busy)), "{other:?}"),
        }
    }
    let there: i64 =
        sqlx::query_scalar("SELECT count(*) FROM conversations").fetch_one(bench.database.read()).await.unwrap();
    assert_eq!(written, there);
    assert!(written > 0);
}

#[tokio::test]
async fn events_that_do_not_lead_to_their_state_are_refused_before_they_queue() {
    let bench = Bench::new().await;
    let mut talk = bench.begun().await;
    let good = talk.then(vec![message("a"), message("b")]);
    let mut hole = good.clone();
    hole.events.remove(0);
    let mut short = good.clone();
    short.state.head = 2;
    let mut other = good;
    other.site = SiteId(Uuid::now_v7());
    for wrong in [hole, short, other] {
        let refused = bench.log.append(wrong).await;
        assert!(matches!(refused, Err(StoreError::Corrupt(_))), "{refused:?}");
    }
    assert_eq!(bench.events(&talk).await, 1);
}

#[tokio::test]
async fn a_folder_of_a_newer_release_is_refused_before_anything_changes() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(dir.path()).await.unwrap();
    let mut tx = database.write().await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'of tomorrow', TRUE, x'00', 0)",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    database.close().await;
    let before = std::fs::read(dir.path().join("comptoir.db")).unwrap();

    let refused = Database::open(dir.path()).await.unwrap_err();

    assert!(matches!(refused, StoreError::Newer { found: 9999, .. }), "{refused:?}");
    assert!(refused.to_string().contains("newer release"));
    assert!(std::fs::read(dir.path().join("comptoir.db")).unwrap() == before, "the file was touched");
}

#[tokio::test]
async fn a_random_walk_of_takes_and_closes_leaves_tables_that_agree() {
    let bench = Bench::new().await;
    let agents = [agent("Camille"), agent("Noor"), agent("Paul")];
    for i in 0..60_usize {
        let mut talk = bench.begun().await;
        let by = &agents[i % 3];
        let steps = [queued(), taken(by), message("hello"), closed(by)];
        for step in steps.into_iter().take(i % 5) {
            bench.log.append(Append { command: Some(key(0)), ..talk.then(vec![step]) }).await.unwrap();
        }
    }
    assert_sound(&bench.database).await;
}
