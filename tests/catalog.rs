//! The catalog's commands as a merchant types them, on the real binary.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Instant;

use comptoir::protocol::catalog::ImportState;
use comptoir::store::{CatalogStore, Database, Sites};
use serde_json::Value;
use support::{PATIENCE, Server, comptoir, run};
use tempfile::TempDir;

const LAMPS: &str = "id,title,price,availability,link\n\
    L1,Lampe dorée,89.00,in stock,https://shop.example/l1\n\
    L2,Lampe en papier,45.50,out of stock,https://shop.example/l2\n\
    T1,Table basse en chêne,249.00,in stock,https://shop.example/t1\n";

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn import(&self, file: &Path, more: &[&str]) -> Output {
        let data = self.data();
        let mut arguments =
            vec!["catalog", "import", file.to_str().unwrap(), "--data", data.to_str().unwrap(), "--site", "boutique"];
        arguments.extend(more);
        run(&arguments)
    }

    /// The ids that the batch search answers, a list a query.
    fn found(&self, queries: &str) -> Vec<Vec<String>> {
        let data = self.data();
        let mut child = comptoir(&["catalog", "search", "--json", "--data", data.to_str().unwrap(), "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(queries.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        let lines = String::from_utf8(output.stdout).unwrap();
        let ids = |line: &str| -> Vec<String> {
            let line: Value = serde_json::from_str(line).unwrap();
            line["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
        };
        lines.lines().map(ids).collect()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn wait<T>(what: &str, mut wish: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = wish() {
            return found;
        }
        assert!(begun.elapsed() < 3 * PATIENCE, "waited in vain until {what}");
        std::thread::yield_now();
    }
}

#[test]
fn an_export_becomes_a_site_with_a_catalog_that_is_searched_line_by_line() {
    let folder = Folder::new();
    let feed = folder.file("lampes.csv", LAMPS);

    let unnamed = folder.import(&feed, &[]);
    assert_eq!(unnamed.status.code(), Some(2));
    assert!(complained(&unnamed).contains("there is no site `boutique`; add --create-site"), "{unnamed:?}");

    let imported = folder.import(&feed, &["--create-site"]);
    assert_eq!(imported.status.code(), Some(0), "{imported:?}");
    assert!(said(&imported).contains("added 3, changed 0, unchanged 0, removed 0"), "{imported:?}");
    assert_eq!(
        folder.found("lampes dorees\n\nchene\nT1"),
        [vec!["L1", "L2"], vec![], vec!["T1"], vec!["T1"]]
            .map(|ids| ids.into_iter().map(str::to_owned).collect::<Vec<_>>())
    );
    let again = folder.import(&feed, &[]);
    assert!(said(&again).contains("added 0, changed 0, unchanged 3, removed 0"), "{again:?}");
}

#[test]
fn judged_queries_are_scored_by_kind_and_the_worst_are_told() {
    let folder = Folder::new();
    let feed = folder.file("lampes.csv", LAMPS);
    assert_eq!(folder.import(&feed, &["--create-site"]).status.code(), Some(0));
    let queries =
        "plain\tq1\tlampe\tlampe dorée\ntypo\tq2\tlampe\tlamppe dorée\nplain\tq3\tlit\tlit\nplain\tq4\tnone\tx\n";
    let queries = folder.file("queries.tsv", queries);
    let qrels = folder.file("qrels.tsv", "lampe\tL1\t2\nlampe\tL2\t1\nlit\tT9\t2\n");
    let data = folder.data();
    let mut arguments = vec!["catalog", "eval", "--data", data.to_str().unwrap(), "--site", "boutique", "--json"];
    arguments.extend(["--queries", queries.to_str().unwrap(), "--qrels"]);
    let eval = |qrels: &Path| run(&[arguments.as_slice(), &[qrels.to_str().unwrap()]].concat());

    let scored = eval(&qrels);
    assert_eq!(scored.status.code(), Some(0), "{scored:?}");
    let told: Value = serde_json::from_str(&said(&scored)).unwrap();
    assert_eq!((&told["kinds"]["typo"]["ndcg"], &told["kinds"]["typo"]["queries"]), (&1.0.into(), &1.into()));
    assert_eq!((&told["kinds"]["plain"]["ndcg"], &told["kinds"]["plain"]["queries"]), (&0.5.into(), &2.into()));
    assert_eq!((&told["worst"][0]["query"], &told["worst"][0]["ndcg"]), (&"lit".into(), &0.0.into()));
    assert!(complained(&scored).contains("want of a judgment: 1"), "{scored:?}");

    let foreign = eval(&folder.file("other.tsv", "canapé\tC1\t2\n"));
    assert_eq!(foreign.status.code(), Some(2));
    assert!(complained(&foreign).contains("must name the same needs"), "{foreign:?}");
}

#[test]
fn a_file_that_cannot_be_used_makes_no_site_and_a_bad_row_is_told() {
    let folder = Folder::new();
    for (name, text, words) in [
        ("empty.csv", "", "The file is empty"),
        ("other.csv", "colour,shape\nred,round\n", "`colour`, `shape`"),
        ("book.xlsx", "PK\u{3}\u{4}", "Excel"),
    ] {
        let refused = folder.import(&folder.file(name, text), &["--create-site"]);
        assert_eq!(refused.status.code(), Some(2), "{refused:?}");
        assert!(complained(&refused).contains(words), "{refused:?}");
    }
    let missing = folder.import(Path::new("/nowhere/shop.csv"), &["--create-site"]);
    assert_eq!(missing.status.code(), Some(2));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let sites =
        runtime.block_on(async { Sites::new(Database::open(&folder.data()).await.unwrap()).all().await.unwrap() });
    assert!(sites.is_empty());

    let broken = folder.file("broken.csv", LAMPS.replace("45.50", "cher"));
    let imported = folder.import(&broken, &["--create-site"]);
    assert_eq!(imported.status.code(), Some(0), "{imported:?}");
    assert!(said(&imported).contains("line 3: cannot read price `cher` in column `price`; write it like 12.90"));
}

#[test]
fn a_feed_that_loses_most_products_is_refused_until_that_is_accepted() {
    let folder = Folder::new();
    folder.import(&folder.file("lampes.csv", LAMPS), &["--create-site"]);
    let short = folder.file("short.csv", LAMPS.lines().take(2).map(|line| format!("{line}\n")).collect::<String>());

    let tried = folder.import(&short, &["--dry-run", "--json"]);
    let report: Value = serde_json::from_str(&said(&tried)).unwrap();
    assert_eq!((&report["report"]["removed"], tried.status.code()), (&Value::from(2), Some(0)));
    let refused = folder.import(&short, &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(complained(&refused).contains("2 of 3 products would be gone"), "{refused:?}");
    assert_eq!(folder.found("table"), [["T1"]]);

    assert_eq!(folder.import(&short, &["--accept-removals"]).status.code(), Some(0));
    assert_eq!(folder.found("table"), [Vec::<String>::new()]);
}

#[test]
fn a_running_server_is_handed_the_file_and_serves_what_it_held() {
    let folder = Folder::new();
    folder.import(&folder.file("lampes.csv", LAMPS), &["--create-site"]);
    let _server = Server::start(&folder.data());
    let feed = folder.file("more.csv", format!("{LAMPS}V1,Vase en grès,24.00,in stock,https://shop.example/v1\n"));

    let imported = folder.import(&feed, &[]);

    assert_eq!(imported.status.code(), Some(0), "{imported:?}");
    assert!(complained(&imported).contains("handed over to the server"), "{imported:?}");
    assert_eq!(folder.found("vase"), [["V1"]]);
    let left = std::fs::read_dir(folder.data().join("tmp").join("imports")).unwrap().count();
    assert_eq!(left, 0);
}

#[test]
fn a_server_killed_during_an_import_leaves_the_old_catalog_and_ends_it_later() {
    let folder = Folder::new();
    folder.import(&folder.file("lampes.csv", LAMPS), &["--create-site"]);
    let rows = (0..30_000).map(|n| format!("N{n},Coussin {n},19.00,in stock,https://shop.example/n{n}\n"));
    let feed = folder.file("large.csv", format!("{LAMPS}{}", rows.collect::<String>()));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = runtime.block_on(CatalogStore::open(&folder.data())).unwrap();
    let site = runtime
        .block_on(async { Sites::new(Database::open(&folder.data()).await.unwrap()).all().await.unwrap() })[0]
        .id;
    let latest = || runtime.block_on(store.runs(site)).unwrap().into_iter().find(|run| run.file == "large.csv");
    let server = Server::start(&folder.data());
    let data = folder.data();
    let mut command = comptoir(&["catalog", "import", feed.to_str().unwrap(), "--data", data.to_str().unwrap()]);
    let mut importing = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    wait("rows are read", || latest().filter(|run| run.rows_read > 0));
    server.kill();

    let run = latest().unwrap();
    assert!(matches!(run.state.told(None), ImportState::Reading {} | ImportState::Indexing {}), "{run:?}");
    assert_eq!(folder.found("coussin\nlampe dorée"), [vec![], vec!["L1".to_owned(), "L2".to_owned()]]);

    let server = Server::start(&folder.data());
    // The command that handed the file over is still waiting, and is answered now.
    let ended = wait("the import has ended", || importing.try_wait().unwrap());
    assert_eq!(ended.code(), Some(0));
    assert_eq!(folder.found("coussin 29999")[0][0], "N29999");
    drop(server);
}

#[test]
fn a_rebuild_is_not_started_beside_a_server() {
    let folder = Folder::new();
    folder.import(&folder.file("lampes.csv", LAMPS), &["--create-site"]);
    std::fs::remove_dir_all(folder.data().join("index")).unwrap();
    // Without a server the command builds the index itself.
    assert_eq!(folder.found("table"), [["T1"]]);
    let server = Server::start(&folder.data());
    std::fs::remove_dir_all(folder.data().join("index")).unwrap();
    let data = folder.data();
    let refused = run(&["catalog", "search", "table", "--data", data.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(complained(&refused).contains("rebuilding"), "{refused:?}");
    let (status, _) = server.terminate();
    assert!(status.success(), "{status}");
}

/// A file whose columns no table of names knows, prices without tax.
const STOVES: &str = "Zone 1;Zone 2;Zone 3 HT;Zone 4\n\
    P-1;Poêle Ardoise;890,00;Rupture définitive\n\
    P-2;Poêle Brume;1 090,00;en stock\n";

#[test]
fn a_dry_run_tells_the_mapping_that_imports_the_file_and_both_are_remembered() {
    let folder = Folder::new();
    folder.import(&folder.file("lamps.csv", LAMPS), &["--create-site", "--lang", "fr"]);
    let stoves = folder.file("stoves.csv", STOVES);
    let unknown = folder.import(&stoves, &["--accept-removals"]);
    assert_eq!(unknown.status.code(), Some(2), "{}", complained(&unknown));
    assert!(complained(&unknown).contains("`Zone 2`"), "{}", complained(&unknown));

    let seen = folder.import(&stoves, &["--dry-run", "--json"]);
    assert_eq!(seen.status.code(), Some(2), "{}", complained(&seen));
    assert!(complained(&seen).contains("--tax-rate"), "{}", complained(&seen));
    let told: Value = serde_json::from_str(&said(&seen)).unwrap();
    assert_eq!((&told["preview"]["missing"][0], &told["report"]), (&Value::from("tax_rate"), &Value::Null));
    let mut mapping = told["mapping"].clone();
    mapping["values"] = serde_json::json!([{"column": "Zone 4", "from": "rupture définitive", "to": "out_of_stock"}]);
    let mapping = folder.file("stoves.json", mapping.to_string());
    let explained = ["--mapping", mapping.to_str().unwrap(), "--tax-rate", "20", "--accept-removals"];

    let tried = folder.import(&stoves, &[&["--dry-run", "--json"], &explained[..]].concat());
    assert_eq!(tried.status.code(), Some(0), "{}", complained(&tried));
    let told: Value = serde_json::from_str(&said(&tried)).unwrap();
    assert_eq!((&told["report"]["added"], &told["report"]["rejected"]), (&Value::from(2), &Value::from(0)));
    assert_eq!(told["preview"]["examples"][0]["price"]["minor"], 106_800);
    assert_eq!(folder.found("lampe\n"), [["L1", "L2"]], "nothing was changed");

    let imported = folder.import(&stoves, &explained);
    assert_eq!(imported.status.code(), Some(0), "{}", complained(&imported));
    assert_eq!(folder.found("poêle\n")[0].len(), 2);
    let again = folder.import(&stoves, &["--json"]);
    let told: Value = serde_json::from_str(&said(&again)).unwrap();
    assert_eq!(told["import"]["report"]["unchanged"], 2, "what was said is used again: {told}");
    let changed = folder.import(&folder.file("other.csv", STOVES.replace("Zone 4", "Zone 5")), &[]);
    assert_eq!(changed.status.code(), Some(2));
    assert!(complained(&changed).contains("`Zone 4` are gone and `Zone 5` are new"), "{}", complained(&changed));
}

#[test]
fn a_running_server_is_handed_the_mapping_with_the_file() {
    let folder = Folder::new();
    folder.import(&folder.file("lamps.csv", LAMPS), &["--create-site", "--lang", "fr"]);
    let server = Server::start(&folder.data());
    let mapping = r#"{"columns": [
        {"column": "Zone 1", "field": "sku"}, {"column": "Zone 2", "field": "title"},
        {"column": "Zone 3 HT", "field": "price_without_tax"}, {"column": "Zone 4", "field": "availability"}
    ], "tax_rate": "20"}"#;
    let mapping = folder.file("stoves.json", mapping);
    let stoves = folder.file("stoves.csv", STOVES);
    let imported = folder.import(&stoves, &["--mapping", mapping.to_str().unwrap(), "--accept-removals", "--json"]);
    assert_eq!(imported.status.code(), Some(0), "{}", complained(&imported));
    let told: Value = serde_json::from_str(&said(&imported)).unwrap();
    assert_eq!(told["import"]["report"]["added"], 2, "{told}");
    drop(server);
}

#[test]
fn a_catalog_is_emptied_and_restored_with_and_without_a_server() {
    let folder = Folder::new();
    folder.import(&folder.file("lampes.csv", LAMPS), &["--create-site", "--lang", "fr"]);
    let data = folder.data();
    let command = |name: &'static str, more: &[&str]| {
        run(&[&["catalog", name, "--data", data.to_str().unwrap(), "--site", "boutique"], more].concat())
    };
    for is_served in [false, true] {
        let _server = is_served.then(|| Server::start(&data));
        let unsure = command("empty", &[]);
        assert_eq!(unsure.status.code(), Some(2));
        assert!(complained(&unsure).contains("3 products of `boutique` in `fr` would be gone"), "{unsure:?}");
        let emptied = command("empty", &["--yes"]);
        assert_eq!(emptied.status.code(), Some(0), "{emptied:?}");
        assert!(said(&emptied).contains("removed 3: 0 products"), "{emptied:?}");
        assert_eq!(complained(&emptied).contains("handed over to the server"), is_served);
        assert_eq!(folder.found("lampe"), [Vec::<String>::new()]);
        let again = command("empty", &["--yes"]);
        assert_eq!(again.status.code(), Some(2));
        assert!(complained(&again).contains("is empty already"), "{again:?}");
        let restored = command("restore", &[]);
        assert!(said(&restored).contains("added 3, changed 0, removed 0: 3 products"), "{restored:?}");
        assert_eq!(folder.found("lampe"), [["L1", "L2"]]);
    }
}

/// Kills in the middle of a swap; the places are those of `src/jobs/catalog/apply.rs`.
#[cfg(feature = "fault-hooks")]
mod cut_off {
    use super::*;

    /// Forty lamps at a price; the first `renamed` of them are candles.
    fn lot(price: u32, renamed: usize) -> String {
        let row = |n| {
            let name = if n < renamed { "Bougie" } else { "Lampe" };
            format!("P{n},{name} {n},{price}.00,https://shop.example/p{n}\n")
        };
        format!("id,title,price,link\n{}", (0..40).map(row).collect::<String>())
    }

    fn states(folder: &Folder) -> Vec<ImportState> {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let store = CatalogStore::open(&folder.data()).await.unwrap();
            let site = Sites::new(Database::open(&folder.data()).await.unwrap()).all().await.unwrap()[0].id;
            store.runs(site).await.unwrap().into_iter().map(|run| run.state.told(None)).collect()
        })
    }

    /// Bougies and lamps that are found.
    fn counted(folder: &Folder) -> (usize, usize) {
        let found = folder.found("bougie\nlampe\n");
        (found[0].len(), found[1].len())
    }

    #[test]
    fn a_kill_on_either_side_of_the_switch_leaves_a_whole_catalog_that_the_next_import_changes() {
        // A small difference changes the index where it lies, a large one builds it anew.
        for (place, renamed) in [("committed", 3), ("switched", 3), ("committed", 30), ("switched", 30)] {
            let folder = Folder::new();
            let data = folder.data();
            let feed = folder.file("lot.csv", lot(1, 0));
            assert_eq!(folder.import(&feed, &["--create-site", "--lang", "fr"]).status.code(), Some(0));
            let changed = folder.file("changed.csv", lot(1, renamed));
            let arguments = ["catalog", "import", changed.to_str().unwrap(), "--data", data.to_str().unwrap()];
            let killed = comptoir(&arguments).env("FAULT_ABORT_AT", place).output().unwrap();
            assert_eq!(killed.status.code(), None, "{place}: it ended by itself: {killed:?}");

            let server = Server::start(&data);
            let listed = (renamed.min(10), (40 - renamed).min(10));
            assert_eq!(counted(&folder), listed, "{place}, {renamed} renamed: the index's commit is what counts");
            // Killed after the switch, the run is read again and finds nothing to change.
            wait("both runs are done", || {
                (states(&folder) == [ImportState::Done {}, ImportState::Done {}]).then_some(())
            });
            let next = folder.import(&folder.file("next.csv", lot(2, 1)), &[]);
            assert!(said(&next).contains("added 0, changed 40, unchanged 0, removed 0"), "{place}: {next:?}");
            assert_eq!(counted(&folder), (1, 10), "{place}, {renamed} renamed");
            drop(server);
        }
    }
}
