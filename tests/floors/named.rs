//! The paths that a file names, however they are written: in `use` with and without braces, in the middle of code, from
//! `crate` down or from `super` up.

use std::collections::VecDeque;

use super::sources::{CORE, ENGINE, EXODUS, House, Source};
use super::tokens::tokens;

/// A path into one of the houses.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    pub house: &'static House,
    /// From the root of the house on: `["store", "member", "find"]`. Empty for the house itself.
    pub path: Vec<String>,
    /// Whether it is given another name, or all that is in it is taken: `use crate as x`, `use crate::*`.
    pub hides_what_is_used: bool,
}

impl Named {
    /// The floor that it leads to.
    pub fn floor(&self) -> Option<&str> {
        self.path.first().map(String::as_str)
    }
}

/// What this file names in any of the houses.
pub fn named(source: &Source) -> Vec<Named> {
    let (house, is_main) = (source.house, source.is(&EXODUS, "main"));
    let mut reader = Reader { house, is_main, tokens: tokens(&source.text).into(), found: Vec::new() };
    reader.block(&module_of(&source.path));
    reader.found
}

/// The module that a file is: `store/person.rs` is `store::person`.
fn module_of(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    match parts.pop() {
        Some(last) if ["mod", "lib", "main"].contains(&last.as_str()) => {}
        // `unit_tests.rs` is `tests` in `unit`.
        Some(last) if last.ends_with("_tests") => {
            parts.extend([last.trim_end_matches("_tests").to_owned(), "tests".to_owned()]);
        }
        Some(last) => parts.push(last),
        None => {}
    }
    parts
}

/// The module around this one.
fn above(module: &[String]) -> Vec<String> {
    module.split_last().map_or(Vec::new(), |(_, above)| above.to_vec())
}

