//! Postgres full text on the same rows, where its server is installed: a throw-away
//! cluster on a socket in a folder of its own, asked through `psql`, whose timing counts.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::peers::{COLUMNS, any_of, row};
use super::search::WARMING;
use super::{Asked, percentiles};
use crate::Failure;
use crate::questions::questions;

/// Postgres refuses to be run by root; then it is run by `nobody`.
const NOBODY: u32 = 65_534;

pub fn measure(asked: &Asked) -> Result<Value, Failure> {
    let Some(bin) = binaries() else {
        return Ok(json!({"skipped": "no Postgres found (no `postgres` in PATH or /usr/lib/postgresql)"}));
    };
    let cluster = Cluster::start(bin)?;
    let began = Instant::now();
    cluster.fill(asked)?;
    let building = began.elapsed().as_secs_f64();
    let texts = questions(asked.products).texts;
    let mut script = String::from("SET jit = off;\n\\timing on\n");
    for text in texts.iter().take(WARMING).chain(&texts) {
        let words = any_of(text, false, " | ");
        writeln!(
            script,
            "SELECT id FROM shop, to_tsquery('english', '{words}') AS asked WHERE words @@ asked \
             ORDER BY ts_rank(words, asked) DESC, id LIMIT 10;"
        )?;
    }
    let output = cluster.psql(&script)?;
    let mut times: Vec<Duration> = output
        .lines()
        .filter_map(|line| line.strip_prefix("Time: ")?.split(' ').next()?.parse::<f64>().ok())
        .map(|milliseconds| Duration::from_secs_f64(milliseconds / 1e3))
        .collect();
    times.drain(..WARMING.min(times.len()));
    let size = cluster.psql("SELECT 'size ' || pg_total_relation_size('shop');\n")?;
    let size = size.lines().find_map(|line| line.trim().strip_prefix("size ")?.parse::<f64>().ok());
    Ok(json!({
        "search": percentiles(&times), "seconds": building, "megabytes": size.unwrap_or_default() / 1e6,
    }))
}

/// The folder of the server and its tools.
fn binaries() -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    let in_path = std::env::split_paths(&paths).find_map(|folder| folder.join("postgres").canonicalize().ok());
    let installed = || {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        let mut servers: Vec<PathBuf> = versions
            .flatten()
            .map(|version| version.path().join("bin/postgres"))
            .filter(|path| path.exists())
            .collect();
        servers.sort();
        servers.pop()
    };
    let bin = in_path.or_else(installed)?.parent()?.to_owned();
    ["initdb", "pg_ctl", "psql"].iter().all(|tool| bin.join(tool).exists()).then_some(bin)
}

/// A cluster that ends with this value.
struct Cluster {
    bin: PathBuf,
    folder: tempfile::TempDir,
    runs: bool,
}

impl Cluster {
    fn start(bin: PathBuf) -> Result<Self, Failure> {
        let folder = tempfile::Builder::new().prefix("comptoir-bench-pg-").tempdir()?;
        if is_root(folder.path()) {
            chown(folder.path(), Some(NOBODY), Some(NOBODY))?;
        }
        let mut cluster = Self { bin, folder, runs: false };
        let data = cluster.folder.path().join("data");
        let made = cluster
            .command("initdb")
            .args(["--username=bench", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C", "--pgdata"])
            .arg(&data)
            .stdout(Stdio::null())
            .status()?;
        if !made.success() {
            return Err("initdb failed".into());
        }
        let mut settings = format!("-k {}", cluster.folder.path().display());
        for setting in ["listen_addresses=", "shared_buffers=512MB", "work_mem=64MB", "maintenance_work_mem=256MB"] {
            write!(settings, " -c {setting}")?;
        }
        for setting in ["fsync=off", "max_wal_size=4GB", "logging_collector=off", "log_min_messages=fatal"] {
            write!(settings, " -c {setting}")?;
        }
        let mut server = cluster.command("pg_ctl");
        server.args(["start", "--wait", "--silent", "--log", "server.log", "--pgdata"]).arg(&data);
        let started = server.arg("--options").arg(settings).stdout(Stdio::null()).status()?;
        cluster.runs = started.success();
        if !cluster.runs {
            return Err("Postgres did not start".into());
        }
        Ok(cluster)
    }

    fn command(&self, tool: &str) -> Command {
        let mut command = Command::new(self.bin.join(tool));
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        if is_root(Path::new("/proc/self")) {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    /// Carries a script out, or fails at its first error.
    fn psql(&self, script: &str) -> Result<String, Failure> {
        let path = self.folder.path().join("script.sql");
        File::create(&path)?.write_all(script.as_bytes())?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644))?;
        let output = self
            .command("psql")
            .args(["--username=bench", "--dbname=postgres", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--host"])
            .arg(self.folder.path())
            .arg("--file")
            .arg(&path)
            .env("LC_ALL", "C")
            .output()?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
        }
    }

    fn fill(&self, asked: &Asked) -> Result<(), Failure> {
        let path = self.folder.path().join("rows.csv");
        let mut rows = csv::Writer::from_path(&path)?;
        for product in asked.shop().products() {
            rows.write_record(row(&product))?;
        }
        rows.flush()?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644))?;
        let columns = COLUMNS.map(|column| format!("{column} text")).join(", ");
        let weighted = [("title", 'A'), ("class", 'A'), ("attributes", 'B'), ("brand", 'B'), ("path", 'C')];
        let weighted = weighted.into_iter().chain([("description", 'D')]);
        let words = weighted.map(|(column, weight)| format!("setweight(to_tsvector('english', {column}), '{weight}')"));
        let words = words.collect::<Vec<_>>().join(" || ");
        self.psql(&format!(
            "CREATE TABLE shop ({columns}, words tsvector GENERATED ALWAYS AS ({words}) STORED);\n\
             \\copy shop ({}) FROM '{}' CSV\n\
             CREATE INDEX ON shop USING gin (words);\nVACUUM ANALYZE shop;\n",
            COLUMNS.join(", "),
            path.display(),
        ))?;
        std::fs::remove_file(&path)?;
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.runs {
            let data = self.folder.path().join("data");
            let _ =
                self.command("pg_ctl").args(["stop", "--mode=immediate", "--silent", "--pgdata"]).arg(data).status();
        }
    }
}

fn is_root(path: &Path) -> bool {
    path.metadata().is_ok_and(|about| about.uid() == 0)
}
