//! The files of a floor stand in an order: no two use each other, not even by way of a third.

use std::collections::{BTreeMap, BTreeSet};

use super::named::named;
use super::sources::{CORE, Source, hold, sources};

/// Where it holds. In `notices` the list of kinds knows every topic, and the queue asks it.
const FLOORS: [&str; 2] = ["aid", "store"];

type Uses = BTreeMap<String, BTreeSet<String>>;

/// What a folder's own file takes from its modules, by name: `super::Refused` is of `refused`.
fn taken(top: &Source) -> BTreeMap<String, String> {
    let text: String =
        top.text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join(" ");
    let mut taken = BTreeMap::new();
    for statement in text.split(';') {
        let Some((_, path)) = statement.rsplit_once("use ") else { continue };
        let Some((module, names)) = path.trim().split_once("::") else { continue };
        for name in
            names.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|name| !name.is_empty())
        {
            taken.insert(name.to_owned(), module.to_owned());
        }
    }
    taken
}

/// Which modules of a floor use which others of it.
fn uses(floor: &str, sources: &[Source]) -> Uses {
    let of_floor: Vec<&Source> = sources.iter().filter(|source| source.is(&CORE, floor)).collect();
    let module = |source: &Source| source.path.split('/').nth(1).map(|file| file.trim_end_matches(".rs").to_owned());
    let modules: BTreeSet<String> = of_floor.iter().filter_map(|source| module(source)).collect();
    let top = of_floor.iter().find(|source| source.path == format!("{floor}/mod.rs"));
    let taken = top.map(|top| taken(top)).unwrap_or_default();
    let mut uses = Uses::new();
    for source in &of_floor {
        let Some(from) = module(source).filter(|from| from != "mod") else { continue };
        let code = Source { house: source.house, path: source.path.clone(), text: source.program() };
        for named in named(&code).into_iter().filter(|named| named.house == &CORE && named.floor() == Some(floor)) {
            let Some(name) = named.path.get(1) else { continue };
            let to = if modules.contains(name) { Some(name) } else { taken.get(name) };
            if let Some(to) = to.filter(|to| **to != from && modules.contains(*to)) {
                uses.entry(from.clone()).or_default().insert(to.clone());
            }
        }
    }
    uses
}

/// The modules that are in a circle: what is left when those that use none of the others are taken away, again and again,
/// and those that none of the others use.
fn in_circles(uses: &Uses) -> Uses {
    let mut left = uses.clone();
    loop {
        let used: BTreeSet<String> = left.values().flatten().cloned().collect();
        let users: BTreeSet<String> = left.keys().cloned().collect();
        let before = left.clone();
        left.retain(|from, _| used.contains(from));
        left.values_mut().for_each(|to| to.retain(|to| users.contains(to)));
        left.retain(|_, to| !to.is_empty());
        if left == before {
            return left;
        }
    }
}

#[test]
fn no_two_modules_of_a_floor_use_each_other() {
    let (sources, mut faults) = (sources(), Vec::new());
    for floor in FLOORS {
        for (from, to) in in_circles(&uses(floor, &sources)) {
            let to: Vec<String> = to.into_iter().collect();
            faults
                .push(format!("{floor}/{from}: it uses {}, and is used by that. Move what both need.", to.join(", ")));
        }
    }
    hold(faults);
}

#[test]
fn circles_are_found_however_they_are_written() {
    let of = |files: &[(&str, &str)]| {
        let source = |(path, text): &(&str, &str)| Source {
            house: &CORE,
            path: format!("aid/{path}.rs"),
            text: (*text).to_owned(),
        };
        let sources: Vec<Source> = files.iter().map(source).collect();
        in_circles(&uses("aid", &sources)).into_keys().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(of(&[("a", "use super::b;"), ("b", "")]), "");
    assert_eq!(of(&[("a", "use super::b;"), ("b", "use crate::aid::{c, a};"), ("c", "")]), "a b");
    assert_eq!(of(&[("a", "use super::{b};"), ("b", "use super::super::aid::c;"), ("c", "super::a::x()")]), "a b c");
    let through = [("mod", "mod b; pub use b::{One, Two};"), ("a", "use super::Two;"), ("b", "use super::a;")];
    assert_eq!(of(&through), "a b");
}