/// Whose this path really is: the bot hands the floors of its core on as its own.
fn owner(house: &'static House, path: &[String]) -> &'static House {
    let is_of_the_core = path.first().is_some_and(|floor| CORE.floors.contains(&floor.as_str()));
    if house == &EXODUS && is_of_the_core { &CORE } else { house }
}

struct Reader {
    house: &'static House,
    /// The command line is a crate of its own, which names its house as others do.
    is_main: bool,
    tokens: VecDeque<String>,
    found: Vec<Named>,
}

impl Reader {
    /// Reads the code of one module, up to the brace that closes it.
    fn block(&mut self, module: &[String]) {
        let (mut depth, mut before, mut in_a_path) = (0, String::new(), false);
        while let Some(token) = self.tokens.pop_front() {
            match token.as_str() {
                "{" => depth += 1,
                "}" if depth == 0 => return,
                "}" => depth -= 1,
                "mod" if self.tokens.get(1).is_some_and(|next| next == "{") => {
                    let name = self.tokens.pop_front().unwrap_or_default();
                    self.tokens.pop_front();
                    self.block(&[module, &[name]].concat());
                }
                // A macro's `$crate` is the house of whoever wrote the macro.
                word if !in_a_path && before != "$" => self.path(word, module),
                _ => {}
            }
            // `a::super`, but not `::a`.
            in_a_path = token == "::" && before.ends_with(char::is_alphanumeric) && before != "use";
            before = token;
        }
    }

    /// Reads a path that begins with this word, if it leads into a house.
    fn path(&mut self, word: &str, module: &[String]) {
        let goes_on = self.tokens.front().is_some_and(|next| next == "::");
        match word {
            "crate" => self.rest(self.house, Vec::new()),
            "super" => self.rest(self.house, above(module)),
            "self" if goes_on => self.rest(self.house, module.to_vec()),
            name if name == ENGINE.name => self.rest(&ENGINE, Vec::new()),
            name if name == CORE.name => self.rest(&CORE, Vec::new()),
            name if name == EXODUS.name && self.is_main => self.rest(&EXODUS, Vec::new()),
            _ => {}
        }
    }

    /// Reads what follows the path so far: more of it, one tree or several in braces, another name.
    fn rest(&mut self, house: &'static House, mut path: Vec<String>) {
        while self.next_is("::") {
            match self.tokens.pop_front().unwrap_or_default().as_str() {
                "super" => drop(path.pop()),
                "self" => {}
                "*" => {
                    let hides_what_is_used = path.is_empty();
                    return self.found.push(Named { house: owner(house, &path), hides_what_is_used, path });
                }
                "{" => return self.list(house, &path),
                // What a type is given: `Vec::<u8>`.
                "<" => break,
                name => path.push(name.to_owned()),
            }
        }
        let renamed = self.next_is("as") && self.tokens.pop_front().is_some();
        self.found.push(Named { house: owner(house, &path), hides_what_is_used: renamed && path.is_empty(), path });
    }

    /// Reads the trees of a list, after its opening brace.
    fn list(&mut self, house: &'static House, path: &[String]) {
        while let Some(token) = self.tokens.pop_front() {
            match token.as_str() {
                "}" => return,
                "," => {}
                "self" => self.rest(house, path.to_vec()),
                "super" => self.rest(house, above(path)),
                "*" => self.found.push(Named {
                    house: owner(house, path),
                    path: path.to_vec(),
                    hides_what_is_used: path.is_empty(),
                }),
                name => self.rest(house, [path, &[name.to_owned()]].concat()),
            }
        }
    }

    /// Takes the next token if it is this one.
    fn next_is(&mut self, token: &str) -> bool {
        let is = self.tokens.front().is_some_and(|next| next == token);
        if is {
            self.tokens.pop_front();
        }
        is
    }
}

#[test]
fn paths_are_read_however_they_are_written() {
    for (path, code, expected) in [
        ("aid/month.rs", "use crate::store;", "store"),
        ("aid/month.rs", "use crate::store::{self, member};", "store store::member"),
        (
            "aid/month.rs",
            "use crate::{\n    domain::{self, Event},\n    store::member,\n};",
            "domain domain::Event store::member",
        ),
        ("aid/month.rs", "let card = crate::aid::card(crate::store::x());", "aid::card store::x"),
        ("aid/month.rs", "use super::super::store::member;", "store::member"),
        ("aid/mod.rs", "use super::{store, domain::Event};", "store domain::Event"),
        (
            "aid/month.rs",
            "mod tests { use super::super::Aid; mod of { use super::super::super::super::screens; } }",
            "aid::Aid screens",
        ),
        ("aid/month_tests.rs", "use super::super::Aid;", "aid::Aid"),
        ("aid/month.rs", "use self::super::super::screens::{faq as other, menu};", "screens::faq screens::menu"),
        ("aid/month.rs", "use crate as house;", "*"),
        ("aid/month.rs", "use crate::{self as house};", "*"),
        ("aid/month.rs", "use super::super as house;", "*"),
        ("aid/month.rs", "use crate::*;", "*"),
        ("aid/month.rs", "use exodus_engine as engine;", "@*"),
        ("aid/month.rs", "use ::exodus_engine::{conversation::Fault, msg};", "@conversation::Fault @msg"),
        ("aid/month.rs", "$crate::locale::Msg subcrate::aid // crate::app", ""),
        ("aid/month.rs", "self.crates(crate::app::x as usize, self)", "app::x"),
        ("screens/mod.rs", "use exodus::Exodus;", ""),
        ("main.rs", "use exodus::{app::run, aid};", "app::run aid"),
        ("aid/month.rs", "pub(crate) fn f() {} pub(super) fn g() {}", "- aid"),
    ] {
        let source = Source { house: &EXODUS, path: path.to_owned(), text: code.to_owned() };
        let found: Vec<String> = named(&source)
            .into_iter()
            .map(|named| {
                let house = if named.house == &ENGINE { "@" } else { "" };
                let path = match (named.hides_what_is_used, named.path.is_empty()) {
                    (true, _) => "*".to_owned(),
                    (_, true) => "-".to_owned(),
                    _ => named.path.join("::"),
                };
                format!("{house}{path}")
            })
            .collect();
        assert_eq!(found.join(" "), expected, "{code}");
    }
}
