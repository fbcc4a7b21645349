//! SQLite FTS5 on the same rows: Porter's stems, weighted columns, OR of the words.
//!
//! Asked in the way that is fastest for it: merged into one segment, ten rows by
//! its `bm25` with weights.

use comptoir_silver::English;
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};

use super::peers::{COLUMNS, any_of, row};
use super::search::WARMING;
use super::{Asked, on_the_cpu, percentiles, with_mean};
use crate::Failure;
use crate::child::megabytes;
use crate::questions::questions;
use std::time::Instant;

/// The weights of the index, but the tie and the constant. The same weights set as
/// FTS5's own `rank` are slower by a third.
const SEARCH: &str = "SELECT id FROM shop WHERE shop MATCH $1 ORDER BY bm25(shop, 0, 3, 3, 2, 2, 1, 0.5) LIMIT 10";

pub fn measure(asked: &Asked) -> Result<Value, Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(ask(asked))
}

async fn ask(asked: &Asked) -> Result<Value, Failure> {
    let path = asked.folder.join("fts5.db");
    let options = SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true)
        .synchronous(SqliteSynchronous::Off)
        .pragma("cache_size", "-262144");
    let mut database = options.connect().await?;
    let (with_fts5,): (bool,) =
        sqlx::query_as("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetch_one(&mut database).await?;
    if !with_fts5 {
        return Ok(json!({"skipped": "this SQLite has no FTS5"}));
    }
    let began = Instant::now();
    fill(&mut database, &asked.shop()).await?;
    let building = began.elapsed().as_secs_f64();
    let mut times = Vec::new();
    let texts = questions(asked.products).texts;
    let mut warm = on_the_cpu();
    for (number, text) in texts.iter().take(WARMING).chain(&texts).enumerate() {
        if number == WARMING {
            warm = on_the_cpu();
        }
        let asked = any_of(text, true, " OR ");
        let began = Instant::now();
        let _: Vec<(String,)> = sqlx::query_as(SEARCH).bind(asked).fetch_all(&mut database).await?;
        times.push(began.elapsed());
    }
    let on_the_cpu = on_the_cpu().saturating_sub(warm);
    times.drain(..WARMING.min(texts.len()));
    database.close().await?;
    let megabytes = megabytes(&path);
    std::fs::remove_file(&path)?;
    Ok(json!({
        "search": with_mean(percentiles(&times), on_the_cpu, times.len()), "seconds": building, "megabytes": megabytes,
    }))
}

async fn fill(database: &mut SqliteConnection, shop: &English) -> Result<(), Failure> {
    let columns = COLUMNS.join(", ").replace("id,", "id UNINDEXED,");
    let create = format!("CREATE VIRTUAL TABLE shop USING fts5({columns}, tokenize = 'porter unicode61')");
    sqlx::raw_sql(sqlx::AssertSqlSafe(create)).execute(&mut *database).await?;
    let mut rows = database.begin().await?;
    for product in shop.products() {
        let mut insert = sqlx::query("INSERT INTO shop VALUES ($1, $2, $3, $4, $5, $6, $7)");
        for cell in row(&product) {
            insert = insert.bind(cell);
        }
        insert.execute(&mut *rows).await?;
    }
    sqlx::query("INSERT INTO shop (shop) VALUES ('optimize')").execute(&mut *rows).await?;
    rows.commit().await?;
    Ok(())
}
