//! One number of products: feeds, an import of each, searches, peers; their ratios.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::Failure;
use crate::child::{self, Done, megabytes};
use crate::figures::Figures;
use crate::figures::Goal::{AtLeast, AtMost, None as Told};
use crate::measures;

/// Relevance and speed against peers are promised for this many products.
const PEERS_SIZE: u64 = 43_000;
/// The goals of type-ahead and of memory are for a million; they hold for fewer too.
const TYPED_MEDIAN_MS: f64 = 1.0;
const TYPED_WORST_MS: f64 = 10.0;
const PEAK_MB: f64 = 600.0;
const UPDATE_MS: f64 = 300.0;
const SUGGEST_MS: f64 = 50.0;

pub struct Plan {
    products: u64,
    folder: PathBuf,
    with_peers: bool,
    /// Removed with everything in it at the end.
    _own: tempfile::TempDir,
}

/// Milliseconds of the ranked search.
#[derive(Debug, Clone, Copy)]
struct Searched {
    median: f64,
    mean_on_the_cpu: f64,
}

/// Files with their length and the time they were written.
type Snapshot = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

impl Plan {
    pub fn new(products: u64, folder: Option<&Path>, with_peers: bool) -> Result<Self, Failure> {
        let mut builder = tempfile::Builder::new();
        let named = builder.prefix("comptoir-bench-");
        let own = match folder {
            Some(folder) => named.tempdir_in(folder)?,
            None => named.tempdir()?,
        };
        Ok(Self { products, folder: own.path().to_owned(), with_peers, _own: own })
    }

    pub fn carry_out(&self, figures: &mut Figures) -> Result<(), Failure> {
        let feed = self.measure("feed")?;
        let rows = feed.number("/rows")?;
        self.told(figures, "the feed: rows", (rows, "rows"), &feed);
        self.told(figures, "the feed: size", (feed.number("/bytes")? / 1e6, "MB"), &feed);
        // What fails is told and costs its own figures only: a run takes minutes.
        let imported = self.imports(figures, rows);
        self.or_told(figures, "imports", imported);
        let ranked = self.searches(figures);
        let ranked = self.or_told(figures, "searches", ranked);
        let suggested = self.suggestions(figures);
        self.or_told(figures, "suggestions", suggested);
        let updated = self.updates(figures);
        self.or_told(figures, "updates by API", updated);
        for (measure, name) in [("fts5", "SQLite FTS5"), ("postgres", "Postgres")] {
            let asked = self.peer(figures, ranked, measure, name);
            self.or_told(figures, name, asked);
        }
        Ok(())
    }

    fn or_told<T>(&self, figures: &mut Figures, what: &str, done: Result<T, Failure>) -> Option<T> {
        done.map_err(|error| figures.skip(self.products, &format!("{what} failed: {error}"))).ok()
    }

