//! The open page, and the page of notices.

use maud::{Markup, PreEscaped, html};
use url::Url;

use super::super::forms::drawn;
use super::super::routes::of_tab;
use super::super::typed::question as asked;
use super::texts::{address, part, text};
use crate::conversation::{Button, Does, Nature, Opened, Rendered, Told};
use crate::locale::{Locales, Msg};
use crate::msg;

/// The longest answer, in UTF-16 units: as long as a message elsewhere.
const LONGEST: usize = 4096;

/// What stands round whatever somebody looks at who is signed in.
pub(in super::super) struct Around<'a> {
    /// The words.
    pub locales: &'a Locales,
    /// In this language.
    pub lang: &'a str,
    /// What forms carry.
    pub token: &'a str,
    /// Which tab shows it.
    pub tab: &'a str,
    /// They are signed in, and have not only begun to become known.
    pub is_known: bool,
    /// How many notices have come since they looked at those.
    pub unread: i64,
    /// What stands in the field already.
    pub typed: Option<&'a str>,
}

impl Around<'_> {
    fn words(&self, msg: &Msg) -> String {
        self.locales.plain(self.lang, msg)
    }

    /// What every form carries: whose it is, and what it is told by from one that was sent before.
    fn carried(&self) -> Markup {
        html! {
            input type="hidden" name="token" value=(self.token);
            input type="hidden" name="once" value=(drawn());
        }
    }

    fn here(&self) -> String {
        of_tab(self.tab)
    }

    fn notices(&self) -> String {
        format!("{}/notices", self.here())
    }

    fn changed(&self, here: &str) -> Markup {
        html! {
            p id="changed" role="status" hidden {
                (self.words(&msg!("web-changed"))) " "
                a href=(here) { (self.words(&msg!("web-changed-show"))) }
            }
        }
    }

    fn below(&self) -> Markup {
        html! {
            footer {
                form method="post" action="/out" {
                    (self.carried())
                    button { (self.words(&msg!("web-sign-out"))) }
                }
            }
        }
    }
}

/// The open page: what there is to read, to answer and to choose. `picture`: the SVG of what it brings.
pub(in super::super) fn open_page(around: &Around<'_>, opened: &Opened, picture: Option<String>) -> Markup {
    let page = &opened.page;
    let notices = match around.unread {
        0 => msg!("web-notices"),
        unread => msg!("web-notices-new", count = unread),
    };
    html! {
        @if around.is_known { header { a href=(around.notices()) { (around.words(&notices)) } } }
        (around.changed(&around.here()))
        (text(&page.text))
        @if let Some(svg) = picture { figure { (PreEscaped(svg)) } }
        @if let Some(file) = &page.file {
            p { a class="way" href={ (around.here()) "/file" } download { (around.words(&msg!("web-file", name = file.name.as_str()))) } }
        }
        @if page.asks { (question(around, opened)) }
        (choices(around, page))
        @if around.is_known { (around.below()) }
    }
}

fn question(around: &Around<'_>, opened: &Opened) -> Markup {
    html! {
        form class="asks" method="post" action=(around.here()) {
            (around.carried())
            input type="hidden" name="page" value=(opened.id);
            input type="hidden" name="question" value=(asked(&opened.page.text));
            label for="answer" { (around.words(&msg!("web-answer"))) }
            div class="row" {
                input type="text" id="answer" name="answer" value=[around.typed] maxlength=(LONGEST) autocomplete="off" enterkeyhint="send";
                button class="main" { (around.words(&msg!("web-send"))) }
            }
        }
    }
}

/// What can be chosen on a page or on a notice.
fn choices(around: &Around<'_>, page: &Rendered) -> Markup {
    let rows: Vec<Vec<Markup>> = page
        .buttons
        .iter()
        .map(|row| row.iter().filter_map(choice).collect())
        .filter(|row: &Vec<_>| !row.is_empty())
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    html! {
        form method="post" action=(around.here()) {
            (around.carried())
            @for row in rows { div class="row" { @for choice in row { (choice) } } }
        }
    }
}

/// None: the page has it in its text, and there is no way to copy it without a script.
fn choice(button: &Button) -> Option<Markup> {
    let press = |label: &str, data: &str| {
        let class = match button.nature {
            Nature::Usual => None,
            Nature::Confirms => Some("yes"),
            Nature::Irrevocable => Some("grave"),
        };
        html! { button name="press" value=(data) class=[class] { (label) } }
    };
    let leads = |url: &Url| html! { a class="way" href=(url) rel="noreferrer noopener" { (button.label) } };
    match &button.does {
        Does::Press(data) => Some(press(&button.label, data)),
        Does::Open(url) => address(url).as_ref().map(leads),
        Does::Write { to, otherwise: (label, data) } => {
            Some(address(to).as_ref().map_or_else(|| press(label, data), leads))
        }
        Does::Share { otherwise, .. } => address(otherwise).as_ref().map(leads),
        Does::Copy(_) => None,
    }
}

/// What they were told and have not answered.
pub(in super::super) fn notices(around: &Around<'_>, title: &str, told: &[Told]) -> Markup {
    html! {
        header { a href=(around.here()) { (around.words(&msg!("web-notices-back"))) } }
        (around.changed(&around.notices()))
        h1 { (title) }
        @if told.is_empty() { p { (around.words(&msg!("web-notices-none"))) } }
        @for Told { page, .. } in told {
            article { (part(&page.text)) (choices(around, page)) }
        }
        (around.below())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn button(does: Does) -> Button {
        Button { label: "<b>".to_owned(), number: None, does, nature: Nature::Irrevocable }
    }

    #[test]
    fn a_choice_carries_what_it_does_and_nothing_leads_where_only_a_script_would() {
        let shown = |does| choice(&button(does)).map(Markup::into_string);
        let pressed = Does::Press("K7:\"x".into());
        let wanted = "<button name=\"press\" value=\"K7:&quot;x\" class=\"grave\">&lt;b&gt;</button>";
        assert_eq!(shown(pressed).as_deref(), Some(wanted));
        for nowhere in ["javascript:alert(1)", "data:text/html,x", "tg://user?id=1"] {
            assert_eq!(shown(Does::Open(nowhere.into())), None, "{nowhere}");
        }
        let asks = Does::Write { to: "tg://user?id=1".into(), otherwise: ("Ask".into(), "K7:ask".into()) };
        assert!(shown(asks).is_some_and(|shown| shown.contains("value=\"K7:ask\"")));
        assert_eq!(shown(Does::Copy("x".into())), None);
    }
}
