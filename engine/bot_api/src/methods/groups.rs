//! Pinning in groups.

use crate::params::Params;
use crate::refusal::Refused;
use crate::telegram::Telegram;

use super::messages::message_id;

pub(crate) fn pin(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let group = group(telegram, params)?;
    group.reachable()?;
    group.pins()?;
    let id = message_id(params)?;
    if group.history.get(id).is_none_or(|message| message.deleted) {
        return Err(Refused::too_late("Bad Request: message to pin not found"));
    }
    group.pinned.retain(|pinned| *pinned != id);
    group.pinned.push(id);
    group.changed.notify_waiters();
    Ok("true".to_owned())
}

pub(crate) fn unpin(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let group = group(telegram, params)?;
    group.reachable()?;
    group.pins()?;
    let id = message_id(params)?;
    group.pinned.retain(|pinned| *pinned != id);
    group.changed.notify_waiters();
    Ok("true".to_owned())
}

fn group<'t>(telegram: &'t mut Telegram, params: &Params) -> Result<&'t mut crate::group::Group, Refused> {
    let found = params.int("chat_id").and_then(|chat| telegram.groups.get_mut(&chat));
    found.ok_or_else(|| Refused::bad("Bad Request: chat not found"))
}
