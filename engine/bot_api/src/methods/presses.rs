//! `answerCallbackQuery`.

use crate::params::Params;
use crate::press::PressAnswer;
use crate::refusal::Refused;
use crate::telegram::Telegram;
use crate::text::utf16_len;

const UNKNOWN: &str = "Bad Request: query is too old and response timeout expired or query ID is invalid";
const LONGEST: usize = 200;

pub(crate) fn answer(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let text = params.text("text").map(|text| text.into_owned()).filter(|text| !text.is_empty());
    if text.as_deref().is_some_and(|text| utf16_len(text) > LONGEST) {
        return Err(Refused::bad("Bad Request: MESSAGE_TOO_LONG"));
    }
    let id = params.int("callback_query_id").and_then(|id| u64::try_from(id).ok());
    let Some(press) = id.and_then(|id| telegram.presses.get_mut(&id)) else {
        return Err(Refused::bad(UNKNOWN));
    };
    if press.too_old {
        return Err(Refused::too_late(UNKNOWN));
    }
    press.answers += 1;
    press.answer.get_or_insert(PressAnswer { text, alert: params.flag("show_alert") });
    let (id, user) = (press.id, press.user);
    if !telegram.settings.history {
        telegram.presses.remove(&id);
    }
    if let Some(person) = telegram.people.get(&user) {
        person.changed.notify_waiters();
    }
    Ok("true".to_owned())
}