    fn imports(&self, figures: &mut Figures, rows: f64) -> Result<(), Failure> {
        let parse = self.measure("parse")?;
        let parsing = parse.number("/seconds")?;
        self.told(figures, "parsing the CSV alone", (rows / parsing, "rows/s"), &parse);
        let read = self.measure("read")?;
        self.told(figures, "reading it as products alone", (rows / read.number("/seconds")?, "rows/s"), &read);
        let alone = self.measure("index")?;
        let indexing = alone.number("/seconds")?;
        self.told(figures, "indexing alone, same schema and analysis", (self.a_second(indexing), "prod/s"), &alone);
        self.told(figures, "indexing alone, processor time", (alone.number("/cpu_seconds")?, "s"), &alone);

        let full = self.import("feed.csv")?;
        let took = took_ms(&full)? / 1e3;
        self.told(figures, "import until searchable", (self.a_second(took), "prod/s"), &full);
        self.told(figures, "import, the whole command", (full.took.as_secs_f64(), "s"), &full);
        self.told(figures, "import, processor time of the command", (full.cpu_seconds, "s"), &full);
        let speed = indexing / took;
        figures.add(self.products, "import, speed against indexing alone", (speed, "×"), AtLeast(0.8), full.load);
        figures.add(self.products, "import, peak memory", (full.peak_mb, "MB"), AtMost(PEAK_MB), full.load);
        let data = self.folder.join("data");
        self.told(figures, "index", (megabytes(&data.join("index")), "MB"), &full);
        self.told(figures, "catalog.db", (megabytes(&data.join("catalog.db")), "MB"), &full);

        let before = snapshot(&data.join("index"));
        let same = self.faster(["feed.csv", "feed.csv"])?;
        let again = took_ms(&same)? / 1e3;
        self.told(figures, "unchanged again", (rows / again, "rows/s"), &same);
        let speed = parsing / again;
        figures.add(self.products, "unchanged again, speed against parsing", (speed, "×"), AtLeast(0.7), same.load);
        let touched = changed(&before, &snapshot(&data.join("index")));
        figures.add(self.products, "unchanged again, index files written", (touched, ""), AtMost(0.0), same.load);
        let written = same.number("/import/report/added")? + same.number("/import/report/changed")?;
        figures.add(self.products, "unchanged again, products written", (written, ""), AtMost(0.0), same.load);

        let one = self.faster(["changed.csv", "feed.csv"])?;
        let took = took_ms(&one)? / 1e3;
        self.told(figures, "1 % changed", (took, "s"), &one);
        figures.add(self.products, "1 % changed, time against unchanged", (took / again, "×"), AtMost(1.5), one.load);
        figures.add(self.products, "1 % changed, peak memory", (one.peak_mb, "MB"), AtMost(PEAK_MB), one.load);
        Ok(())
    }

    fn searches(&self, figures: &mut Figures) -> Result<Searched, Failure> {
        let search = self.measure("search")?;
        let from = crate::questions::questions(self.products).from;
        let ranked = search.number("/ranked/p50_ms")?;
        self.told(figures, &format!("search, median ({from})"), (ranked, "ms"), &search);
        let worst = search.number("/ranked/p99_ms")?;
        let goal = if self.products <= PEERS_SIZE { AtMost(10.0) } else { Told };
        figures.add(self.products, "search, p99", (worst, "ms"), goal, search.load);
        let typed = (search.number("/typed/p50_ms")?, "ms");
        figures.add(self.products, "as you type, median", typed, AtMost(TYPED_MEDIAN_MS), search.load);
        let typed = (search.number("/typed/p99_ms")?, "ms");
        figures.add(self.products, "as you type, p99", typed, AtMost(TYPED_WORST_MS), search.load);
        self.told(figures, "as you type, worst", (search.number("/typed/worst_ms")?, "ms"), &search);
        self.told(figures, "searching, peak memory", (search.peak_mb, "MB"), &search);
        let mean_on_the_cpu = search.number("/ranked/cpu_ms")?;
        self.told(figures, "search, mean on the processor", (mean_on_the_cpu, "ms"), &search);
        Ok(Searched { median: ranked, mean_on_the_cpu })
    }

    fn suggestions(&self, figures: &mut Figures) -> Result<(), Failure> {
        if self.products > PEERS_SIZE {
            figures.skip(self.products, "suggestions: the goal is for 43,000");
            return Ok(());
        }
        let suggest = self.measure("suggest")?;
        self.told(figures, "suggestions, mean on the processor", (suggest.number("/cpu_ms")?, "ms"), &suggest);
        self.told(figures, "suggestions, median", (suggest.number("/p50_ms")?, "ms"), &suggest);
        let worst = (suggest.number("/p95_ms")?, "ms");
        figures.add(self.products, "suggestions, p95", worst, AtMost(SUGGEST_MS), suggest.load);
        Ok(())
    }

