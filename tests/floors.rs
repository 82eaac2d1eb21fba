//! The program is a house: a module uses only what stands below it. And a few more rules that no compiler holds.
//!
//! `docs/architecture.md` lists the same floors for people; the two lists have to agree.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that breaks off has said what it had to say")]

#[path = "support/sources.rs"]
mod sources;

use std::collections::BTreeMap;
use std::fs;

use sources::{Source, hold, page, root, section, sources};

/// Top to bottom.
const FLOORS: [&str; 12] = [
    "main",
    "app",
    "messengers",
    "delivery",
    "screens",
    "notices",
    "aid",
    "conversation",
    "store",
    "domain",
    "locale",
    "hours",
];

/// Floors that may use less than everything below them, and why.
const NARROWER: [(&str, &[&str], &str); 2] = [
    (
        "messengers",
        &["conversation", "store", "locale"],
        "an adapter knows its wire, and what the store keeps of that wire for it; so a new one is written without \
         knowing mutual aid",
    ),
    (
        "delivery",
        &["notices", "aid", "conversation", "store", "domain", "locale", "hours"],
        "what is sent by itself comes from the outbox, never from a screen that somebody happens to see",
    ),
];

/// Crates that are known in one place only: `(crate, where, why)`. A place is a prefix of a path in `src/`.
const AT_HOME: [(&str, &[&str], &str); 5] = [
    ("teloxide", &["messengers/telegram"], "only the adapter speaks Telegram, so that a change there is a change here"),
    ("figment", &["app/config"], "the parts are given what they need; nobody below reads the configuration"),
    ("jiff", &["hours/zone", "app/time_zones"], "all others ask a `Zone` what clocks show"),
    ("clap", &["main.rs"], "the command line is one file"),
    (
        "sea_orm",
        &["store", "app", "delivery", "notices", "aid", "conversation"],
        "rules, languages, screens and adapters know no database",
    ),
];

/// Runs SQL without having any of its own: it makes the tables that an example bot brings along.
const RUNS_SQL_OF_OTHERS: &str = "app/small.rs";

const LONGEST_FILE: usize = 400;

/// The modules that this code names right after one of these roots, in paths (`crate::aid::card`) and in
/// `use crate::{aid, store::{self, member}}`.
fn modules_named(code: &str, roots: &[&str]) -> Vec<String> {
    let mut named = Vec::new();
    for root in roots {
        for (at, _) in code.match_indices(root) {
            let before = code[..at].chars().next_back().unwrap_or(' ');
            if before.is_alphanumeric() || before == '_' || before == '$' {
                continue;
            }
            let rest = &code[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(list) => named.extend(first_words(list)),
                None => named.push(word(rest)),
            }
        }
    }
    named
}

/// The first word of each item of a list in braces, up to its closing brace.
fn first_words(list: &str) -> Vec<String> {
    let (mut depth, mut item, mut words) = (0, String::new(), Vec::new());
    for letter in list.chars() {
        match letter {
            '}' if depth == 0 => break,
            ',' if depth == 0 => words.push(word(std::mem::take(&mut item).trim())),
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 => item.push(letter),
            _ => {}
        }
    }
    words.push(word(item.trim()));
    words.retain(|word| !word.is_empty());
    words
}

fn word(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

fn level(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| *floor == module)
}

/// Why `from` may not use `module`, if it may not.
fn objection(from: &str, module: &str) -> Option<String> {
    // The one macro for sentences is made by `locale` and exported at the top.
    let module = if module == "msg" { "locale" } else { module };
    if from == module {
        return None;
    }
    let Some(to) = level(module) else {
        return Some(format!("`{module}` is no floor of tests/floors.rs"));
    };
    if level(from)? >= to {
        return Some(format!(
            "`{module}` stands above `{from}`. What is below must be understood, tested and changed without what is \
             above it: pass what is needed as an argument, or move it down"
        ));
    }
    let (_, allowed, why) = NARROWER.iter().find(|(floor, ..)| *floor == from)?;
    (!allowed.contains(&module)).then(|| format!("`{from}` uses only {}: {why}", allowed.join(", ")))
}

#[test]
fn an_adapter_knows_of_the_store_only_what_is_kept_of_its_wire() {
    for source in sources().iter().filter(|source| source.floor() == "messengers") {
        let code = source.code();
        for (at, path) in code.match_indices("crate::store") {
            let named = &code[at + path.len()..];
            let is_of_a_wire = ["::matrix::", "::telegram::"].iter().any(|kept| named.starts_with(kept));
            assert!(is_of_a_wire, "src/{} uses more of the store than what is kept of its wire", source.path);
        }
    }
}

#[test]
fn a_module_uses_only_what_stands_below_it() {
    let mut faults = Vec::new();
    for source in sources() {
        if source.path == "lib.rs" {
            continue;
        }
        let floor = source.floor();
        if level(floor).is_none() {
            faults.push(format!("src/{}: `{floor}` has no floor yet: give it one here and in docs/", source.path));
            continue;
        }
        let roots: &[&str] = if floor == "main" { &["crate::", "exodus::"] } else { &["crate::"] };
        for module in modules_named(&source.code(), roots) {
            if let Some(why) = objection(floor, &module) {
                faults.push(format!("src/{}: {why}.", source.path));
            }
        }
    }
    hold(faults);
}

