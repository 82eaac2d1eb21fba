//! The public description of the Bot API, and whether what is said to it and by it is as it says. What Telegram passes over
//! (a parameter that it does not know, say) is a mistake all the same: whoever wrote it meant something.

mod parsed;

use std::sync::OnceLock;

use serde_json::{Map, Value};

use parsed::{Described, Field, Kind};

/// The description, once it was read.
fn described() -> &'static Described {
    static DESCRIBED: OnceLock<Described> = OnceLock::new();
    DESCRIBED.get_or_init(|| Described::parse(include_str!("10.1.txt")))
}

/// Whether a method is called as it is described.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check_call(method: &str, params: &Map<String, Value>) -> Result<(), String> {
    let Some((_, fields)) = described().methods.get(method) else { return Err(format!("there is no method {method}")) };
    check_fields(fields, params, As::Said).map_err(|why| format!("{method}: {why}"))
}

/// Whether this is what a method answers.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check_answer(method: &str, result: &Value) -> Result<(), String> {
    let Some((kinds, _)) = described().methods.get(method) else { return Err(format!("there is no method {method}")) };
    check_one_of(kinds, result, As::Told).map_err(|why| format!("the answer of {method}: {why}"))
}

/// Whether this is an update as one is described.
///
/// # Errors
/// What is wrong with it.
#[cfg(test)]
pub(crate) fn check_update(update: &Value) -> Result<(), String> {
    check(&Kind::Named("Update"), update, As::Told).map_err(|why| format!("the update: {why}"))
}

/// How strictly a value is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum As {
    /// By a bot, as a parameter: any value may be a text that holds it as JSON.
    Said,
    /// Inside of another value, or by Telegram.
    Told,
}

fn check_fields(fields: &[Field], object: &Map<String, Value>, how: As) -> Result<(), String> {
    if let Some(unknown) = object.keys().find(|key| !fields.iter().any(|field| field.name == key.as_str())) {
        return Err(format!("there is no {unknown}"));
    }
    for field in fields {
        match object.get(field.name) {
            None | Some(Value::Null) if field.optional => {}
            None | Some(Value::Null) => return Err(format!("{} is missing", field.name)),
            Some(value) => check_one_of(&field.kinds, value, how).map_err(|why| format!("{}: {why}", field.name))?,
        }
    }
    Ok(())
}

fn check_one_of(kinds: &[Kind], value: &Value, how: As) -> Result<(), String> {
    let mut why = "nothing is described".to_owned();
    for kind in kinds {
        match check(kind, value, how) {
            Ok(()) => return Ok(()),
            Err(because) => why = because,
        }
    }
    Err(if kinds.len() > 1 { format!("it is none of {} kinds; of the last: {why}", kinds.len()) } else { why })
}

fn check(kind: &Kind, value: &Value, how: As) -> Result<(), String> {
    if let (As::Said, Value::String(text)) = (how, value)
        && !matches!(kind, Kind::Named("String" | "InputFile"))
    {
        let value = match text.as_str() {
            "True" => Value::Bool(true),
            "False" => Value::Bool(false),
            text => serde_json::from_str(text).map_err(|error| format!("no {kind}: {error}"))?,
        };
        return check(kind, &value, As::Told);
    }
    let name = match kind {
        Kind::List(of) => {
            let list = value.as_array().ok_or_else(|| format!("no {kind}"))?;
            return list.iter().try_for_each(|item| check(of, item, As::Told));
        }
        Kind::Named(name) => *name,
    };
    let is_so = match name {
        "String" => value.is_string(),
        "Integer" => value.is_i64() || value.is_u64(),
        "Float" => value.is_number(),
        "Boolean" => value.is_boolean(),
        // What was uploaded is kept as this server reads it.
        "InputFile" => value.is_object(),
        name => return check_type(name, value),
    };
    if is_so { Ok(()) } else { Err(format!("no {name}")) }
}

