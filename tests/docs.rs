//! The pages for people tell the truth about the program: what they list, quote and point to is there.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that breaks off has said what it had to say")]

#[path = "support/expectation.rs"]
mod expectation;
#[path = "support/sources.rs"]
mod sources;

use std::collections::BTreeSet;
use std::fs;

use exodus_engine::messengers::abilities;
use sources::{EXODUS, Source, hold, page, root, section, sources};

#[test]
fn the_architecture_page_names_every_module() {
    let page = page("docs/architecture.md");
    let map = section(&page, "Code map");
    let mut faults = Vec::new();
    for source in sources() {
        let mut parts = source.path.split('/').skip(1);
        let Some(module) = parts.next().map(|part| part.trim_end_matches(".rs")) else { continue };
        let folder = parts.next().is_some();
        let name = if folder { format!("`{module}/`") } else { format!("`{module}`") };
        if module == "mod" || module.ends_with("tests") {
            continue;
        }
        let heading = format!(": `{}/`", source.house.folder);
        let is_its_house = |part: &&str| part.lines().next().is_some_and(|line| line.ends_with(&heading));
        let house = map.split("\n### ").find(is_its_house);
        let floor = format!("**`{}`**", source.floor());
        let part = house.and_then(|house| house.split(&floor).nth(1)).unwrap_or_default();
        let part = part.split("\n**`").next().unwrap_or_default();
        if !part.contains(&name) {
            faults.push(format!(
                "{}: say in docs/architecture.md, under {floor} of its house, what {name} is for.",
                source.place()
            ));
        }
    }
    faults.dedup();
    hold(faults);
}

#[test]
fn the_pages_name_only_files_that_are_there() {
    let mut faults = Vec::new();
    for name in pages() {
        for path in
            page(&name).split(['`', '(', ')', ' ', '\n']).map(|path| path.trim_end_matches([',', '.', ':', ';']))
        {
            let ours =
                ["src/", "engine/", "examples/", "tests/", "docs/", "locales/", "scripts/", "testing/", "migrations/"];
            let whole = !path.contains(['<', '*', '{']);
            if whole && ours.iter().any(|folder| path.starts_with(folder)) && !root().join(path).exists() {
                faults.push(format!("{name} speaks of {path}, which is not there."));
            }
        }
    }
    hold(faults);
}

#[test]
fn the_page_about_screens_shows_real_ones() {
    let screens: String = sources().iter().filter(|source| source.is(&EXODUS, "screens")).map(Source::code).collect();
    let real: BTreeSet<&str> = screens.lines().map(str::trim).collect();
    let page = page("docs/writing-a-screen.md");
    let shown = page.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next()).flat_map(str::lines);
    let shown = shown.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    hold(shown.filter(|line| !real.contains(line)).map(|line| format!("no screen says: {line}")).collect());
}

#[test]
fn the_page_about_messengers_names_all_that_one_has_to_say() {
    let code = page("engine/src/conversation/messenger.rs");
    let after = code.split("pub trait Messenger").nth(1).expect("the trait");
    let body = after.split("\n}").next().unwrap_or_default();
    let methods = body.lines().filter_map(|line| line.trim().trim_start_matches("async ").strip_prefix("fn "));
    let methods: BTreeSet<&str> = methods.filter_map(|rest| rest.split('(').next()).collect();
    let page = page("docs/writing-a-messenger.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split("` |").next());
    let told: BTreeSet<&str> = rows.take_while(|name| !name.contains("::")).collect();
    assert!(!methods.is_empty());
    assert_eq!(told, methods, "docs/writing-a-messenger.md tells of these, and `Messenger` has those");
}

#[test]
fn the_table_of_what_messengers_can_do_is_that_of_the_code() {
    let (name, mark) = ("docs/messengers.md", "<!-- table -->\n");
    let told = page(name);
    let parts: Vec<&str> = told.split(mark).collect();
    let [before, _, after] = parts.as_slice() else { panic!("{name} has no table between two {mark}") };
    let real = format!("{before}{mark}{}{mark}{after}", abilities::table());
    if expectation::is_rewritten() {
        expectation::rewrite(&root().join(name), &real);
    } else if let Some(difference) = expectation::difference(&told, &real) {
        panic!("{name} (- is told, + is so; UPDATE_EXPECT=1 rewrites it):\n{difference}");
    }
}

#[test]
fn the_readme_quotes_a_chat_that_is_played() {
    let chat = page("tests/chats/one_cycle_of_help.chat");
    let mut said = chat.lines();
    let readme = page("README.md");
    let quoted = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a chat");
    let quoted = quoted.lines().filter(|line| !line.is_empty() && line.trim() != "[...]");
    hold(
        quoted
            .filter(|line| !said.any(|said| said == *line))
            .map(|line| format!("README.md, but no line of the chat: {line}"))
            .collect(),
    );
}

#[test]
fn the_page_on_running_it_names_every_key() {
    let running = page("docs/running.md");
    let example = page("exodus.example.toml");
    let keys = example.lines().filter_map(|line| line.trim_start_matches("# ").split_once(" = "));
    let keys = keys.map(|(key, _)| key).filter(|key| !key.contains(' '));
    hold(
        keys.filter(|key| !running.contains(&format!("`{key}")))
            .map(|key| format!("docs/running.md lacks {key}"))
            .collect(),
    );
}

#[test]
fn the_unit_hands_over_secrets_by_their_keys_and_starts_the_bot_again_whatever_ended_it() {
    let unit = page("docs/exodus.service");
    assert!(
        unit.lines().any(|line| line == "Restart=always"),
        "SIGHUP, and a database that is away, end it well or not"
    );
    let example = page("exodus.example.toml");
    let mut section = String::new();
    let mut keys = BTreeSet::new();
    for line in example.lines().map(|line| line.trim_start_matches("# ")) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => section = format!("{name}."),
            None => drop(line.split_once(" = ").map(|(key, _)| keys.insert(format!("{section}{key}")))),
        }
    }
    let handed = unit.lines().filter_map(|line| line.trim_start_matches('#').strip_prefix("LoadCredential="));
    let handed: Vec<_> = handed.filter_map(|line| line.split(':').next()).collect();
    assert!(!handed.is_empty());
    // The configuration itself is handed over as well, to whoever may not read it where it is.
    let is_configuration = |name: &&&str| unit.contains(&format!("--config ${{CREDENTIALS_DIRECTORY}}/{name}"));
    hold(
        handed
            .iter()
            .filter(|name| !is_configuration(name))
            .filter(|key| !keys.contains(**key))
            .map(|key| format!("no key is called {key}"))
            .collect(),
    );
}

/// The pages for people: their paths below the root.
fn pages() -> Vec<String> {
    let docs = fs::read_dir(root().join("docs")).expect("docs");
    let docs = docs.map(|entry| format!("docs/{}", entry.expect("a page").file_name().to_string_lossy()));
    let pages = docs.chain(["README.md".to_owned(), "CHANGELOG.md".to_owned()]);
    pages.filter(|name| name.ends_with(".md")).collect()
}
