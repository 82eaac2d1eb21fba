//! All languages say the same things, and the program says nothing else. A new folder under `locales/` or `engine/locales/`
//! is checked too.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use exodus_engine::locale::{Arg, Format, Locales, Msg};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};

/// What the engine says, and what the bot on it does: the folder of the texts, and those of the code which says them.
const ENGINE: (&str, &[&str]) = ("engine/locales", &["engine/src"]);
const BOT: (&str, &[&str]) = ("locales", &["src", "core/src"]);

/// Messages whose keys the program puts together from a prefix and a value it has, such as the code of a currency.
const PUT_TOGETHER: [&str; 1] = ["currency-"];

const PLURALS: [&str; 5] = ["zero", "one", "two", "few", "many"];

fn locales() -> Locales {
    exodus::texts::locales(Format { currency: "EUR".to_owned() }).expect("the embedded languages")
}

#[test]
fn every_language_has_the_same_messages_as_english() {
    let mut faults = Vec::new();
    for (texts, _) in [ENGINE, BOT] {
        let english = keys(texts, "en");
        for code in codes(texts) {
            let own = keys(texts, &code);
            faults.extend(english.difference(&own).map(|key| format!("{texts}/{code} lacks {key}")));
            faults.extend(own.difference(&english).map(|key| format!("{texts}/en lacks {key} of {code}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn quotes_are_as_each_language_has_them() {
    let russian = ([['«', '»'], ['„', '“']], ['”', '‘'].as_slice());
    let english = ([['“', '”'], ['‘', '’']], ['«', '»', '„'].as_slice());
    let mut faults = Vec::new();
    for (code, (quotes, others)) in [("ru", russian), ("en", english)] {
        for (path, text) in [ENGINE.0, BOT.0].iter().flat_map(|texts| files(&folder(texts).join(code), "ftl")) {
            for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#')) {
                faults.extend(
                    misquoted(line, quotes, others).map(|what| format!("{}, line {number}: {what}", path.display())),
                );
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_language_of_the_bot_is_one_of_the_engine() {
    let spoken = codes(ENGINE.0);
    let lacking: Vec<_> = codes(BOT.0).into_iter().filter(|code| !spoken.contains(code)).collect();
    assert!(lacking.is_empty(), "there is no folder in {} for {lacking:?}: see docs/adding-a-language.md", ENGINE.0);
}

#[test]
fn a_message_has_the_same_variables_in_every_language() {
    let locales = locales();
    let mut faults = Vec::new();
    for language in locales.languages() {
        for key in locales.keys(&language.code) {
            let (english, own) = (locales.variables("en", key), locales.variables(&language.code, key));
            if english != own {
                faults.push(format!("{key}: en uses {english:?}, {} uses {own:?}", language.code));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_message_that_the_program_names_exists() {
    let engine = keys(ENGINE.0, "en");
    let both = &engine | &keys(BOT.0, "en");
    let mut faults = Vec::new();
    // A bot says what the engine can say; the engine says nothing that a bot would have to bring.
    for (under, keys) in [(ENGINE.1, engine), (BOT.1, both)] {
        for (path, code) in sources(under) {
            for marker in ["msg!(", "Msg::new("] {
                for after in code.match_indices(marker).map(|(at, _)| code[at + marker.len()..].trim_start()) {
                    let Some(key) = after.strip_prefix('"').and_then(|after| after.split('"').next()) else {
                        continue;
                    };
                    if !keys.contains(key) {
                        faults.push(format!("{}: {key}", path.display()));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "no such message:\n{}", faults.join("\n"));
}

#[test]
fn every_message_is_given_the_words_that_it_has_places_for() {
    let locales = locales();
    let mut faults = Vec::new();
    for under in [ENGINE.1, BOT.1] {
        for (path, code) in sources(under) {
            for after in code.match_indices("msg!(").map(|(at, marker)| &code[at + marker.len()..]) {
                let Some((inside, behind)) = in_brackets(after) else { continue };
                let Some(key) = inside.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                    continue;
                };
                // What is added later is not seen here.
                if behind.trim_start().starts_with(".with") {
                    continue;
                }
                let mut given = names_given(inside);
                // A question for a day gets its example from the field that asks it.
                given.insert("example");
                let lacking: Vec<_> =
                    locales.variables("en", key).into_iter().filter(|name| !given.contains(name.as_str())).collect();
                if !lacking.is_empty() {
                    faults.push(format!("{}: {key} is not given {lacking:?}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What stands up to the bracket that closes, and what stands behind it.
fn in_brackets(code: &str) -> Option<(&str, &str)> {
    let mut depth = 0_i32;
    let mut quoted = false;
    let mut before = ' ';
    for (at, sign) in code.char_indices() {
        match sign {
            '"' if before != '\\' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted && depth == 0 => return Some((&code[..at], &code[at + 1..])),
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        before = sign;
    }
    None
}

/// The names before the equals signs of its arguments.
fn names_given(inside: &str) -> BTreeSet<&str> {
    let mut depth = 0_i32;
    let mut from = 0;
    let mut parts = Vec::new();
    for (at, sign) in inside.char_indices() {
        match sign {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[from..]);
    let names = parts.into_iter().filter_map(|part| Some(part.split_once(" = ")?.0.trim()));
    names.map(|name| name.rsplit('\n').next().unwrap_or(name).trim()).collect()
}

#[test]
fn every_message_is_used() {
    let locales = locales();
    let engine = keys(ENGINE.0, "en");
    let mut faults = Vec::new();
    for (texts, under) in [ENGINE, BOT] {
        let code: String = sources(under).into_iter().map(|(_, code)| code).collect();
        let literals: BTreeSet<&str> = code.split('"').collect();
        for language in codes(texts) {
            let referenced = locales.referenced(&language);
            let is_used = |key: &&String| {
                literals.contains(key.as_str())
                    || referenced.contains(key.as_str())
                    || PUT_TOGETHER.iter().any(|prefix| key.starts_with(prefix))
            };
            // A bot may say in words of its own what the engine says.
            let is_said_anew = |key: &&String| texts == BOT.0 && engine.contains(*key);
            let own = keys(texts, &language);
            let idle = own.iter().filter(|key| !is_used(key) && !is_said_anew(key));
            faults.extend(idle.map(|key| format!("{texts}/{language}: {key}")));
        }
    }
    assert!(faults.is_empty(), "nobody says:\n{}", faults.join("\n"));
}

/// What is done and told in no chat: a notice in a daily message among others; whoever asks somebody that has blocked the bot
/// (`tests/pages/in_vain.rs`); and asking somebody to write whom no link leads to, where in a chat each knows the other's address
/// (`tests/telegram/writing.rs`).
const PLAYED_ELSEWHERE: [&str; 4] =
    ["notice-announcement-short", "done-in-vain", "notice-asked-to-write", "done-ask-to-write"];

#[test]
fn every_deed_and_every_notice_is_played_in_a_chat_in_every_language() {
    let chats: Vec<String> = files(&folder("tests/chats"), "chat").into_iter().map(|(_, text)| text).collect();
    let mut faults = Vec::new();
    for code in codes(BOT.0) {
        let is_one = |key: &str| key.starts_with("done-") || key.starts_with("notice-");
        for (_, key, pattern) in entries(BOT.0, &code) {
            if !is_one(&key) || PLAYED_ELSEWHERE.contains(&key.as_str()) {
                continue;
            }
            let mut variants = Vec::new();
            pattern.iter().for_each(|pattern| find_longest(pattern, &mut variants));
            if variants.is_empty() {
                // All of its words are those of other messages.
                continue;
            }
            let is_said = |words: &String| chats.iter().any(|chat| chat.contains(words.as_str()));
            if !variants.iter().any(is_said) {
                faults.push(format!("{code}: {key}"));
            }
        }
    }
    assert!(faults.is_empty(), "in tests/chats nobody reads:\n{}", faults.join("\n"));
}

/// The longest run of plain words in a pattern, and in each of its variants.
fn find_longest(pattern: &Pattern<String>, found: &mut Vec<String>) {
    let mut runs = Vec::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => {
                runs.extend(value.split(['<', '>', '\n']).map(|run| run.trim().to_owned()));
            }
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                variants.iter().for_each(|variant| find_longest(&variant.value, found));
            }
            PatternElement::Placeable { .. } => {}
        }
    }
    found.extend(runs.into_iter().max_by_key(|run| run.chars().count()).filter(|run| run.chars().count() > 3));
}

#[test]
fn every_plural_has_all_the_forms_of_its_language() {
    let mut faults = Vec::new();
    for (texts, code) in
        [ENGINE, BOT].into_iter().flat_map(|(texts, _)| codes(texts).into_iter().map(move |code| (texts, code)))
    {
        let wanted = plural_forms(&code);
        let mut faults_here = Vec::new();
        let mut is_begun = false;
        for (path, key, pattern) in entries(texts, &code) {
            let mut selectors = Vec::new();
            pattern.iter().for_each(|pattern| find_selectors(pattern, &mut selectors));
            for forms in selectors {
                let is_plural = forms.keys().any(|form| PLURALS.contains(&form.as_str()));
                is_begun |= forms.keys().any(|form| form != "other" && form != "one" && wanted.contains(form));
                let mut missing: Vec<_> = wanted.iter().filter(|form| !forms.contains_key(*form)).collect();
                // `*[other]` may stand for the form of most numbers, which a language has under one name only.
                if forms.get("other") == Some(&true) && missing.len() == 1 {
                    missing.clear();
                }
                if is_plural && !missing.is_empty() {
                    faults_here.push(format!("{}: {key} lacks {missing:?}", path.display()));
                }
            }
        }
        // A folder that is still a copy of another language's speaks that language, and may.
        let is_a_copy = !is_begun && wanted.iter().any(|form| form != "other" && form != "one");
        faults.extend(faults_here.into_iter().filter(|_| !is_a_copy));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The languages that a folder of texts has.
fn codes(texts: &str) -> BTreeSet<String> {
    let folders = fs::read_dir(folder(texts)).expect("a folder of texts").map(|entry| entry.expect("an entry").path());
    let folders = folders.filter(|path| path.is_dir());
    folders.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect()
}

/// What is wrong with the quotes of a line: which a language has, which stand within those, and which are those of others.
fn misquoted(line: &str, [outer, inner]: [[char; 2]; 2], others: &[char]) -> Option<&'static str> {
    let (mut open, mut ours, mut literal) = (Vec::new(), true, false);
    for c in line.chars() {
        match c {
            // What stands in braces is Fluent's own, also a brace that is meant as one: `{"{"}`.
            '"' if !ours => literal = !literal,
            _ if literal => {}
            '{' | '}' => ours = c == '}',
            '"' => return Some("straight quotes"),
            _ if others.contains(&c) => return Some("the quotes of another language"),
            _ if c == outer[0] && !open.is_empty() => return Some("outer quotes within quotes"),
            _ if c == inner[0] && open != [outer[1]] => return Some("inner quotes outside of quotes"),
            _ if c == outer[0] => open.push(outer[1]),
            _ if c == inner[0] => open.push(inner[1]),
            _ if open.last() == Some(&c) => drop(open.pop()),
            // An apostrophe closes nothing.
            _ if c == outer[1] || (c == inner[1] && c != '’') => return Some("a quote that closes nothing"),
            _ => {}
        }
    }
    (!open.is_empty()).then_some("a quote that is not closed")
}

/// The keys of all messages in the folder of a language.
fn keys(texts: &str, code: &str) -> BTreeSet<String> {
    entries(texts, code).into_iter().map(|(_, key, _)| key).filter(|key| !key.starts_with('-')).collect()
}

/// All messages and terms (`-name`) in the folder of a language: where each stands, its key, and what it says.
fn entries(texts: &str, code: &str) -> Vec<(PathBuf, String, Option<Pattern<String>>)> {
    let mut found = Vec::new();
    for (path, text) in files(&folder(texts).join(code), "ftl") {
        let resource =
            fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in resource.body {
            match entry {
                Entry::Message(message) => found.push((path.clone(), message.id.name, message.value)),
                Entry::Term(term) => found.push((path.clone(), format!("-{}", term.id.name), Some(term.value))),
                _ => {}
            }
        }
    }
    found
}

/// The plural forms that whole numbers take in a language: asked of Fluent itself, so that a new language needs no table.
fn plural_forms(code: &str) -> BTreeSet<String> {
    let forms = PLURALS.map(|form| format!("    [{form}] {form}\n")).concat();
    let probe = format!("probe = {{ $n ->\n{forms}   *[other] other\n }}");
    let probes = Locales::from_texts(&[(code, &probe)], Format::default()).expect("the probe");
    (0..=200i64).map(|n| probes.plain(code, &Msg::new("probe").with("n", Arg::Count(n)))).collect()
}

/// The variants of each selector in a pattern, with whether each is the default.
fn find_selectors(pattern: &Pattern<String>, found: &mut Vec<BTreeMap<String, bool>>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            look_into(expression, found);
        }
    }
}

fn look_into(expression: &Expression<String>, found: &mut Vec<BTreeMap<String, bool>>) {
    match expression {
        Expression::Select { variants, .. } => {
            found.push(variants.iter().map(|variant| (name(variant), variant.default)).collect());
            variants.iter().for_each(|variant| find_selectors(&variant.value, found));
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => look_into(expression, found),
        Expression::Inline(_) => {}
    }
}

fn name(variant: &Variant<String>) -> String {
    match &variant.key {
        VariantKey::Identifier { name } => name.clone(),
        VariantKey::NumberLiteral { value } => value.clone(),
    }
}

/// The Rust files under a folder without their comments and unit tests, which may name what does not exist.
fn sources(under: &[&str]) -> Vec<(PathBuf, String)> {
    let is_test = |path: &Path| {
        path.file_stem().is_some_and(|stem| stem == "tests" || stem.to_string_lossy().ends_with("_tests"))
    };
    let code = |text: String| -> String {
        let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
        text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
    };
    under
        .iter()
        .flat_map(|under| files(&folder(under), "rs"))
        .filter(|(path, _)| !is_test(path))
        .map(|(path, text)| (path, code(text)))
        .collect()
}

/// All files with an extension under a folder; none if there is no such folder.
fn files(under: &Path, extension: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(under).into_iter().flatten() {
        let path = entry.expect("an entry of a folder").path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|own| own == extension) {
            let text = fs::read_to_string(&path).expect("a readable file");
            found.push((path, text));
        }
    }
    found.sort();
    found
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}
