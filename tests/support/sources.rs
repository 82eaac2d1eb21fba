//! The program's source files and its pages for people, read as text by the tests that hold them to their rules.
#![allow(dead_code, reason = "each integration test uses its own part of this")]

use std::fs;
use std::path::{Path, PathBuf};

pub struct Source {
    /// Its path below `src/`.
    pub path: String,
    pub text: String,
}

impl Source {
    /// The floor that it belongs to.
    pub fn floor(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
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

/// All of `src/`.
pub fn sources() -> Vec<Source> {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<Source>) {
        for entry in fs::read_dir(folder).expect("a folder of src") {
            let path: PathBuf = entry.expect("an entry of src").path();
            if path.is_dir() {
                walk(&path, root, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let below = path.strip_prefix(root).expect("a path below src");
                found.push(Source {
                    path: below.to_string_lossy().replace('\\', "/"),
                    text: fs::read_to_string(&path).expect("a source file"),
                });
            }
        }
    }
    let root = root().join("src");
    let mut found = Vec::new();
    walk(&root, &root, &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(found.len() > 50, "this is not the whole program: {} files", found.len());
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
