//! How a site shares its pages, read from what an admin sent: bounded lists of paths and selectors.
//!
//! Whether a selector is one is known to browsers alone: one that is none hides the whole page there,
//! and the console's preview says so.

use super::fields::Read;
use crate::protocol::cobrowse::ShareSettings;
use crate::rules::cobrowse::paths::{PATH_BYTES_MAX, PATHS_MAX, SELECTOR_BYTES_MAX, SELECTORS_MAX};

/// The settings without spaces around and empty lines.
///
/// # Errors
/// What is wrong with which entry, and how to write it.
pub fn read(given: &ShareSettings) -> Read<ShareSettings> {
    Ok(ShareSettings {
        off_paths: paths(&given.off_paths)?,
        see_only_paths: paths(&given.see_only_paths)?,
        mask: selectors(&given.mask)?,
        block: selectors(&given.block)?,
        reveal: selectors(&given.reveal)?,
        ..given.clone()
    })
}

fn entries(texts: &[String], most: usize, what: &str) -> Read<Vec<String>> {
    let entries: Vec<String> =
        texts.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
    if entries.len() > most { Err(format!("At most {most} {what} are taken.")) } else { Ok(entries) }
}

fn paths(texts: &[String]) -> Read<Vec<String>> {
    let paths = entries(texts, PATHS_MAX, "paths")?;
    let fits = |path: &String| {
        let beginning = path.strip_suffix('*').unwrap_or(path);
        path.starts_with('/') && path.len() <= PATH_BYTES_MAX && !beginning.contains(['*', '?', '#', ' ', '\0'])
    };
    match paths.iter().find(|path| !fits(path)) {
        Some(path) => Err(format!("“{path}” is not a path; write it like /checkout or /account/*.")),
        None => Ok(paths),
    }
}

fn selectors(texts: &[String]) -> Read<Vec<String>> {
    let selectors = entries(texts, SELECTORS_MAX, "selectors")?;
    let fits = |selector: &String| selector.len() <= SELECTOR_BYTES_MAX && !selector.contains(['{', '}', '\0']);
    match selectors.iter().find(|selector| !fits(selector)) {
        Some(selector) => Err(format!("“{selector}” is not a selector; write it like .customer-name.")),
        None => Ok(selectors),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_selectors_are_bounded_and_what_is_none_is_named() {
        let with = |off: &[&str], mask: &[&str]| {
            let list = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
            read(&ShareSettings { off_paths: list(off), mask: list(mask), ..ShareSettings::default() })
        };
        let kept = with(&[" /account/* ", ""], &[".name"]).unwrap();
        assert_eq!((kept.off_paths, kept.mask), (vec!["/account/*".to_owned()], vec![".name".to_owned()]));
        for bad in ["checkout", "/a/*/b", "/a?b=c", "*"] {
            assert!(with(&[bad], &[]).unwrap_err().contains(bad), "{bad}");
        }
        assert!(with(&[], &["a { color: red }"]).is_err());
        assert!(with(&vec!["/a"; 101], &[]).is_err());
    }
}
