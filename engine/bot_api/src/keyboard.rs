//! Inline keyboards and what Telegram refuses in them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::params::Params;
use crate::refusal::Refused;
use crate::settings::Settings;

const MOST_BUTTONS: usize = 100;
const LONGEST_DATA: usize = 64;

/// One button under a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Button {
    /// What is written on it.
    pub text: String,
    /// What the bot gets when it is pressed, 1 to 64 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_data: Option<String>,
    /// What it opens instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How it looks: `danger`, `success` or `primary`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// What it copies instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_text: Option<Value>,
    /// What it offers to share in another chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switch_inline_query: Option<String>,
    /// What it puts into this chat's input field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switch_inline_query_current_chat: Option<String>,
}

#[derive(Deserialize)]
struct Markup {
    inline_keyboard: Option<Vec<Vec<Button>>>,
}

/// Takes `reply_markup` of a request; other keyboards than inline ones are taken and not shown.
pub(crate) fn rows(params: &Params, settings: &Settings) -> Result<Vec<Vec<Button>>, Refused> {
    let markup: Option<Markup> = params.json("reply_markup")?;
    let mut rows = markup.and_then(|markup| markup.inline_keyboard).unwrap_or_default();
    rows.retain(|row| !row.is_empty());
    if rows.iter().map(Vec::len).sum::<usize>() > MOST_BUTTONS {
        return Err(Refused::bad("Bad Request: reply markup is too long"));
    }
    if settings.older {
        rows.iter_mut().flatten().for_each(|button| (button.style, button.copy_text) = (None, None));
    }
    rows.iter().flatten().try_for_each(|button| check(button, settings))?;
    Ok(rows)
}

/// The longest text that a button copies, in characters.
const LONGEST_COPY: usize = 256;

fn check(button: &Button, settings: &Settings) -> Result<(), Refused> {
    if button.text.trim().is_empty() {
        return Err(Refused::bad("Bad Request: inline keyboard button text must be non-empty"));
    }
    if button.style.as_ref().is_some_and(|style| !["danger", "success", "primary"].contains(&style.as_str())) {
        return Err(Refused::bad("Bad Request: BUTTON_STYLE_INVALID"));
    }
    let actions = [
        button.callback_data.is_some(),
        button.url.is_some(),
        button.copy_text.is_some(),
        button.switch_inline_query.is_some(),
        button.switch_inline_query_current_chat.is_some(),
    ];
    if actions.iter().filter(|is_given| **is_given).count() > 1 {
        return Err(Refused::bad("Bad Request: can't parse inline keyboard button: more than one action"));
    }
    if let Some(data) = &button.callback_data {
        let fits = (1..=LONGEST_DATA).contains(&data.len());
        return if fits { Ok(()) } else { Err(Refused::bad("Bad Request: BUTTON_DATA_INVALID")) };
    }
    if let Some(url) = &button.url {
        return if opens(url) { Ok(()) } else { Err(Refused::bad("Bad Request: BUTTON_URL_INVALID")) };
    }
    if let Some(copied) = &button.copy_text {
        let length = copied["text"].as_str().map_or(0, |text| text.chars().count());
        let fits = (1..=LONGEST_COPY).contains(&length);
        return if fits { Ok(()) } else { Err(Refused::bad("Bad Request: BUTTON_COPY_TEXT_INVALID")) };
    }
    if button.switch_inline_query.is_some() && !settings.inline {
        return Err(Refused::bad("Bad Request: BUTTON_TYPE_INVALID"));
    }
    let other = button.copy_text.is_some()
        || button.switch_inline_query.is_some()
        || button.switch_inline_query_current_chat.is_some();
    if !other {
        return Err(Refused::bad(
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ));
    }
    Ok(())
}

fn opens(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => host.contains('.') && !host.contains(char::is_whitespace),
        "tg" => !host.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keyboards_are_judged_as_telegram_does() {
        let data = |text: &str, data: &str| json!({ "text": text, "callback_data": data });
        let url = |url: &str| json!({ "text": "Open", "url": url });
        let many = |count: usize| {
            (0..count).map(|n| json!([{ "text": "x", "callback_data": n.to_string() }])).collect::<Vec<_>>()
        };
        let cases: Vec<(Value, &str)> = vec![
            (json!([[data("Yes", "y")]]), ""),
            (json!([[data("Yes", &"y".repeat(64))]]), ""),
            (json!([[data("Yes", &"y".repeat(65))]]), "BUTTON_DATA_INVALID"),
            (json!([[data("Yes", &"я".repeat(33))]]), "BUTTON_DATA_INVALID"),
            (json!([[data("Yes", "")]]), "BUTTON_DATA_INVALID"),
            (json!([[data(" ", "y")]]), "must be non-empty"),
            (json!([[{ "text": "bare" }]]), "Text buttons are unallowed"),
            (json!([[url("https://t.me/bot?start=x")]]), ""),
            (json!([[url("tg://user?id=1")]]), ""),
            (json!([[url("ftp://example.org")]]), "BUTTON_URL_INVALID"),
            (json!([[url("nonsense")]]), "BUTTON_URL_INVALID"),
            (json!([[{ "text": "x", "callback_data": "y", "style": "danger" }]]), ""),
            (json!([[{ "text": "x", "callback_data": "y", "style": "loud" }]]), "BUTTON_STYLE_INVALID"),
            (json!([[{ "text": "x", "callback_data": "y", "url": "https://example.org" }]]), "more than one action"),
            (json!([[{ "text": "x", "copy_text": { "text": "y".repeat(256) } }]]), ""),
            (json!([[{ "text": "x", "copy_text": { "text": "y".repeat(257) } }]]), "BUTTON_COPY_TEXT_INVALID"),
            (json!([[{ "text": "x", "switch_inline_query": "y" }]]), "BUTTON_TYPE_INVALID"),
            (json!(many(100)), ""),
            (json!(many(101)), "reply markup is too long"),
        ];
        for (keyboard, words) in cases {
            let Value::Object(map) = json!({ "reply_markup": { "inline_keyboard": keyboard } }) else { unreachable!() };
            let refused = rows(&Params(map), &Settings::new("1:x"))
                .err()
                .map(|refused| refused.description.into_owned())
                .unwrap_or_default();
            assert_eq!(words.is_empty(), refused.is_empty(), "{words}: {refused}");
            assert!(refused.contains(words), "{words}: {refused}");
        }
    }
}
