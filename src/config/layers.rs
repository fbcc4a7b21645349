//! Reading the layers: file, environment, flags, each fault with its place.

use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::Config;
use super::keys::{Given, KEYS, Key};

/// One fault, one line: what was read, where, and what to write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub(super) String);

/// A file larger than this is not a configuration.
const FILE_BYTES_MAX: u64 = 1024 * 1024;
/// Looked for in this order when none is named.
const FILES: &[&str] = &["comptoir.toml", "/etc/comptoir/comptoir.toml"];

/// Where settings come from, least first; handed in so that tests need no environment.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    /// Must exist when named; else the usual places are tried.
    pub file: Option<PathBuf>,
    pub environment: Vec<(String, String)>,
    /// Flag as typed, key, value.
    pub flags: Vec<(&'static str, &'static str, String)>,
}

impl Layers {
    /// The process's environment, with the file that `--config` or `COMPTOIR_CONFIG` names.
    #[must_use]
    pub fn of_process(file: Option<PathBuf>) -> Self {
        let environment: Vec<(String, String)> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| name.starts_with("COMPTOIR_"))
            .collect();
        let named = environment.iter().find(|(name, _)| name == "COMPTOIR_CONFIG").map(|(_, path)| PathBuf::from(path));
        let found = || FILES.iter().map(PathBuf::from).find(|path| path.is_file());
        Self { file: file.or(named).or_else(found), environment, flags: Vec::new() }
    }

    /// A flag was given: above all other layers.
    #[must_use]
    pub fn flag(mut self, typed: &'static str, key: &'static str, value: Option<String>) -> Self {
        self.flags.extend(value.map(|value| (typed, key, value)));
        self
    }

    pub(super) fn apply(&self, config: &mut Config) -> Vec<ConfigError> {
        let mut faults = Vec::new();
        if let Some(path) = &self.file
            && let Err(found) = read_file(config, path)
        {
            faults.extend(found);
        }
        for (name, value) in &self.environment {
            // Without a double underscore it is not ours: Kubernetes sets `COMPTOIR_PORT` for a service of that name.
            if !name.starts_with("COMPTOIR_") || !name.contains("__") {
                continue;
            }
            match KEYS.iter().find(|key| key.variable() == *name) {
                Some(key) => {
                    faults.extend(set(config, key, &Given::Word(value.clone()), &format!("the environment's {name}")));
                }
                None => faults.push(ConfigError(format!(
                    "the environment has {name}, which is no setting; did you mean {}?",
                    nearest(name, KEYS.iter().map(Key::variable))
                ))),
            }
        }
        for (typed, path, value) in &self.flags {
            if let Some(key) = KEYS.iter().find(|key| key.path == *path) {
                faults.extend(set(config, key, &Given::Word(value.clone()), typed));
            }
        }
        faults
    }
}

fn set(config: &mut Config, key: &Key, given: &Given, place: &str) -> Option<ConfigError> {
    match (key.set)(config, given) {
        Some(()) => None,
        None => Some(ConfigError(format!(
            "{place}: `{}` cannot be `{}`; write {}",
            key.path,
            given.shown().replace('\n', " "),
            key.write
        ))),
    }
}

fn read_file(config: &mut Config, path: &Path) -> Result<(), Vec<ConfigError>> {
    let shown = path.display();
    let fault = |what: String| vec![ConfigError(what)];
    let size = std::fs::metadata(path).map_err(|error| fault(format!("{shown}: cannot be read: {error}")))?.len();
    if size > FILE_BYTES_MAX {
        return Err(fault(format!("{shown}: is larger than a configuration can be; name another file")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| fault(format!("{shown}: cannot be read: {error}")))?;
    let document = DeTable::parse(&text).map_err(|error| {
        let place = error.span().map_or_else(String::new, |span| place(&text, span.start));
        fault(format!("{shown}{place}: {}", error.message().replace('\n', " ")))
    })?;
    let mut faults = Vec::new();
    for (table, content) in document.get_ref() {
        let at = format!("{shown}{}", place(&text, table.span().start));
        let name: &str = table.get_ref();
        let DeValue::Table(keys) = content.get_ref() else {
            faults.push(unknown(&at, name));
            continue;
        };
        if !KEYS.iter().any(|key| key.path.split_once('.').is_some_and(|(of, _)| of == name)) {
            faults.push(ConfigError(format!(
                "{at}: there is no table [{name}]; did you mean [{}]?",
                nearest(name, KEYS.iter().filter_map(|key| Some(key.path.split_once('.')?.0.to_owned())))
            )));
            continue;
        }
        for (key, value) in keys {
            let at = format!("{shown}{}", place(&text, key.span().start));
            let path = format!("{name}.{}", key.get_ref());
            match KEYS.iter().find(|known| known.path == path) {
                Some(known) => match owned(&text, value.span()) {
                    Some(value) => faults.extend(set(config, known, &Given::Toml(value), &at)),
                    None => faults.push(ConfigError(format!("{at}: `{path}` cannot be read; write {}", known.write))),
                },
                None => faults.push(unknown(&at, &path)),
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn unknown(at: &str, path: &str) -> ConfigError {
    let near = nearest(path, KEYS.iter().map(|key| key.path.to_owned()));
    ConfigError(format!("{at}: there is no setting `{path}`; did you mean `{near}`?"))
}

/// The value that stands at `span`, parsed once more on its own.
fn owned(text: &str, span: std::ops::Range<usize>) -> Option<toml::Value> {
    let line = format!("value = {}", text.get(span)?);
    toml::from_str::<toml::Table>(&line).ok()?.remove("value")
}

/// `:line:column` of a byte, both from 1.
fn place(text: &str, byte: usize) -> String {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!(":{line}:{column}")
}

/// The name that takes the fewest changes.
fn nearest(typed: &str, names: impl Iterator<Item = String>) -> String {
    names.min_by_key(|name| changes(typed, name)).unwrap_or_default()
}

/// Characters to insert, delete or replace to get from one to the other.
fn changes(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut above_left = i;
        let mut left = i + 1;
        for (j, b) in to.iter().enumerate() {
            let Some(cell) = row.get_mut(j + 1) else { break };
            let above = *cell;
            let cost = (above_left + usize::from(a != *b)).min(above + 1).min(left + 1);
            above_left = above;
            *cell = cost;
            left = cost;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}
