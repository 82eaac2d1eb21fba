//! The buttons under a page, in the form that Telegram takes. (teloxide's are older than their styles.)

use std::collections::BTreeMap;

use serde::Serialize;
use url::Url;

use super::letter::NOTHING;
use crate::conversation::{Button, Does, Nature, Rendered};

/// The longest text that a button copies, in characters. What is longer is copied from the message.
const LONGEST_COPY: usize = 256;

/// The link to somebody by their number begins so.
const BY_NUMBER: &str = "tg://user?id=";

/// An inline keyboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Keyboard {
    pub inline_keyboard: Vec<Vec<Key>>,
}

/// One of its buttons, which does one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Key {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_text: Option<Copied>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub switch_inline_query: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Copied {
    pub text: String,
}

/// What can't be shown of a keyboard here, and is shown otherwise or left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Without {
    /// People may not be led to by their numbers; by these user names, where they have one.
    pub people: Option<BTreeMap<String, String>>,
    /// No addresses at all.
    pub addresses: bool,
    /// Neither styles nor what only newer servers know.
    pub extras: bool,
    /// The bot may not be asked for anything in other chats: that has to be turned on with @BotFather.
    pub inline: bool,
}

/// The buttons under a page; `None`: there are none.
pub(super) fn keyboard(page: &Rendered, without: &Without) -> Option<Keyboard> {
    let rows = page.buttons.iter().map(|row| row.iter().filter_map(|button| key(button, without)).collect::<Vec<_>>());
    let inline_keyboard: Vec<Vec<Key>> = rows.filter(|row| !row.is_empty()).collect();
    (!inline_keyboard.is_empty()).then_some(Keyboard { inline_keyboard })
}

/// Those whom a page leads to by their numbers.
pub(super) fn led_to(page: &Rendered) -> impl Iterator<Item = &str> {
    page.buttons.iter().flatten().filter_map(|button| match &button.does {
        Does::Open(to) | Does::Write { to, .. } => to.strip_prefix(BY_NUMBER),
        _ => None,
    })
}

fn key(button: &Button, without: &Without) -> Option<Key> {
    let label = |text: &str| if text.trim().is_empty() { NOTHING.to_owned() } else { text.to_owned() };
    let key = Key { text: label(&button.label), ..Key::default() };
    Some(match &button.does {
        Does::Press(data) => Key { callback_data: Some(data.clone()), style: style(button.nature, without), ..key },
        Does::Open(to) => Key { url: Some(leads(to, without)?), ..key },
        Does::Write { to, otherwise: (asks, press) } => match leads(to, without) {
            Some(url) => Key { url: Some(url), ..key },
            None => Key { text: label(asks), callback_data: Some(press.clone()), ..key },
        },
        Does::Copy(text) if without.extras || text.is_empty() || text.chars().count() > LONGEST_COPY => return None,
        Does::Copy(text) => Key { copy_text: Some(Copied { text: text.clone() }), ..key },
        Does::Share { otherwise, .. } if without.extras || without.inline => {
            Key { url: Some(leads(otherwise, without)?), ..key }
        }
        Does::Share { words, .. } => Key { switch_inline_query: Some(words.clone()), ..key },
    })
}

fn style(nature: Nature, without: &Without) -> Option<&'static str> {
    match nature {
        _ if without.extras => None,
        Nature::Usual => None,
        Nature::Confirms => Some("success"),
        Nature::Irrevocable => Some("danger"),
    }
}

