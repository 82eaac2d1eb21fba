//! The source files of all houses and the pages for people, read as text by the tests that hold them to their rules.
#![allow(dead_code, reason = "each integration test uses its own part of this")]

use std::fs;
use std::path::{Path, PathBuf};

/// A crate: its modules are floors, and each uses only what stands below it.
#[derive(Debug, PartialEq, Eq)]
pub struct House {
    /// What code calls it.
    pub name: &'static str,
    /// Its folder, below that of the project.
    pub folder: &'static str,
    /// Top to bottom.
    pub floors: &'static [&'static str],
}

/// What any bot needs.
pub static ENGINE: House = House {
    name: "exodus_engine",
    folder: "engine/src",
    floors: &[
        "testing",
        "host",
        "messengers",
        "delivery",
        "person",
        "conversation",
        "config",
        "store",
        "hours",
        "locale",
        "id",
    ],
};

/// What is true of mutual aid, whoever shows it; it stands on the engine.
pub static CORE: House =
    House { name: "exodus_core", folder: "core/src", floors: &["notices", "aid", "store", "domain"] };

/// One bot, which stands on both, and hands on the floors of the core as its own.
pub static EXODUS: House = House { name: "exodus", folder: "src", floors: &["main", "app", "api", "screens", "texts"] };

pub static HOUSES: [&House; 3] = [&EXODUS, &CORE, &ENGINE];

pub struct Source {
    pub house: &'static House,
    /// Its path below the folder of its house.
    pub path: String,
    pub text: String,
}

impl Source {
    /// Where people find it: its path below the folder of the project.
    pub fn place(&self) -> String {
        format!("{}/{}", self.house.folder, self.path)
    }

    /// The floor that it belongs to.
    pub fn floor(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    pub fn is(&self, house: &House, floor: &str) -> bool {
        self.house == house && self.floor() == floor
    }

    /// What the compiler reads: the lines without comments.
    pub fn code(&self) -> String {
        self.text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
    }

    /// The same without what only tests use, which stands at the end of a file or in a file of its own.
    pub fn program(&self) -> String {
        if self.path.ends_with("tests.rs") {
            return String::new();
        }
        let code = self.code();
        code.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
    }
}

/// All of them.
pub fn sources() -> Vec<Source> {
    fn walk(house: &'static House, folder: &Path, found: &mut Vec<Source>) {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path: PathBuf = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                walk(house, &path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let below = path.strip_prefix(root().join(house.folder)).expect("a path below the house");
                found.push(Source {
                    house,
                    path: below.to_string_lossy().replace('\\', "/"),
                    text: fs::read_to_string(&path).expect("a source file"),
                });
            }
        }
    }
    let mut found = Vec::new();
    for house in HOUSES {
        let before = found.len();
        walk(house, &root().join(house.folder), &mut found);
        assert!(found.len() > before + 40, "this is not the whole of {}", house.folder);
    }
    found.sort_by_key(Source::place);
    found
}

/// The folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a page, by its path below the root.
pub fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What stands under a heading, up to the next one.
pub fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let after = page.split(&format!("\n## {heading}\n")).nth(1);
    let after = after.unwrap_or_else(|| panic!("there is no section {heading:?}"));
    after.split("\n## ").next().unwrap_or(after)
}

/// Fails with all faults at once.
pub fn hold(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
