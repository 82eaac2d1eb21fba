//! What each screen shows, in each of its states and in each language, as people will read it: `tests/snapshots/`.
//!
//! `just expect` writes the files anew; what has changed in them is to be read as a reader of the bot would.

use std::fs;

use insta::assert_snapshot;

use crate::book::Book;
use crate::house::House;
use crate::scenes;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots");

/// The scenes, played in one language.
async fn book(lang: &str) -> Book {
    let house = House::in_memory().await;
    scenes::settle(&house.db).await;
    let mut book = Book::new(house, lang).await;
    scenes::play(&mut book).await;
    book
}

#[tokio::test]
async fn every_screen_reads_as_it_was_reviewed_in_every_language() {
    let languages = House::in_memory().await.locales.languages().to_vec();
    for language in languages {
        let book = book(&language.code).await;
        for screen in &book.house.screens {
            assert!(book.chapters.contains_key(*screen), "tests/pages/scenes.rs never shows the screen {screen}");
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(FOLDER);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            for (screen, pages) in &book.chapters {
                assert_snapshot!(format!("pages__{screen}_{}", language.code), pages);
            }
        });
    }
}

#[tokio::test]
async fn no_snapshot_is_kept_of_a_screen_or_a_language_that_is_gone() {
    let house = House::in_memory().await;
    for entry in fs::read_dir(FOLDER).expect("the snapshots") {
        let name = entry.expect("a snapshot").file_name().to_string_lossy().into_owned();
        let Some(snapshot) = name.strip_suffix(".snap") else { continue };
        let (screen, lang) = snapshot.trim_start_matches("pages__").rsplit_once('_').expect("a screen and a language");
        let spoken = house.locales.languages().iter().any(|language| language.code == lang);
        assert!(spoken && house.screens.contains(&screen), "delete tests/snapshots/{name}");
    }
}
