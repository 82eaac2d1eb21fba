//! Who may use whom.

use super::named::{Named, named};
use super::sources::{CORE, ENGINE, EXODUS, House, Source, hold, sources};

/// What floors use of the engine, or of their own house, where it is less than everything below them; and why.
const NARROWER: [(&House, &str, &House, &[&str], &str); 8] = [
    (
        &ENGINE,
        "messengers",
        &ENGINE,
        &["conversation", "config", "store", "locale", "id"],
        "an adapter knows its wire, and what the store keeps of that wire for it",
    ),
    (&EXODUS, "texts", &ENGINE, &["locale"], "it is words"),
    (&CORE, "domain", &ENGINE, &["hours", "locale", "id"], "the rules are pure: no database, no messenger, no clock"),
    (&CORE, "store", &ENGINE, &["store", "hours", "id"], "a table knows no conversation"),
    (&CORE, "aid", &ENGINE, BELOW_THE_APP, ONLY_THE_APP),
    (&CORE, "notices", &ENGINE, BELOW_THE_APP, ONLY_THE_APP),
    (&EXODUS, "screens", &ENGINE, BELOW_THE_APP, ONLY_THE_APP),
    (&CORE, "domain", &CORE, &[], "the rules are pure: what they need to know of texts or tables is an argument"),
];

const BELOW_THE_APP: &[&str] = &["person", "conversation", "store", "hours", "locale", "id"];

const ONLY_THE_APP: &str = "how a bot is run, and through what, is for `app` to say";

/// Why this file may not use this, if it may not.
fn objection(source: &Source, named: &Named) -> Option<String> {
    if named.hides_what_is_used {
        return Some("a crate goes by its own name, so that everybody sees what is used of it".to_owned());
    }
    let (from, to) = (source.floor(), named.floor()?);
    // The one macro for sentences is made by `locale` and exported at the top.
    let to = if named.house == &ENGINE && to == "msg" { "locale" } else { to };
    if source.house == named.house && from == to {
        return None;
    }
    let level = |house: &House, floor: &str| house.floors.iter().position(|other| *other == floor);
    let Some(to_level) = level(named.house, to) else {
        return Some(format!("`{to}` is no floor of {}; see tests/support/sources.rs", named.house.folder));
    };
    if source.house == named.house && level(source.house, from)? >= to_level {
        return Some(format!(
            "`{to}` stands above `{from}`. What is below must be understood, tested and changed without what is above \
             it: pass what is needed as an argument, or move it down"
        ));
    }
    let wire = source.path.split('/').nth(1);
    let is_of_its_wire = named.path.get(1).map(String::as_str) == wire;
    if source.is(&ENGINE, "messengers") && to == "store" && !is_of_its_wire {
        return Some("an adapter knows of the store only what is kept of its wire".to_owned());
    }
    let narrower =
        NARROWER.iter().find(|(house, floor, of, ..)| *house == source.house && *floor == from && *of == named.house);
    let (.., allowed, why) = narrower?;
    (!allowed.contains(&to))
        .then(|| format!("`{from}` uses only {} of {}: {why}", allowed.join(", "), named.house.name))
}

#[test]
fn a_module_uses_only_what_stands_below_it() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.path != "lib.rs") {
        if !source.house.floors.contains(&source.floor()) {
            faults.push(format!("{}: it has no floor yet: give it one here and in docs/", source.place()));
            continue;
        }
        let objections = named(source).into_iter().filter_map(|named| objection(source, &named));
        faults.extend(objections.map(|why| format!("{}: {why}.", source.place())));
    }
    faults.dedup();
    hold(faults);
}

#[test]
fn objections_are_raised_where_they_should_be() {
    for (path, house, code, allowed) in [
        ("screens/faq.rs", &EXODUS, "crate::aid::x", true),
        ("aid/month.rs", &CORE, "crate::screens::x", false),
        ("aid/month.rs", &CORE, "super::super::screens::x", false),
        ("aid/month.rs", &CORE, "use crate::{domain, screens::x};", false),
        ("aid/month.rs", &CORE, "use crate as house;", false),
        ("aid/month.rs", &CORE, "crate::nowhere::x", false),
        ("aid/month.rs", &CORE, "exodus_engine::delivery::x", false),
        ("aid/month.rs", &CORE, "exodus_engine::msg!()", true),
        ("domain/deed.rs", &CORE, "exodus_engine::hours::Zone", true),
        ("domain/deed.rs", &CORE, "exodus_engine::store::person", false),
        ("domain/deed.rs", &CORE, "crate::texts::x", false),
        ("app/run.rs", &EXODUS, "exodus_engine::testing::x", true),
        ("app/run.rs", &EXODUS, "crate::store::x", true),
        ("app/run.rs", &EXODUS, "exodus_core::store::x", true),
        ("screens/faq.rs", &EXODUS, "crate::app::x", false),
        ("main.rs", &EXODUS, "exodus::app::run", true),
        ("messengers/doors.rs", &ENGINE, "crate::conversation::x", true),
        ("messengers/doors.rs", &ENGINE, "crate::delivery::x", false),
        ("messengers/telegram/mod.rs", &ENGINE, "crate::store::telegram::Memory", true),
        ("messengers/telegram/mod.rs", &ENGINE, "crate::store::{telegram, person}", false),
        ("messengers/telegram/mod.rs", &ENGINE, "use crate::store as kept;", false),
        ("messengers/doors.rs", &ENGINE, "crate::store::telegram::Memory", false),
        ("delivery/post.rs", &ENGINE, "crate::messengers::x", false),
        ("store/person.rs", &ENGINE, "super::super::conversation::x", false),
        ("store/person.rs", &ENGINE, "crate::msg!()", true),
    ] {
        let source = Source { house, path: path.to_owned(), text: code.to_owned() };
        let objections: Vec<String> = named(&source).iter().filter_map(|named| objection(&source, named)).collect();
        assert_eq!(objections.is_empty(), allowed, "{path}: {code}: {objections:?}");
    }
}
