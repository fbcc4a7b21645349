//! The server's reading of the list, by the table that page and console are held to as well.

use serde::Deserialize;

use crate::rules::cobrowse::frame::css;
use crate::rules::cobrowse::frame::list::List;

#[derive(Deserialize)]
struct Judged {
    elements: Vec<(String, bool, bool)>,
    attributes: Vec<(String, String, String, bool)>,
    css: Vec<(String, bool)>,
}

fn judged() -> Judged {
    serde_json::from_str(include_str!("../../../../../tests/shared/judged.json")).unwrap()
}

#[test]
fn the_list_can_be_read() {
    assert!(List::get().is_some());
}

#[test]
fn elements_are_judged_as_on_the_page() {
    let list = List::get().unwrap();
    for (tag, svg, allowed) in judged().elements {
        assert_eq!(list.is_element(&tag, svg), allowed, "{tag} {svg}");
    }
}

#[test]
fn attributes_are_judged_as_on_the_page() {
    let list = List::get().unwrap();
    for (tag, name, value, allowed) in judged().attributes {
        let fits = list.kind_of(&name, Some(&tag)).is_some_and(|kind| list.fits(kind, &value));
        assert_eq!(fits, allowed, "{tag} {name}={value}");
        // Of an element that is known by its number, at least as much is let through.
        let loosely = list.kind_of(&name, None).is_some_and(|kind| list.fits(kind, &value));
        assert!(loosely || !allowed, "{name}={value}");
    }
}

#[test]
fn css_is_judged_as_on_the_page() {
    let list = List::get().unwrap();
    for (text, clean) in judged().css {
        assert_eq!(css::is_clean(&text, list), clean, "{text}");
    }
}
