//! The texts that are built into the program.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

static EMBEDDED: Dir = include_dir!("$CARGO_MANIFEST_DIR/locales");

/// The embedded files that every bot needs, whatever it is about: the formats, and the engine's own words.
const FOUNDATION: [&str; 2] = ["format.ftl", "conversation.ftl"];

/// One file of a language.
pub(super) struct Source {
    pub(super) file: String,
    pub(super) text: String,
}

/// Every folder that has texts, by its name, each as one layer.
pub(super) fn languages() -> BTreeMap<String, Vec<Vec<Source>>> {
    EMBEDDED
        .dirs()
        .map(|dir| (folder_name(dir), files_under(dir)))
        .filter(|(_, files)| !files.is_empty())
        .map(|(code, files)| (code, vec![files]))
        .collect()
}

/// The names of those folders.
pub(super) fn codes() -> Vec<String> {
    languages().into_keys().collect()
}

/// A file beside the folders of the languages, that all of them need.
pub(super) fn data(name: &str) -> Option<&'static str> {
    EMBEDDED.get_file(name)?.contents_utf8()
}

/// The same of each language that has it in its folder, with the language's code.
pub(super) fn data_of_all(name: &str) -> Vec<(&'static str, &'static str)> {
    let of = |dir: &'static Dir<'static>| {
        let code = dir.path().to_str()?;
        Some((code, EMBEDDED.get_file(dir.path().join(name))?.contents_utf8()?))
    };
    EMBEDDED.dirs().filter_map(of).collect()
}

fn folder_name(dir: &Dir) -> String {
    dir.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn files_under(dir: &Dir) -> Vec<Source> {
    let here = dir.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "ftl"));
    let here = here.map(|file| Source {
        file: format!("locales/{}", file.path().display()),
        text: String::from_utf8_lossy(file.contents()).into_owned(),
    });
    here.chain(dir.dirs().flat_map(files_under)).collect()
}

/// What a bot needs in a language, as far as it is embedded.
pub(super) fn foundation(code: &str) -> Vec<Source> {
    let embedded = EMBEDDED.get_dir(code).map(files_under).unwrap_or_default();
    embedded
        .into_iter()
        .filter(|source| FOUNDATION.iter().any(|name| source.file == format!("locales/{code}/{name}")))
        .collect()
}
