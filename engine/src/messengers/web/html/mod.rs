//! HTML. All that stands in it is escaped by the library that writes it; nothing is glued together by hand.

mod pages;
mod texts;
mod ways;

use maud::{DOCTYPE, Markup, html};

use super::routes::of_tab;
pub(super) use pages::{Around, notices, open_page};
pub(super) use texts::{text, title};
pub(super) use ways::{chats, invited, languages};

/// What is round a page.
pub(super) struct Frame<'a> {
    /// The language that it is in.
    pub lang: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// By what it is told from one that has changed; none of a page that does not change.
    pub state: Option<&'a str>,
    /// Which tab shows it.
    pub tab: &'a str,
}

impl<'a> Frame<'a> {
    /// What is round a page that does not change.
    pub fn still(lang: &'a str, title: &'a str) -> Frame<'a> {
        Frame { lang, title, state: None, tab: "" }
    }
}

/// A whole page.
pub(super) fn document(frame: &Frame<'_>, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(frame.lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (frame.title) }
                link rel="stylesheet" href="/style.css";
                @if frame.state.is_some() { script src="/refresh.js" defer {} }
            }
            body data-state=[frame.state] data-events=[frame.state.map(|_| format!("{}/events", of_tab(frame.tab)))] { main { (content) } }
        }
    }
}