fn check_type(name: &str, value: &Value) -> Result<(), String> {
    let described = described();
    if let Some(kinds) = described.unions.get(name) {
        return check_one_of(kinds, value, As::Told).map_err(|why| format!("no {name}: {why}"));
    }
    let fields = described.types.get(name).ok_or_else(|| format!("there is no type {name}"))?;
    let object = value.as_object().ok_or_else(|| format!("no {name}"))?;
    check_fields(fields, object, As::Told).map_err(|why| format!("{name}: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::METHODS;
    use serde_json::json;

    fn call(method: &str, params: Value) -> Result<(), String> {
        check_call(method, params.as_object().expect("an object"))
    }

    #[test]
    fn every_method_that_is_known_here_is_described() {
        for (_, name) in METHODS {
            assert!(described().methods.contains_key(name), "{name}");
        }
    }

    #[test]
    fn every_type_that_is_named_is_described() {
        let known = |kind: &Kind| {
            let name = kind.name();
            let is_plain = ["String", "Integer", "Float", "Boolean"].contains(&name);
            is_plain || described().types.contains_key(name) || described().unions.contains_key(name)
        };
        let described = described();
        let of_methods = described.methods.values().flat_map(|(answers, fields)| {
            answers.iter().chain(fields.iter().flat_map(|field| &field.kinds)).collect::<Vec<_>>()
        });
        let of_types = described.types.values().flatten().flat_map(|field| &field.kinds);
        for kind in of_methods.chain(of_types).chain(described.unions.values().flatten()) {
            assert!(known(kind), "{kind}");
        }
    }

    #[test]
    fn what_is_said_as_it_is_described_is_taken() {
        let button = json!({ "text": "Yes", "callback_data": "y", "style": "danger" });
        let markup = json!({ "inline_keyboard": [[button]] });
        for params in [
            json!({ "chat_id": 5, "text": "hi" }),
            json!({ "chat_id": "5", "text": "hi", "message_thread_id": null }),
            json!({ "chat_id": 5, "text": "hi", "reply_markup": markup }),
            json!({ "chat_id": 5, "text": "hi", "reply_markup": markup.to_string() }),
            json!({ "chat_id": 5, "text": "hi", "disable_notification": "true" }),
            json!({ "chat_id": 5, "text": "5", "entities": [{ "type": "bold", "offset": 0, "length": 1 }] }),
        ] {
            assert_eq!(call("sendMessage", params.clone()), Ok(()), "{params}");
        }
    }

    #[test]
    fn what_is_not_described_is_told() {
        let markup = |button: Value| json!({ "inline_keyboard": [[button]] });
        for (method, params, why) in [
            ("sendMessage", json!({ "chat_id": 5 }), "text is missing"),
            ("sendMessage", json!({ "chat_id": 5, "text": 5 }), "text: no String"),
            ("sendMessage", json!({ "chat_id": true, "text": "hi" }), "chat_id"),
            ("sendMessage", json!({ "chat_id": 5, "text": "hi", "colour": "red" }), "there is no colour"),
            ("sendMessage", json!({ "chat_id": 5, "text": "hi", "message_thread_id": 1.5 }), "no Integer"),
            (
                "sendMessage",
                json!({ "chat_id": 5, "text": "hi", "entities": [{ "type": "bold" }] }),
                "offset is missing",
            ),
            (
                "sendMessage",
                json!({ "chat_id": 5, "text": "hi", "reply_markup": markup(json!({ "text": "x", "copy_text": "y" })) }),
                "it is none of 4 kinds",
            ),
            (
                "editMessageText",
                json!({ "chat_id": 5, "text": "hi", "reply_markup": markup(json!({ "text": "x", "copy_text": "y" })) }),
                "copy_text: no CopyTextButton",
            ),
            ("getMe", json!({ "chat_id": 5 }), "there is no chat_id"),
            ("sendHug", json!({}), "there is no method"),
        ] {
            let told = call(method, params.clone()).err().unwrap_or_default();
            assert!(told.contains(why), "{method} {params}: {told:?}");
        }
    }

    #[tokio::test]
    async fn what_people_do_here_is_told_as_it_is_described() {
        let api = crate::BotApi::start("42:TEST").await;
        let (anna, group) = (api.user(7).named("Anna").username("anna_k"), api.group(-1_000_000_000_007));
        anna.start(Some("x"));
        anna.writes_in(77, "/menu");
        anna.edits(1, "/start y");
        anna.replies(1, "yes");
        anna.presses_data(1, "1:x");
        anna.presses_data(99, "1:x");
        anna.asks_inline("x");
        anna.blocks_bot();
        anna.unblocks_bot();
        group.adds_bot(&anna);
        group.has_topic(5, true);
        group.says_in(5, &anna, "/circle");
        group.says_anonymously("/circle");
        group.is_left_by(&anna);
        group.tells_of_becoming(-1_000_000_000_008);
        let log = anna.shared.telegram().queue.log.clone();
        assert!(log.len() > 12, "{}", log.len());
        for update in log.values() {
            let json = serde_json::from_str(&update.json).expect("JSON");
            assert_eq!(check_update(&json), Ok(()), "{}", update.json);
        }
    }
}
