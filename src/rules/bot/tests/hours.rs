//! Open or closed, and until when: weeks, special days, 24:00, and the two odd nights of a year.

use super::{LAMPS, NaiveDateTime, Talk, compile};
use crate::protocol::Timestamp;
use crate::rules::bot::is_reachable;

/// The lamp shop with other hours and another zone.
fn shop(hours: &str, zone: &str) -> String {
    let (before, rest) = LAMPS.split_once("[hours]").unwrap();
    let (_, after) = rest.split_once("[fields]").unwrap();
    format!("{before}{hours}\n[fields]{after}").replace("Europe/Paris", zone)
}

fn is_open(toml: &str, local: &str) -> bool {
    let talk = Talk::with(toml).at(local);
    is_reachable(&talk.bot, &talk.facts)
}

#[test]
fn the_week_its_breaks_and_its_special_days_open_and_close_the_shop() {
    let table = [
        ("2026-11-26T09:29", false),
        ("2026-11-26T09:30", true),
        ("2026-11-26T12:30", false),
        ("2026-11-26T13:30", true),
        ("2026-11-26T18:00", false),
        ("2026-11-28T16:59", true),
        ("2026-11-29T11:00", false),
        // The 1st of January of any year, and one bridge day.
        ("2027-01-01T11:00", false),
        ("2031-01-01T11:00", false),
        ("2027-05-14T11:00", false),
        ("2028-05-15T11:00", true),
        // Special hours replace the day's, without its break.
        ("2026-12-24T13:00", true),
        ("2026-12-24T15:00", false),
        ("2027-12-24T15:00", true),
        // A Sunday made open until midnight.
        ("2026-12-20T23:59", true),
        ("2026-12-21T00:00", false),
    ];
    for (local, open) in table {
        assert_eq!(is_open(LAMPS, local), open, "{local}");
    }
}

#[test]
fn special_hours_beat_closed_and_no_table_is_always_open() {
    let special = shop(
        "[hours]\nmon-sun = [\"08:00-24:00\"]\nclosed = [\"12-25\"]\nspecial = { \
             \"2026-12-25\" = [\"10:00-11:00\"], \"01-02\" = [] }",
        "Europe/Paris",
    );
    assert!(is_open(&special, "2026-12-25T10:30"));
    assert!(!is_open(&special, "2027-12-25T10:30"));
    assert!(!is_open(&special, "2027-01-02T10:30"));
    assert!(is_open(&special, "2026-12-26T23:59"));
    assert!(is_open(&shop("", "Europe/Paris"), "2026-12-25T03:00"));
    assert!(!is_open(&shop("[hours]", "Europe/Paris"), "2026-11-26T11:00"), "an empty table is closed");
}

#[test]
fn the_hour_that_spring_skips_opens_late_and_the_one_that_autumn_repeats_is_open_twice() {
    let night = shop("[hours]\nsun = [\"02:30-04:00\"]", "Europe/Paris");
    let bot = compile(&night, 1).unwrap();
    let local = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
    // 2027-03-28: 02:00 becomes 03:00, so 02:30 moves to 03:00.
    let skipped = bot.at_local(local("2027-03-28T02:30")).unwrap();
    assert_eq!(skipped, bot.at_local(local("2027-03-28T03:00")).unwrap());
    assert!(is_open(&night, "2027-03-28T02:30"));
    assert!(!is_open(&night, "2027-03-28T01:59"));
    // 2026-10-25: 03:00 becomes 02:00. A doubled time is its first.
    let first = bot.at_local(local("2026-10-25T02:30")).unwrap();
    let facts = |now: Timestamp| super::Facts { now, ..Talk::with(&night).facts };
    let open = |now: Timestamp| is_reachable(&bot, &facts(now));
    assert!(!open(first.plus_seconds(-60)), "02:29 summer time");
    assert!(open(first), "02:30 summer time");
    assert!(!open(first.plus_seconds(30 * 60)), "02:00 winter time is before the opening again");
    assert!(open(first.plus_seconds(60 * 60)), "02:30 winter time");
    assert!(!open(first.plus_seconds(150 * 60)), "04:00 winter time");
}

#[test]
fn a_shop_of_another_continent_is_open_by_its_own_clock() {
    let tokyo = shop("[hours]\nmon-fri = [\"09:00-18:00\"]", "Asia/Tokyo");
    assert!(is_open(&tokyo, "2026-11-26T09:00"));
    let mut talk = Talk::with(&tokyo).at("2026-11-26T09:00");
    talk.facts.now = talk.facts.now.plus_seconds(9 * 3_600);
    assert!(!is_reachable(&talk.bot, &talk.facts), "18:00 in Tokyo is 10:00 in Paris");
}

/// What a visitor who wants a person is told.
fn told(toml: &str, lang: &str, local: &str) -> String {
    let mut talk = Talk::with(toml).speaking(lang).at(local).agents(0, 0).introduced();
    talk.say("conseiller ou advisor").say.join(" ")
}

#[test]
fn the_next_opening_is_said_in_the_visitors_words() {
    let table = [
        ("fr", "2026-11-26T08:00", "aujourd'hui à 09:30"),
        ("fr", "2026-11-26T12:45", "aujourd'hui à 13:30"),
        ("fr", "2026-11-26T19:00", "demain à 09:30"),
        ("fr", "2026-11-28T18:00", "lundi à 09:30"),
        ("en", "2026-11-28T18:00", "on Monday at 09:30"),
        ("en", "2026-11-26T19:00", "tomorrow at 09:30"),
        ("fr", "2026-12-24T16:00", "samedi à 10:00"),
        ("fr", "2026-12-31T19:00", "samedi à 10:00"),
        // Open, and nobody there: no promise of an hour.
        ("fr", "2026-11-26T10:00", "dès que possible"),
        ("en", "2026-11-26T10:00", "as soon as possible"),
    ];
    for (lang, local, words) in table {
        let said = told(LAMPS, lang, local);
        assert!(said.contains(words), "{lang} {local}: {said}");
    }
}

#[test]
fn a_far_opening_is_said_by_its_date_and_one_that_never_comes_is_not_said() {
    let summer = shop("[hours]\nspecial = { \"2027-06-01\" = [\"10:00-11:00\"] }", "Europe/Paris");
    assert!(told(&summer, "fr", "2026-11-26T10:00").contains("le 1er juin à 10:00"));
    assert!(told(&summer, "en", "2026-11-26T10:00").contains("on 1 June at 10:00"));
    let never = shop("[hours]\nclosed = [\"12-25\"]", "Europe/Paris");
    assert!(told(&never, "fr", "2026-11-26T10:00").contains("dès que possible"));
}

#[test]
fn an_opening_in_the_skipped_hour_is_announced_at_the_hour_that_exists() {
    let night = shop("[hours]\nsun = [\"02:30-04:00\"]", "Europe/Paris");
    assert!(told(&night, "fr", "2027-03-28T01:00").contains("aujourd'hui à 03:00"));
    let gone = shop("[hours]\nsun = [\"02:00-02:45\"]", "Europe/Paris");
    assert!(
        told(&gone, "fr", "2027-03-28T01:00").contains("le 4 avril à 02:00"),
        "a range skipped whole never \
         opens"
    );
}
