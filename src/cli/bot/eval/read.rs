//! Reads labelled questions: `id<TAB>question` files, and folders of `seq.in` and `label`.
//!
//! Strangers wrote these files: a mark at the start, either kind of line end and
//! blank lines are fine; a line that cannot be used is told with its number and
//! left out.

use std::collections::HashMap;
use std::path::Path;

use super::super::super::Failure;

/// A larger file is no list of questions.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Lines that cannot be used, named one by one; the rest is counted.
const FAULTS_TOLD_MAX: usize = 20;
/// What a test is labelled with that nothing should answer.
const NOTHING: &str = "none";

/// A labelled text, and where it stands.
struct Line {
    number: usize,
    label: String,
    text: String,
}

/// What was asked of a bot: its FAQs, and texts with the FAQ that each is about.
#[derive(Debug, Default)]
pub(super) struct Sets {
    /// Example questions, by FAQ.
    pub faqs: Vec<Vec<String>>,
    /// None: nothing should answer.
    pub tests: Vec<(Option<usize>, String)>,
    /// Lines that were left out, each with file, number and what to write.
    pub faults: Faults,
}

/// The first faults, and how many there are.
#[derive(Debug, Default)]
pub(super) struct Faults {
    pub told: Vec<String>,
    pub count: usize,
}

impl Faults {
    fn add(&mut self, fault: String) {
        self.count += 1;
        if self.told.len() < FAULTS_TOLD_MAX {
            self.told.push(fault);
        }
    }
}

/// # Errors
/// Exit code 2 when a file cannot be read, or holds nothing that can be used.
pub(super) fn of_tables(faq: &Path, test: &Path) -> Result<Sets, Failure> {
    let mut sets = Sets::default();
    let train = table(faq, &mut sets.faults)?;
    let asked = table(test, &mut sets.faults)?;
    sets.fill(train, faq, asked, test)
}

/// # Errors
/// As [`of_tables`], and when a folder's two files have not the same number of lines.
pub(super) fn of_folders(train: &Path, test: &Path) -> Result<Sets, Failure> {
    let mut sets = Sets::default();
    let lines = folder(train, &mut sets.faults)?;
    let asked = folder(test, &mut sets.faults)?;
    sets.fill(lines, &train.join("label"), asked, &test.join("label"))
}

impl Sets {
    fn fill(mut self, train: Vec<Line>, train_path: &Path, asked: Vec<Line>, path: &Path) -> Result<Self, Failure> {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for line in train {
            if line.label == NOTHING {
                let shown = train_path.display();
                self.faults.add(format!("{shown}:{}: `{NOTHING}` is no FAQ; give it another id", line.number));
                continue;
            }
            let next = numbers.len();
            let faq = *numbers.entry(line.label).or_insert(next);
            if faq == self.faqs.len() {
                self.faqs.push(Vec::new());
            }
            if let Some(questions) = self.faqs.get_mut(faq) {
                questions.push(line.text);
            }
        }
        for line in asked {
            let faq = numbers.get(&line.label).copied();
            if faq.is_none() && line.label != NOTHING {
                let (shown, of) = (path.display(), train_path.display());
                let remedy = format!("write an id of `{of}`, or `{NOTHING}` where nothing should answer");
                self.faults.add(format!("{shown}:{}: no FAQ `{}`; {remedy}", line.number, line.label));
                continue;
            }
            self.tests.push((faq, line.text));
        }
        for (empty, path) in [(self.faqs.is_empty(), train_path), (self.tests.is_empty(), path)] {
            if empty {
                let mut lines = self.faults.told;
                lines.push(format!("`{}` has no line that can be used; see --help for its format", path.display()));
                return Err(Failure { code: 2, lines });
            }
        }
        Ok(self)
    }
}

fn table(path: &Path, faults: &mut Faults) -> Result<Vec<Line>, Failure> {
    let text = read(path)?;
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let Some((label, question)) = line.split_once('\t') else {
            faults.add(format!("{}:{number}: no tab; write `id<TAB>question`", path.display()));
            continue;
        };
        let (label, question) = (label.trim(), question.trim());
        if label.is_empty() || question.is_empty() {
            let missing = if label.is_empty() { "id" } else { "question" };
            faults.add(format!("{}:{number}: no {missing}; write `id<TAB>question`", path.display()));
            continue;
        }
        lines.push(Line { number, label: label.to_owned(), text: question.to_owned() });
    }
    Ok(lines)
}

fn folder(path: &Path, faults: &mut Faults) -> Result<Vec<Line>, Failure> {
    let (texts, labels) = (read(&path.join("seq.in"))?, read(&path.join("label"))?);
    let (texts, labels) = (texts.trim_end(), labels.trim_end());
    let (of_texts, of_labels) = (texts.lines().count(), labels.lines().count());
    if of_texts != of_labels {
        let shown = path.display();
        let remedy = "line n of one is labelled by line n of the other";
        let fault = format!("`{shown}`: seq.in has {of_texts} lines and label {of_labels}; {remedy}");
        return Err(Failure { code: 2, lines: vec![fault] });
    }
    let mut lines = Vec::new();
    for (number, (text, label)) in (1..).zip(texts.lines().zip(labels.lines())) {
        let (text, label) = (text.trim(), label.trim());
        match (text.is_empty(), label.is_empty()) {
            (true, true) => {}
            (false, false) => lines.push(Line { number, label: label.to_owned(), text: text.to_owned() }),
            (true, false) => faults.add(format!("{}:{number}: no text", path.join("seq.in").display())),
            (false, true) => faults.add(format!("{}:{number}: no label", path.join("label").display())),
        }
    }
    Ok(lines)
}

fn read(path: &Path) -> Result<String, Failure> {
    let shown = path.display();
    let fail = |fault: String| Failure { code: 2, lines: vec![fault] };
    let found =
        std::fs::metadata(path).map_err(|fault| fail(format!("cannot open `{shown}`: {fault}; check the path")))?;
    if found.len() > FILE_BYTES_MAX {
        return Err(fail(format!("`{shown}` is larger than {FILE_BYTES_MAX} bytes; give a part of it")));
    }
    let bytes = std::fs::read(path).map_err(|fault| fail(format!("cannot read `{shown}`: {fault}")))?;
    let text = String::from_utf8(bytes).map_err(|fault| {
        let at = fault.utf8_error().valid_up_to();
        fail(format!("`{shown}` is not UTF-8 (byte {at}); save it as UTF-8 and try again"))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
