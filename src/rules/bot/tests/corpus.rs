//! The corpus of broken definitions: each file says at its top what is to be told of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{LAMPS, check};
use crate::rules::bot::{Checked, DEFINITION_BYTES_MAX};

/// The shop of the corpus; `w14` leads elsewhere.
const ORIGIN: &str = "https://boutique.example";

/// Every code there is.
const CODES: [&str; 21] = [
    "E01", "E02", "E03", "E05", "E06", "E07", "E08", "E09", "E10", "E11", "E12", "E13", "E14", "E15", "W04", "W11",
    "W13", "W14", "W16", "W17", "W18",
];

fn corpus() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bots");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut corpus: Vec<(String, String)> = files
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .filter(|(name, _)| !matches!(name.as_str(), "lampes" | "atelier"))
        .collect();
    corpus.sort();
    corpus
}

/// What is told of a definition, as it stands at the top of its file.
fn told(toml: &str) -> Vec<String> {
    let at = |pointer: &str| if pointer.is_empty() { "/".to_owned() } else { pointer.to_owned() };
    let problems = check(toml, &[ORIGIN.to_owned()]).problems;
    problems.iter().map(|p| format!("{} line {} {}: {}", p.code, p.line, at(&p.pointer), p.message)).collect()
}

/// `COMPTOIR_WRITE_CORPUS=1` writes what is told now; read the difference before it is committed.
#[test]
fn every_broken_definition_is_told_its_faults_with_code_line_and_remedy() {
    let corpus = corpus();
    assert!(corpus.len() >= 40, "{}", corpus.len());
    for (name, toml) in corpus {
        if std::env::var_os("COMPTOIR_WRITE_CORPUS").is_some() {
            write_anew(&name, &toml);
            continue;
        }
        let expected: Vec<&str> = toml.lines().map_while(|line| line.strip_prefix("# ")).collect();
        assert!(!expected.is_empty(), "{name} says nothing of what is expected");
        assert_eq!(told(&toml), expected, "{name}");
    }
}

fn write_anew(name: &str, toml: &str) {
    let rest: Vec<&str> = toml.lines().skip_while(|line| line.starts_with("# ")).collect();
    let rest = rest.join("\n");
    let with = |lines: &[String]| lines.iter().map(|line| format!("# {line}\n")).collect::<String>() + &rest + "\n";
    // Lines at the top move those below.
    let lines = (0..2).fold(Vec::new(), |lines, _| told(&with(&lines)));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/bots/{name}.toml"));
    fs::write(path, with(&lines)).unwrap();
}

#[test]
fn every_code_has_a_definition_that_provokes_it() {
    let told: BTreeSet<String> = corpus()
        .iter()
        .flat_map(|(_, toml)| check(toml, &[ORIGIN.to_owned()]).problems)
        .map(|problem| problem.code)
        .collect();
    assert_eq!(told, CODES.into_iter().map(str::to_owned).collect());
}

#[test]
fn a_message_is_one_line_that_begins_small_and_ends_without_a_dot() {
    for (name, toml) in corpus() {
        for problem in check(&toml, &[ORIGIN.to_owned()]).problems {
            let message = &problem.message;
            assert!(!message.contains('\n') && !message.ends_with('.'), "{name}: {message}");
            assert!(!message.starts_with(char::is_uppercase), "{name}: {message}");
        }
    }
}

#[test]
fn a_definition_with_errors_never_becomes_a_bot() {
    for (name, toml) in corpus() {
        let checked = Checked::of(&toml, &[]);
        assert_eq!(checked.compile(1).is_some(), checked.report().errors == 0, "{name}");
    }
}

#[test]
fn a_file_over_the_bound_is_refused_before_it_is_read() {
    let long = format!("{LAMPS}\n# {}", "x".repeat(DEFINITION_BYTES_MAX));
    let report = check(&long, &[]);
    assert_eq!(report.problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["E12"]);
    assert!(report.problems[0].message.contains("keep it within 524288 (512 KiB)"));
}

#[test]
fn steps_over_the_limit_are_told_and_compared_no_further() {
    let steps: String = (0..199)
        .map(|n| {
            format!(
                "[steps.s{n}]\nsay = \"{}\"\nbuttons = [{{ label = \"Suite\", goto = \"s{}\" }}]\n",
                "é".repeat(900),
                n + 1
            )
        })
        .collect();
    let last = "[steps.s199]\ngoto = \"@handoff\"\n";
    let toml = LAMPS
        .replace("[understanding]", &format!("{steps}{last}[understanding]"))
        .replace(r#"goto = "livraison""#, r#"goto = "s0""#);
    let report = check(&toml, &[]);
    let codes: BTreeSet<&str> = report.problems.iter().map(|p| p.code.as_str()).collect();
    assert_eq!(codes, BTreeSet::from(["E12"]), "205 steps are 5 too many");
}

#[test]
fn no_number_of_warnings_hides_an_error() {
    let buttons = r#"{ label = "Un", goto = "accueil" }, "#.repeat(7);
    let steps: String = (0..100).map(|n| format!("[steps.s{n}]\nbuttons = [{buttons}]\n")).collect();
    let toml = LAMPS.replace("[understanding]", &format!("{steps}[steps.z]\ngoto = \"nulle_part\"\n[understanding]"));
    let checked = Checked::of(&toml, &[]);
    assert_eq!(checked.report().errors, 1);
    assert!(checked.compile(1).is_none());
}

#[test]
fn a_file_made_to_be_slow_is_judged_in_the_time_of_any_other() {
    let started = std::time::Instant::now();
    let steps: String = (0..14_000).map(|n| format!("[steps.s{n}]\ngoto = \"s{}\"\n", n + 1)).collect();
    let buttons = "{label=\"a\",goto=\"acueil\"},".repeat(17_000);
    let fields = "\"emial\",".repeat(50_000);
    for toml in [
        LAMPS.replace("[understanding]", &format!("{steps}[understanding]")),
        LAMPS.replace("[understanding]", &format!("[steps.s]\nbuttons = [{buttons}]\n[understanding]")),
        LAMPS.replace("ask_before    = [", &format!("ask_before = [{fields}")),
    ] {
        assert!(toml.len() <= DEFINITION_BYTES_MAX, "{}", toml.len());
        assert!(Checked::of(&toml, &[]).report().errors > 0);
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn the_example_of_the_documentation_can_be_published_as_it_stands() {
    let page = include_str!("../../../../docs/bot.md");
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(check(example, &["https://clair-obscur.example".to_owned()]).problems, []);
}

#[test]
fn the_documentation_explains_every_code() {
    let page = include_str!("../../../../docs/bot.md");
    for code in CODES {
        assert!(page.lines().any(|line| line.starts_with("| ") && line.contains(code)), "{code}");
    }
}

#[test]
fn a_mark_at_the_beginning_and_other_ends_of_lines_change_nothing() {
    let windows = format!("\u{feff}{}", LAMPS.replace('\n', "\r\n"));
    assert_eq!(check(&windows, &[]).problems, []);
    let broken = windows.replace("goto = \"suivi\"", "goto = \"suivit\"");
    let unix = LAMPS.replace("goto = \"suivi\"", "goto = \"suivit\"");
    assert_eq!(check(&broken, &[]).problems, check(&unix, &[]).problems);
}
