//! The command on files as strangers write them, and the figures that must not fall.

use std::fs;
use std::path::Path;

use super::super::tests::ran;
use super::measure::measure;
use super::read::{Sets, of_folders, of_tables};
use super::*;

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

const FAQ: &str = "parcel\tWhere is my parcel?\nmoney\tI want my money back\n";

#[test]
fn figures_come_as_a_table_and_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let faq = written(folder.path(), "faq.tsv", FAQ);
    let test = written(folder.path(), "test.tsv", "parcel\twheres my parcel\nmoney\tmy money back\nnone\thello\n");
    let (code, out, _) = ran(&["eval", "--faq", &faq, "--test", &test], "");
    assert_eq!(code, 0);
    assert!(out.starts_with("2 FAQs, 2 questions (en); 2 texts, 1 more out of scope\nhelped"), "{out}");
    let (code, out, _) = ran(&["eval", "--faq", &faq, "--test", &test, "--json", "--typos", "--lang", "en"], "");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 0);
    for key in ["helped", "wrong_direct", "out_of_scope_answered", "top1", "top3"] {
        assert!((0.0..=1.0).contains(&json[key].as_f64().unwrap()), "{key}: {out}");
    }
    assert_eq!((json["tests"].as_u64(), json["typos"].as_bool()), (Some(2), Some(true)));
}

#[test]
fn marks_line_ends_and_blank_lines_of_any_editor_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let faq = written(folder.path(), "faq.tsv", "\u{feff}parcel\tWhere is my parcel?\r\n\r\nmoney\tMy money back\r\n");
    let test = written(folder.path(), "test.tsv", "\u{feff}parcel\twhere is my parcel\r\n  \r\nnone\thello");
    let sets = of_tables(Path::new(&faq), Path::new(&test)).unwrap();
    assert_eq!(sets.faqs, [["Where is my parcel?"], ["My money back"]]);
    assert_eq!(sets.tests, [(Some(0), "where is my parcel".to_owned()), (None, "hello".to_owned())]);
    assert_eq!(sets.faults.count, 0);
}

#[test]
fn a_line_that_cannot_be_used_is_told_with_its_number_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let faq = written(folder.path(), "faq.tsv", &format!("{FAQ}no tab here\nnone\twhat\n"));
    let test = written(folder.path(), "test.tsv", "parcl\twhere\n\tlost id\nmoney\t\nmoney\tback\n");
    let sets = of_tables(Path::new(&faq), Path::new(&test)).unwrap();
    assert_eq!(sets.tests, [(Some(1), "back".to_owned())]);
    let told = sets.faults.told.join("\n");
    for part in ["faq.tsv:3: no tab", "faq.tsv:4: `none` is no FAQ", "test.tsv:1: no FAQ `parcl`", "test.tsv:2: no id"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(told.contains("test.tsv:3: no question") && sets.faults.count == 5, "{told}");
    assert_eq!(ran(&["eval", "--faq", &faq, "--test", &test], "").0, 0);
}

#[test]
fn what_cannot_be_measured_ends_with_two_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let faq = written(folder.path(), "faq.tsv", FAQ);
    let empty = written(folder.path(), "empty.tsv", "\n");
    for (test, said) in [("absent.tsv", "check the path"), (&empty, "no line that can be used")] {
        let (code, _, faults) = ran(&["eval", "--faq", &faq, "--test", test], "");
        assert_eq!(code, 2);
        assert!(faults.contains(said), "{faults}");
    }
    let latin = folder.path().join("latin.tsv");
    fs::write(&latin, b"money\tarriv\xe9").unwrap();
    let (code, _, faults) = ran(&["eval", "--faq", &faq, "--test", &latin.display().to_string()], "");
    assert!(code == 2 && faults.contains("save it as UTF-8"), "{faults}");
}

#[test]
fn folders_of_texts_and_labels_are_read_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path(), "seq.in", "where is my parcel\ni want my money back\n");
    let labels = written(folder.path(), "label", "parcel\nmoney\n");
    let dir = folder.path().display().to_string();
    let (code, out, _) = ran(&["eval", "--train", &dir, "--test", &dir, "--json"], "");
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, json["top1"].as_f64(), json["lang"].as_str()), (0, Some(1.0), Some("en")));
    fs::write(&labels, "parcel\n").unwrap();
    let (code, _, faults) = ran(&["eval", "--train", &dir, "--test", &dir], "");
    assert!(code == 2 && faults.contains("seq.in has 2 lines and label 1"), "{faults}");
}

/// What a change of the matcher may cost.
const DROP_MAX: f64 = 0.02;
/// Texts asked of each set, evenly taken from all.
const SAMPLE: usize = 300;

/// Figures of `docs/bot-matching.md` on the sample: helped, best one, best three, wrong
/// among direct answers; the same with typos.
const BASELINES: [(&str, [f64; 4], [f64; 4]); 4] = [
    ("fr_boutique", [0.875, 0.827, 0.904, 0.000], [0.788, 0.798, 0.856, 0.000]),
    ("banking77", [0.879, 0.696, 0.886, 0.052], [0.868, 0.693, 0.875, 0.041]),
    ("hwu64", [0.788, 0.651, 0.836, 0.055], [0.773, 0.647, 0.833, 0.058]),
    ("clinc150", [0.847, 0.713, 0.860, 0.049], [0.843, 0.720, 0.853, 0.040]),
];

fn public_set(folder: &Path) -> Sets {
    let mut sets = if folder.join("faq.tsv").exists() {
        of_tables(&folder.join("faq.tsv"), &folder.join("test.tsv")).unwrap()
    } else {
        of_folders(&folder.join("train_5"), &folder.join("test")).unwrap()
    };
    let step = sets.tests.len().div_ceil(SAMPLE);
    sets.tests = sets.tests.into_iter().step_by(step).collect();
    sets
}

/// Runs where `COMPTOIR_TEST_DATA` names the folder of public sets.
#[test]
fn matching_is_no_worse_than_it_was_on_public_sets() {
    let Some(data) = std::env::var_os("COMPTOIR_TEST_DATA") else { return };
    let mut faults = Vec::new();
    for (name, clean, typos) in BASELINES {
        let folder = Path::new(&data).join("faq").join(name);
        if !folder.exists() {
            continue;
        }
        let sets = public_set(&folder);
        assert_eq!(sets.faults.count, 0, "{name}");
        let lang = if name.starts_with("fr_") { "fr" } else { "en" };
        assert_eq!(guessed(&sets), lang, "{name}");
        let index = FaqIndex::new(lang, &sets.faqs);
        for (spoilt, [helped, top1, top3, wrong]) in [(false, clean), (true, typos)] {
            let figures = measure(&index, &sets.tests, spoilt);
            let now = [figures.helped, figures.top1, figures.top3, figures.wrong_direct];
            let higher =
                [(figures.helped, helped), (figures.top1, top1), (figures.top3, top3), (wrong, figures.wrong_direct)];
            if higher.iter().any(|(better, worse)| better + DROP_MAX < *worse) || figures.out_of_scope_answered > 0.05 {
                faults.push(format!(
                    "{name}, typos {spoilt}: {now:.3?}, {:.3} of out of scope",
                    figures.out_of_scope_answered
                ));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
