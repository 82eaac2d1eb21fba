//! Ways on: into the chats, and into another language.

use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use qrcode::render::svg;

use super::texts::address;
use crate::conversation::WayIn;
use crate::locale::{Arg, Locales};
use crate::msg;

/// The same page in each language.
pub(in super::super) fn languages(locales: &Locales, lang: &str) -> Markup {
    html! {
        nav aria-label=(locales.plain(lang, &msg!("web-languages"))) {
            @for language in locales.languages() {
                @if language.code == lang { span lang=(language.code) aria-current="true" { (language.name) } }
                @else { a href={ "?lang=" (language.code) } lang=(language.code) hreflang=(language.code) { (language.name) } }
                " "
            }
        }
    }
}

/// The chats in which the bot is.
pub(in super::super) fn chats(locales: &Locales, lang: &str, ways: &[WayIn]) -> Markup {
    html! {
        ul {
            @for way in ways {
                li {
                    @match plain_link(way) {
                        Some(link) => a href=(link) rel="noreferrer noopener" { (name(locales, lang, way)) },
                        None => (name(locales, lang, way)),
                    }
                }
            }
        }
    }
}

/// The way of an invite into each of the chats: a link, which a phone reads off the screen as well, and the word to be sent.
pub(in super::super) fn invited(locales: &Locales, lang: &str, ways: &[WayIn], token: &str) -> Markup {
    let word = Arg::Verbatim(format!("start {token}"));
    html! {
        @for way in ways {
            @let (link, sends) = way.link(token);
            @let named = name(locales, lang, way);
            article {
                h2 { (named) }
                @if let Some(link) = link.as_deref().and_then(address) {
                    p { a class="way" href=(link) rel="noreferrer noopener" {
                        (locales.plain(lang, &msg!("web-invited-open", messenger = Arg::Verbatim(named.clone()))))
                    } }
                    (code(link.as_str(), &locales.plain(lang, &msg!("web-invited-code", messenger = Arg::Verbatim(named.clone())))))
                }
                @if sends || link.is_some() { p { (locales.plain(lang, &if sends { msg!("web-invited-word") } else { msg!("web-invited-word-too") })) " " code { (locales.plain(lang, &msg!("web-invited-sent", word = word.clone()))) } } }
            }
        }
    }
}

fn name(locales: &Locales, lang: &str, way: &WayIn) -> String {
    locales.plain(lang, &msg!("messenger-name", messenger = Arg::Verbatim(way.messenger.to_owned())))
}

/// The link without a word in it.
fn plain_link(way: &WayIn) -> Option<String> {
    let link = way.link.as_deref()?;
    let plain =
        if link.contains("{token}") { link.split('?').next().filter(|plain| !plain.contains('{'))? } else { link };
    address(plain).map(String::from)
}

/// The address as a code that a phone reads.
fn code(link: &str, what: &str) -> Markup {
    let Ok(code) = QrCode::new(link) else { return html! {} };
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    // It is written into the page, where it is no file of its own.
    let drawn = drawn.find("<svg").map(|begins| drawn.split_at(begins).1.to_owned()).unwrap_or_default();
    html! { div class="code" role="img" aria-label=(what) { (PreEscaped(drawn)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_into_a_chat_is_plain_where_nobody_was_invited() {
        let way =
            |link: &str| WayIn { messenger: "telegram", link: Some(link.to_owned()), person: None, signs_in: None };
        let plain = |link: &str| plain_link(&way(link));
        assert_eq!(plain("https://t.me/bot?start={token}").as_deref(), Some("https://t.me/bot"));
        assert_eq!(plain("https://matrix.to/#/@bot:test").as_deref(), Some("https://matrix.to/#/@bot:test"));
        assert_eq!(plain("https://x.test/{token}"), None);
    }

    #[test]
    fn a_code_is_a_drawing_in_the_page_and_no_file() {
        let code = code("https://t.me/bot?start=x", "what \"it\" is").into_string();
        assert!(
            code.starts_with("<div class=\"code\" role=\"img\" aria-label=\"what &quot;it&quot; is\"><svg"),
            "{code}"
        );
        assert!(!code.contains("style=") && !code.contains("<?xml"), "{code}");
    }
}
