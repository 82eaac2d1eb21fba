//! What a kind of collection is like is asked by name, so that a new kind is one more row in the table of kinds.

use super::sources::{CORE, hold, sources};
use super::tokens::tokens;

/// The table of kinds.
const TABLE: &str = "domain/kind.rs";

/// Where rules are. What a kind is called is another matter: notices and screens have words for each.
const FLOORS: [&str; 3] = ["aid", "store", "domain"];

/// The kinds that a piece of code names.
fn kinds_in(code: &str) -> Vec<String> {
    let tokens = tokens(code);
    let named = tokens.windows(3).filter(|three| three[0] == "CollectionKind" && three[1] == "::");
    named
        .map(|three| three[2].clone())
        .filter(|kind| ["Monthly", "Emergency", "Case", "Initiative", "{", "*"].contains(&kind.as_str()))
        .collect()
}

#[test]
fn no_rule_asks_which_kind_a_collection_is_of() {
    let mut faults = Vec::new();
    for source in sources() {
        let is_test = source.path.ends_with("_tests.rs") || source.path == TABLE;
        if source.house != &CORE || !FLOORS.contains(&source.floor()) || is_test {
            continue;
        }
        for kind in kinds_in(&source.program()) {
            faults.push(format!(
                "{}: `CollectionKind::{kind}`. Ask what the kind is like; {TABLE} says it of each.",
                source.place()
            ));
        }
    }
    hold(faults);
}

#[test]
fn a_kind_is_found_however_it_is_named() {
    for (code, expected) in [
        ("if kind == CollectionKind::Monthly {}", "Monthly"),
        ("use CollectionKind::{Emergency, Monthly};", "{"),
        ("kind.is_of_a_month() // CollectionKind::Monthly", ""),
        ("CollectionKind::ALL", ""),
    ] {
        assert_eq!(kinds_in(code).join(" "), expected, "{code}");
    }
}
