//! Texts that are built into a program: the engine's own, and those of a bot.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

/// What every bot needs, whatever it is about: the formats, the engine's own words, and what cities are called.
static ENGINE: Dir = include_dir!("$CARGO_MANIFEST_DIR/locales");

/// One file of a language.
pub(super) struct Source {
    pub(super) file: String,
    pub(super) text: String,
}

/// Every folder of a bot's texts that has any, by its name: above what the engine says in that language, as one layer.
pub(super) fn languages(bot: &'static Dir<'static>) -> BTreeMap<String, Vec<Vec<Source>>> {
    bot.dirs()
        .map(|dir| (folder_name(dir), files_under(dir, "locales")))
        .filter(|(_, files)| !files.is_empty())
        .map(|(code, files)| (code.clone(), vec![foundation(&code), files]))
        .collect()
}

/// The engine's own file of this name beside the folders of the languages, which all of them need.
pub(super) fn data(name: &str) -> Option<&'static str> {
    ENGINE.get_file(name)?.contents_utf8()
}

/// The same of each language that has it in its folder, with the language's code.
pub(super) fn data_of_all(name: &str) -> Vec<(&'static str, &'static str)> {
    let of = |dir: &'static Dir<'static>| {
        let code = dir.path().to_str()?;
        Some((code, ENGINE.get_file(dir.path().join(name))?.contents_utf8()?))
    };
    ENGINE.dirs().filter_map(of).collect()
}

/// What the engine says in a language; nothing where it does not speak it.
pub(super) fn foundation(code: &str) -> Vec<Source> {
    ENGINE.get_dir(code).map(|dir| files_under(dir, "engine/locales")).unwrap_or_default()
}

fn folder_name(dir: &Dir) -> String {
    dir.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The texts in this folder of `locales`, which is where whoever mends them finds it.
fn files_under(dir: &Dir, locales: &str) -> Vec<Source> {
    let here = dir.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "ftl"));
    let here = here.map(|file| Source {
        file: format!("{locales}/{}", file.path().display()),
        text: String::from_utf8_lossy(file.contents()).into_owned(),
    });
    here.chain(dir.dirs().flat_map(|dir| files_under(dir, locales))).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_text_of_the_engine_is_named_by_where_it_is_found() {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the engine lies in the project");
        let texts = foundation("en");
        assert!(!texts.is_empty());
        for Source { file, text } in texts {
            assert_eq!(std::fs::read_to_string(project.join(&file)).ok(), Some(text), "{file}");
        }
    }
}
