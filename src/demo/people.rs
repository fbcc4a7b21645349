//! The demo's sign-ins: made once, kept in the demo's own folder, shown to whoever runs it.
//!
//! Only the demo keeps passwords that can be read, since it prints them at each
//! start. They are random, so a demo folder that is later served for real has no
//! sign-in that strangers could look up. Accounts are made in [`super::seed`].

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rand::TryRng;
use rand::rngs::SysRng;
use serde::{Deserialize, Serialize};

use crate::protocol::session::Role;

/// Kept in the data folder; its presence says that the folder is a demo's.
pub const FILE: &str = "demo.json";
/// The file is ours; a larger one is not.
const FILE_BYTES_MAX: u64 = 64 * 1024;

const WORDS: [&str; 16] = [
    "ajonc", "balise", "cormoran", "dune", "ecume", "falaise", "galet", "herbier", "jetee", "lagune", "maree",
    "noroit", "phare", "rocher", "sterne", "vague",
];

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub role: Role,
    pub name: String,
    pub email: String,
    pub password: String,
}

/// Why the sign-ins could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum PeopleFault {
    #[error("cannot read or write `{}`: {error}; start over with `comptoir demo --reset`", path.display())]
    File { path: PathBuf, error: io::Error },
    #[error("`{}` is not a demo's list of sign-ins: {error}; start over with `comptoir demo --reset`", path.display())]
    Content { path: PathBuf, error: serde_json::Error },
    #[error("the system gave no random numbers for passwords; try again")]
    NoRandom,
}

/// The sign-ins of the demo in `dir`; made and written the first time.
///
/// # Errors
/// The file is unreadable, unwritable or not ours.
pub fn keep(dir: &Path) -> Result<Vec<Person>, PeopleFault> {
    let path = dir.join(FILE);
    match File::open(&path) {
        Ok(file) => read(file, path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let people = invent()?;
            write(&path, &people).map_err(|error| PeopleFault::File { path, error })?;
            Ok(people)
        }
        Err(error) => Err(PeopleFault::File { path, error }),
    }
}

fn read(file: File, path: PathBuf) -> Result<Vec<Person>, PeopleFault> {
    let mut text = String::new();
    if let Err(error) = file.take(FILE_BYTES_MAX).read_to_string(&mut text) {
        return Err(PeopleFault::File { path, error });
    }
    serde_json::from_str(&text).map_err(|error| PeopleFault::Content { path, error })
}

/// Whole or not at all: a half-written list would lock everybody out.
fn write(path: &Path, people: &[Person]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&beside)?;
    file.write_all(&serde_json::to_vec_pretty(people)?)?;
    file.sync_all()?;
    std::fs::rename(beside, path)
}

fn invent() -> Result<Vec<Person>, PeopleFault> {
    let somebody = |role, name: &str, mailbox: &str| -> Result<Person, PeopleFault> {
        let email = format!("{mailbox}@corlieu.example");
        Ok(Person { role, name: name.to_owned(), email, password: password()? })
    };
    Ok(vec![
        somebody(Role::Agent, "Camille Le Bihan", "camille")?,
        somebody(Role::Agent, "Noor Haddad", "noor")?,
        somebody(Role::Admin, "Alix Morvan", "alix")?,
    ])
}

/// Easy to type from one window into another: `galet-sterne-482913`.
fn password() -> Result<String, PeopleFault> {
    let mut random = [0_u8; 8];
    SysRng.try_fill_bytes(&mut random).map_err(|_| PeopleFault::NoRandom)?;
    let number = u64::from_le_bytes(random);
    let word = |shift: u32| WORDS.iter().cycle().nth(((number >> shift) & 0xf) as usize).copied().unwrap_or_default();
    Ok(format!("{}-{}-{:06}", word(0), word(4), (number >> 8) % 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_ins_are_made_once_and_stay() {
        let dir = tempfile::tempdir().expect("a folder");

        let made = keep(dir.path()).expect("sign-ins");
        let kept = keep(dir.path()).expect("sign-ins");

        assert_eq!(made, kept);
        assert_eq!(made.iter().filter(|person| person.role == Role::Agent).count(), 2);
        assert_eq!(made.iter().filter(|person| person.role == Role::Admin).count(), 1);
    }

    #[test]
    fn passwords_differ_and_would_be_taken_from_anybody() {
        let people = invent().expect("sign-ins");
        for person in &people {
            assert!(crate::http::passwords::accept(&person.password).is_ok(), "{}", person.password);
            assert_eq!(people.iter().filter(|other| other.password == person.password).count(), 1);
        }
    }

    #[test]
    fn a_list_that_is_not_ours_says_how_to_start_over() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join(FILE), "{").expect("a file");

        let fault = keep(dir.path()).expect_err("half a list").to_string();

        assert!(fault.contains("comptoir demo --reset"), "{fault}");
    }
}