    fn updates(&self, figures: &mut Figures) -> Result<(), Failure> {
        let update = self.measure("update")?;
        if let Some(why) = update.answer.get("skipped").and_then(serde_json::Value::as_str) {
            figures.skip(self.products, why);
            return Ok(());
        }
        self.told(figures, "a price until searchable, median", (update.number("/p50_ms")?, "ms"), &update);
        let worst = (update.number("/p99_ms")?, "ms");
        figures.add(self.products, "a price until searchable, p99", worst, AtMost(UPDATE_MS), update.load);
        let rested = (update.number("/rested_worst_ms")?, "ms");
        figures.add(self.products, "the same after a rest of 22 s, worst", rested, AtMost(UPDATE_MS), update.load);
        Ok(())
    }

    fn peer(&self, figures: &mut Figures, ranked: Option<Searched>, measure: &str, name: &str) -> Result<(), Failure> {
        if !self.with_peers {
            figures.skip(self.products, &format!("{name}: too many products; see --peers-up-to"));
            return Ok(());
        }
        let peer = self.measure(measure)?;
        if let Some(why) = peer.answer.get("skipped").and_then(serde_json::Value::as_str) {
            figures.skip(self.products, &format!("{name}: {why}"));
            return Ok(());
        }
        let median = peer.number("/search/p50_ms")?;
        self.told(figures, &format!("{name}, OR of the words, median"), (median, "ms"), &peer);
        self.told(figures, &format!("{name}, p99"), (peer.number("/search/p99_ms")?, "ms"), &peer);
        let built = self.a_second(peer.number("/seconds")?);
        self.told(figures, &format!("{name}, filling it"), (built, "prod/s"), &peer);
        let Some(ranked) = ranked else { return Ok(()) };
        let faster = format!("search, median, times faster than {name}");
        let goal = if self.products == PEERS_SIZE { AtLeast(30.0) } else { Told };
        figures.add(self.products, &faster, (median / ranked.median, "×"), goal, peer.load);
        // Other programs interrupt long answers more than short ones; this they cannot change.
        if let Ok(mean) = peer.number("/search/cpu_ms") {
            let faster = format!("search, mean on the processor, less than {name}");
            self.told(figures, &faster, (mean / ranked.mean_on_the_cpu, "×"), &peer);
        }
        Ok(())
    }

    fn told(&self, figures: &mut Figures, name: &str, value: (f64, &'static str), done: &Done) {
        figures.add(self.products, name, value, Told, done.load);
    }

    fn a_second(&self, seconds: f64) -> f64 {
        self.products as f64 / seconds
    }

    /// A measure of this program, in a process of its own.
    fn measure(&self, name: &str) -> Result<Done, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["measure", name, "--products", &self.products.to_string(), "--folder"]).arg(&self.folder);
        child::run(&mut command)
    }

    /// The faster of two imports that do the same: what else the machine does only slows them.
    fn faster(&self, [one, other]: [&str; 2]) -> Result<Done, Failure> {
        let (one, other) = (self.import(one)?, self.import(other)?);
        Ok(if took_ms(&one)? <= took_ms(&other)? { one } else { other })
    }

    /// The command that a merchant would type, with the program built beside this one.
    fn import(&self, feed: &str) -> Result<Done, Failure> {
        let mut command = Command::new(measures::comptoir()?);
        command
            .args(["catalog", "import", "--site", "silver", "--create-site", "--lang", "en", "--json", "--data"])
            .arg(self.folder.join("data"))
            .arg(self.folder.join(feed));
        // It writes one object; progress is for terminals and goes to standard error.
        child::run(command.stderr(std::process::Stdio::null()))
    }
}

fn took_ms(done: &Done) -> Result<f64, Failure> {
    done.number("/import/report/took_ms")
}

fn snapshot(folder: &Path) -> Snapshot {
    let mut found = Snapshot::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(about) if about.is_dir() => open.push(entry.path()),
                Ok(about) => {
                    found.insert(entry.path(), (about.len(), about.modified().ok()));
                }
                Err(_) => {}
            }
        }
    }
    found
}

/// Files that are new, gone or were written to.
fn changed(before: &Snapshot, after: &Snapshot) -> f64 {
    let differs = after.iter().filter(|(path, about)| before.get(*path) != Some(about)).count();
    let gone = before.keys().filter(|path| !after.contains_key(*path)).count();
    (differs + gone) as f64
}
