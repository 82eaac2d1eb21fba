//! Each of the three crates is a house: a module uses only what stands below it. And a few more rules that no compiler holds.
//!
//! `docs/architecture.md` lists the same floors for people; the two lists have to agree.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that breaks off has said what it had to say")]

#[path = "floors/circles.rs"]
mod circles;
#[path = "floors/kinds.rs"]
mod kinds;
#[path = "floors/named.rs"]
mod named;
#[path = "floors/objections.rs"]
mod objections;
#[path = "support/sources.rs"]
mod sources;
#[path = "floors/strange.rs"]
mod strange;
#[path = "floors/tokens.rs"]
mod tokens;

use std::fs;

use sources::{HOUSES, Source, hold, page, root, section, sources};
use tokens::tokens;

/// Crates that are known in one place only: `(crate, where, why)`. A place is the beginning of a path.
const AT_HOME: [(&str, &[&str], &str); 8] = [
    (
        "teloxide",
        &["engine/src/messengers/telegram"],
        "only the adapter speaks Telegram, so that a change there is a change here",
    ),
    (
        "matrix_sdk",
        &["engine/src/messengers/matrix"],
        "only the adapter speaks Matrix, so that a new release of the SDK is read in one folder",
    ),
    (
        "figment",
        &["engine/src/config", "engine/src/host/configuration.rs", "engine/src/messengers/configured.rs"],
        "the parts are given what they need; nobody below reads the configuration",
    ),
    ("jiff", &["engine/src/hours/zone", "src/app/time_zones"], "all others ask a `Zone` what clocks show"),
    (
        "exodus_picture",
        &["src/screens/members/picture.rs"],
        "a screen says what is on a picture, and the engine shows it",
    ),
    ("clap", &["command_line/src"], "the command line is a crate of its own, which packages make their pages of"),
    ("fluent_bundle", &["engine/src/locale"], "all others say a `Msg`, and know nothing of how it becomes words"),
    (
        "sea_orm",
        &[
            "engine/src/store",
            "engine/src/conversation",
            "engine/src/delivery",
            "engine/src/host",
            "engine/src/messengers/section.rs",
            "engine/src/testing",
            "core/src/store",
            "core/src/aid",
            "core/src/notices",
            "src/app",
        ],
        "rules, languages, screens and adapters know no database",
    ),
];

/// What SQL is made with: names of SeaORM, and the parts of an entity that are no plain data.
const SQL: [&str; 16] = [
    "ActiveModel",
    "ActiveModelTrait",
    "Column",
    "ColumnTrait",
    "Entity",
    "EntityTrait",
    "Expr",
    "FromQueryResult",
    "PrimaryKey",
    "QueryFilter",
    "QuerySelect",
    "Statement",
    "execute_unprepared",
    "query_all",
    "query_one",
    "sea_query",
];

const LONGEST_FILE: usize = 400;

#[test]
fn the_architecture_page_lists_the_same_floors() {
    let page = page("docs/architecture.md");
    let lists: Vec<&str> = section(&page, "The floors").split("```").skip(1).step_by(2).collect();
    assert_eq!(lists.len(), HOUSES.len(), "a list between ``` for each house");
    for (house, list) in HOUSES.into_iter().zip(lists) {
        let lines = list.lines().skip(1).filter(|line| !line.starts_with(' '));
        let listed: Vec<&str> = lines.filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(listed, house.floors, "docs/architecture.md and tests/support/sources.rs tell different stories");
    }
}

#[test]
fn every_module_has_a_floor() {
    for house in HOUSES {
        let library = fs::read_to_string(root().join(house.folder).join("lib.rs")).expect("lib.rs");
        let mut declared: Vec<&str> =
            library.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';')).collect();
        declared.sort_unstable();
        let mut floors: Vec<&str> = house.floors.iter().copied().filter(|floor| *floor != "main").collect();
        floors.sort_unstable();
        assert_eq!(declared, floors, "{}/lib.rs and tests/support/sources.rs know different modules", house.folder);
    }
}

#[test]
fn only_a_store_speaks_sql() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.floor() != "store") {
        // What matrix-sdk calls a relation or an entity is none of ours.
        let program = tokens(&source.program());
        for word in SQL.into_iter().filter(|word| program.iter().any(|token| token == word)) {
            faults.push(format!(
                "{}: `{word}`. A query stands in a store, in the file of its table, where it is tested on both databases \
                 and can be found when the table changes.",
                source.place()
            ));
        }
    }
    hold(faults);
}

#[test]
fn a_crate_for_one_purpose_is_known_in_one_place() {
    let mut faults = Vec::new();
    for source in sources() {
        let program = tokens(&source.program());
        for (name, homes, why) in AT_HOME {
            let at_home = homes.iter().any(|home| source.place().starts_with(home));
            if !at_home && program.iter().any(|token| token == name) {
                faults.push(format!("{}: `{name}` belongs to {}: {why}.", source.place(), homes.join(", ")));
            }
        }
    }
    hold(faults);
}

#[test]
fn a_file_is_short_enough_to_be_read_at_once() {
    let mut faults = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE {
            faults.push(format!(
                "{}: {lines} lines, at most {LONGEST_FILE}. A file holds one idea; a longer one holds two: part them, \
                 and give each its name.",
                source.place()
            ));
        }
    }
    hold(faults);
}

#[test]
fn a_module_is_named_after_what_it_is() {
    const EMPTY: [&str; 8] = ["util", "utils", "helper", "helpers", "common", "manager", "misc", "shared"];
    let is_empty = |source: &Source| {
        let mut parts = source.path.trim_end_matches(".rs").split(['/', '_']);
        parts.find(|part| EMPTY.contains(part)).map(str::to_owned)
    };
    let sources = sources();
    let named = sources.iter().filter_map(|source| Some((source.place(), is_empty(source)?)));
    hold(
        named
            .map(|(place, part)| {
                format!("{place}: `{part}` says nothing. Whoever looks for something must find it by its name.")
            })
            .collect(),
    );
}

/// Where secrets come in that somebody shows.
const SHOWN: [&str; 3] = ["engine/src/messengers/web", "engine/src/messengers/telegram/webhook.rs", "src/api"];

#[test]
fn a_secret_that_is_shown_is_looked_up_or_compared_in_constant_time() {
    let sources = sources();
    let doors = sources.iter().filter(|source| SHOWN.iter().any(|place| source.place().starts_with(place)));
    let is_secret =
        |words: &str| ["token", "secret", "digest", "visit", "cookie"].iter().any(|word| words.contains(word));
    let compares = |line: &&str| (line.contains(" == ") || line.contains(" != ")) && is_secret(line);
    let mut faults = Vec::new();
    let mut is_there = false;
    for source in doors {
        let code = source.program();
        is_there |= code.contains("is_same(");
        let found = code.lines().filter(compares);
        faults.extend(found.map(|line| format!("{}: compare with `is_same`: {}", source.place(), line.trim())));
    }
    assert!(is_there, "forms are compared somewhere");
    hold(faults);
}
