//! HTML. All that stands in it is escaped by the library that writes it; nothing is glued together by hand.

mod pages;
mod texts;
mod ways;

use maud::{DOCTYPE, Markup, html};

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
            body data-state=[frame.state] { main { (content) } }
        }
    }
}
