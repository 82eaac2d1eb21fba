//! The methods of the Bot API that are known here.

pub(crate) mod commands;
pub(crate) mod documents;
pub(crate) mod groups;
pub(crate) mod inline;
pub(crate) mod messages;
pub(crate) mod presses;
pub(crate) mod profile;
pub(crate) mod updates;
pub(crate) mod webhooks;

use std::sync::Arc;

pub use commands::Command;

use crate::params::Params;
use crate::refusal::Refused;
use crate::shared::Shared;
use crate::telegram::Telegram;
use crate::wire::{UserJson, json};
pub(crate) use profile::Text;

/// A method; its place is its counter's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    GetMe,
    GetUpdates,
    SetWebhook,
    DeleteWebhook,
    GetWebhookInfo,
    SendMessage,
    SendDocument,
    SendPhoto,
    EditMessageText,
    EditMessageReplyMarkup,
    DeleteMessage,
    PinChatMessage,
    UnpinChatMessage,
    AnswerCallbackQuery,
    SetMyCommands,
    GetMyCommands,
    DeleteMyCommands,
    SendChatAction,
    GetMyName,
    SetMyName,
    GetMyDescription,
    SetMyDescription,
    GetMyShortDescription,
    SetMyShortDescription,
    GetChatMenuButton,
    SetChatMenuButton,
    GetChat,
    AnswerInlineQuery,
}

use Method::*;

/// Their names as Telegram spells them.
pub(crate) const METHODS: [(Method, &str); 28] = [
    (GetMe, "getMe"),
    (GetUpdates, "getUpdates"),
    (SetWebhook, "setWebhook"),
    (DeleteWebhook, "deleteWebhook"),
    (GetWebhookInfo, "getWebhookInfo"),
    (SendMessage, "sendMessage"),
    (SendDocument, "sendDocument"),
    (SendPhoto, "sendPhoto"),
    (EditMessageText, "editMessageText"),
    (EditMessageReplyMarkup, "editMessageReplyMarkup"),
    (DeleteMessage, "deleteMessage"),
    (PinChatMessage, "pinChatMessage"),
    (UnpinChatMessage, "unpinChatMessage"),
    (AnswerCallbackQuery, "answerCallbackQuery"),
    (SetMyCommands, "setMyCommands"),
    (GetMyCommands, "getMyCommands"),
    (DeleteMyCommands, "deleteMyCommands"),
    (SendChatAction, "sendChatAction"),
    (GetMyName, "getMyName"),
    (SetMyName, "setMyName"),
    (GetMyDescription, "getMyDescription"),
    (SetMyDescription, "setMyDescription"),
    (GetMyShortDescription, "getMyShortDescription"),
    (SetMyShortDescription, "setMyShortDescription"),
    (GetChatMenuButton, "getChatMenuButton"),
    (SetChatMenuButton, "setChatMenuButton"),
    (GetChat, "getChat"),
    (AnswerInlineQuery, "answerInlineQuery"),
];

impl Method {
    /// Telegram doesn't mind the case of a method's letters.
    pub fn named(name: &str) -> Option<Self> {
        METHODS.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(method, _)| *method)
    }

    pub fn name(self) -> &'static str {
        METHODS[self as usize].1
    }
}

/// Does a request that needs no waiting, and gives the JSON of its result.
pub(crate) fn call(
    shared: &Arc<Shared>,
    telegram: &mut Telegram,
    method: Method,
    params: &Params,
) -> Result<String, Refused> {
    match method {
        GetMe => Ok(me(telegram)),
        GetUpdates => Err(Refused::not_found()),
        SetWebhook => webhooks::set(shared, telegram, params),
        DeleteWebhook => webhooks::delete(shared, telegram, params),
        GetWebhookInfo => Ok(webhooks::info(telegram)),
        SendDocument => documents::send(telegram, params),
        SendPhoto => documents::send_photo(telegram, params),
        SendMessage => messages::send(telegram, params),
        EditMessageText => messages::edit_text(telegram, params),
        EditMessageReplyMarkup => messages::edit_markup(telegram, params),
        DeleteMessage => messages::delete(telegram, params),
        PinChatMessage => groups::pin(telegram, params),
        UnpinChatMessage => groups::unpin(telegram, params),
        AnswerCallbackQuery => presses::answer(telegram, params),
        SetMyCommands => commands::set(telegram, params),
        GetMyCommands => commands::get(telegram, params),
        DeleteMyCommands => commands::delete(telegram, params),
        SendChatAction => messages::chat_action(telegram, params),
        GetMyName => profile::get(telegram, params, Text::Name),
        SetMyName => profile::set(telegram, params, Text::Name),
        GetMyDescription => profile::get(telegram, params, Text::Description),
        SetMyDescription => profile::set(telegram, params, Text::Description),
        GetMyShortDescription => profile::get(telegram, params, Text::ShortDescription),
        SetMyShortDescription => profile::set(telegram, params, Text::ShortDescription),
        GetChatMenuButton => Ok(profile::menu_button(telegram)),
        SetChatMenuButton => profile::set_menu_button(telegram, params),
        GetChat => profile::chat(telegram, params),
        AnswerInlineQuery => inline::answer(telegram, params),
    }
}

fn me(telegram: &Telegram) -> String {
    let mut me = json(&UserJson::bot(telegram.bot_id, &telegram.settings.username));
    me.pop();
    let (inline, topics) = (telegram.settings.inline, telegram.settings.topics);
    me.push_str(&format!(
        ",\"can_join_groups\":true,\"can_read_all_group_messages\":false,\"supports_inline_queries\":{inline},\
         \"can_connect_to_business\":false,\"has_main_web_app\":false,\"has_topics_enabled\":{topics}}}"
    ));
    me
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_methods_place_is_its_counters_place() {
        for (at, (method, name)) in METHODS.iter().enumerate() {
            assert_eq!((*method as usize, method.name()), (at, *name));
        }
    }
}