/// The address that a button opens; none where it may not be shown.
fn leads(to: &str, without: &Without) -> Option<String> {
    if without.addresses {
        return None;
    }
    match (to.strip_prefix(BY_NUMBER), &without.people) {
        (Some(number), Some(names)) => names.get(number).map(|name| format!("https://t.me/{name}")),
        _ => Url::parse(to).ok().map(|url| url.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Text;

    fn button(label: &str, does: Does) -> Button {
        Button { label: label.into(), number: None, does, nature: Nature::Usual }
    }

    fn open(url: &str) -> Does {
        Does::Open(url.into())
    }

    fn page(buttons: Vec<Vec<Button>>) -> Rendered {
        Rendered { text: Text::from("x"), buttons, asks: false, notice: None, file: None }
    }

    fn labels(page: &Rendered, without: &Without) -> Vec<Vec<String>> {
        let keyboard = keyboard(page, without).expect("buttons").inline_keyboard;
        keyboard.into_iter().map(|row| row.into_iter().map(|key| key.text).collect()).collect()
    }

    fn people(names: &[(&str, &str)]) -> Without {
        let names = names.iter().map(|(number, name)| ((*number).to_owned(), (*name).to_owned())).collect();
        Without { people: Some(names), ..Without::default() }
    }

    #[test]
    fn buttons_keep_their_rows_and_those_left_out_leave_no_gap() {
        let press = |label: &str| button(label, Does::Press("1:a".into()));
        let page = page(vec![
            vec![press("a"), button("go", open("https://a.org"))],
            vec![button("go", open("tg://user?id=5"))],
            vec![press(" ")],
            vec![button("go", open("no url"))],
        ]);
        assert_eq!(labels(&page, &Without::default()), [vec!["a", "go"], vec!["go"], vec!["…"]]);
        assert_eq!(labels(&page, &people(&[])), [vec!["a", "go"], vec!["…"]]);
        let none = Without { addresses: true, ..Without::default() };
        assert_eq!(labels(&page, &none), [vec!["a"], vec!["…"]]);
    }

    #[test]
    fn who_may_not_be_led_to_by_number_is_by_name_or_is_asked() {
        let write = Does::Write { to: "tg://user?id=5".into(), otherwise: ("Ask them".into(), "1:ask".into()) };
        let page = page(vec![vec![button("Write", write)]]);
        assert_eq!(led_to(&page).collect::<Vec<_>>(), ["5"]);
        let key = |without: &Without| keyboard(&page, without).expect("a button").inline_keyboard[0][0].clone();
        assert_eq!(key(&Without::default()).url.as_deref(), Some("tg://user?id=5"));
        assert_eq!(key(&people(&[("5", "anna_k")])).url.as_deref(), Some("https://t.me/anna_k"));
        let asked = key(&people(&[("6", "boris")]));
        assert_eq!((asked.text.as_str(), asked.url, asked.callback_data.as_deref()), ("Ask them", None, Some("1:ask")));
    }

    #[test]
    fn what_a_deed_does_is_seen_where_the_server_can() {
        for (nature, style) in
            [(Nature::Usual, None), (Nature::Confirms, Some("success")), (Nature::Irrevocable, Some("danger"))]
        {
            let page = page(vec![vec![Button { nature, ..button("x", Does::Press("1:x".into())) }]]);
            let drawn = |without: &Without| keyboard(&page, without).expect("a button").inline_keyboard[0][0].style;
            assert_eq!(drawn(&Without::default()), style);
            assert_eq!(drawn(&Without { extras: true, ..Without::default() }), None);
        }
    }

    #[test]
    fn what_is_copied_and_shared_is_so_where_the_server_can() {
        let share = || Does::Share { words: "Anna".into(), otherwise: "https://t.me/share/url?url=x".into() };
        let page = page(vec![
            vec![button("copy", Does::Copy("DE89".into())), button("long", Does::Copy("x".repeat(257)))],
            vec![button("share", share())],
        ]);
        let json = |without: &Without| serde_json::to_value(keyboard(&page, without)).expect("JSON");
        assert_eq!(
            json(&Without::default()),
            serde_json::json!({ "inline_keyboard": [
                [{ "text": "copy", "copy_text": { "text": "DE89" } }],
                [{ "text": "share", "switch_inline_query": "Anna" }],
            ]})
        );
        let shared = serde_json::json!([{ "text": "share", "url": "https://t.me/share/url?url=x" }]);
        for without in [Without { inline: true, ..Without::default() }, Without { extras: true, ..Without::default() }]
        {
            let rows = json(&without)["inline_keyboard"].as_array().expect("rows").clone();
            assert_eq!(rows.last(), Some(&shared), "{without:?}");
            assert_eq!(rows.len(), if without.extras { 1 } else { 2 });
        }
    }
}