#[test]
fn the_architecture_page_lists_the_same_floors() {
    let page = page("docs/architecture.md");
    let list = section(&page, "The floors").split("```").nth(1).expect("a list between ``` in that section");
    let listed: Vec<String> = list
        .lines()
        .skip(1)
        .filter(|line| !line.starts_with(' '))
        .map(word)
        .filter(|floor| !floor.is_empty())
        .collect();
    assert_eq!(listed, FLOORS, "docs/architecture.md and tests/floors.rs tell different stories");
}

#[test]
fn the_conversation_engine_knows_no_messenger_and_no_mutual_aid() {
    const STRANGE: [&str; 9] =
        ["telegram", "matrix", "teloxide", "domain", "aid", "collection", "commitment", "intention", "obligation"];
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.floor() == "conversation") {
        for (number, line) in source.code().to_lowercase().lines().enumerate() {
            for found in line.split(|letter: char| !letter.is_alphanumeric()) {
                if STRANGE.contains(&found) {
                    faults.push(format!(
                        "src/{}: line {} of its code says `{found}`. Other bots can be written on this floor, and \
                         other messengers below it, only as long as it knows none of them.",
                        source.path,
                        number + 1
                    ));
                }
            }
        }
    }
    hold(faults);
}

#[test]
fn only_the_store_speaks_sql() {
    const SQL: [&str; 8] = [
        "Statement::from_",
        "EntityTrait",
        "QueryFilter",
        "FromQueryResult",
        "execute_unprepared",
        "query_one",
        "query_all",
        "Expr::",
    ];
    let mut faults = Vec::new();
    let elsewhere = |source: &&Source| source.floor() != "store" && source.path != RUNS_SQL_OF_OTHERS;
    for source in sources().iter().filter(elsewhere) {
        let program = source.program();
        for word in SQL.into_iter().filter(|word| program.contains(word)) {
            faults.push(format!(
                "src/{}: `{word}`. A query stands in src/store/, in the file of its table, where it is tested on both \
                 databases and can be found when the table changes.",
                source.path
            ));
        }
    }
    hold(faults);
}

#[test]
fn a_crate_for_one_purpose_is_known_in_one_place() {
    let mut faults = Vec::new();
    for source in sources() {
        let program = source.program();
        for (name, homes, why) in AT_HOME {
            let at_home = homes.iter().any(|home| source.path.starts_with(home));
            let named = program
                .match_indices(&format!("{name}::"))
                .any(|(at, _)| !program[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'));
            if named && !at_home {
                faults.push(format!("src/{}: `{name}` belongs to {}: {why}.", source.path, homes.join(", ")));
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
                "src/{}: {lines} lines, at most {LONGEST_FILE}. A file holds one idea; a longer one holds two: part \
                 them, and give each its name.",
                source.path
            ));
        }
    }
    hold(faults);
}

#[test]
fn a_module_is_named_after_what_it_is() {
    const EMPTY: [&str; 8] = ["util", "utils", "helper", "helpers", "common", "manager", "misc", "shared"];
    let mut faults = Vec::new();
    for source in sources() {
        for part in source.path.trim_end_matches(".rs").split(['/', '_']) {
            if EMPTY.contains(&part) {
                faults.push(format!(
                    "src/{}: `{part}` says nothing. Whoever looks for something must find it by its name.",
                    source.path
                ));
            }
        }
    }
    hold(faults);
}

#[test]
fn every_module_has_a_floor() {
    let library = fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs");
    let mut declared: Vec<&str> =
        library.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    declared.sort_unstable();
    let mut floors = FLOORS[1..].to_vec();
    floors.sort_unstable();
    assert_eq!(declared, floors, "src/lib.rs and tests/floors.rs know different modules");
}

#[test]
fn uses_are_read_however_they_are_written() {
    for (code, expected) in [
        ("use crate::aid;", &["aid"] as &[&str]),
        ("use crate::aid::{self, List};", &["aid"]),
        ("use crate::{msg, store};", &["msg", "store"]),
        ("use crate::{\n    aid::{self, Rules},\n    store::member,\n};", &["aid", "store"]),
        ("let card = crate::aid::card(crate::store::x());", &["aid", "store"]),
        ("pub(crate) fn f() {} $crate::locale::Msg", &[]),
        ("use subcrate::aid;", &[]),
    ] {
        assert_eq!(modules_named(code, &["crate::"]), expected, "{code}");
    }
}

#[test]
fn objections_are_raised_where_they_should_be() {
    let expected: BTreeMap<(&str, &str), bool> = BTreeMap::from([
        (("screens", "aid"), true),
        (("aid", "screens"), false),
        (("domain", "locale"), true),
        (("domain", "store"), false),
        (("messengers", "conversation"), true),
        (("messengers", "notices"), false),
        (("delivery", "notices"), true),
        (("delivery", "screens"), false),
        (("aid", "msg"), true),
        (("aid", "nowhere"), false),
    ]);
    for ((from, module), allowed) in expected {
        assert_eq!(objection(from, module).is_none(), allowed, "{from} uses {module}");
    }
}
