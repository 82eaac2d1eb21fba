//! One account of the program: what we ask it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::api::{self, Chat, Code, Message, MessageInfo};
use super::rpc::{Rpc, RpcError};

/// An account that is there, and the program that keeps it.
#[derive(Clone, Debug)]
pub struct Core {
    /// The line to the program.
    pub rpc: Rpc,
    /// The account's number there.
    pub account: u32,
}

/// What a message of ours is to be.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// What it says.
    pub text: Option<&'a str>,
    /// A file that comes with it: where it lies, and what it is called.
    pub file: Option<(&'a str, &'a str)>,
    /// How the file is shown.
    pub view_type: Option<&'a str>,
}

impl Core {
    pub async fn message(&self, id: i64) -> Result<Message, RpcError> {
        self.rpc.call(api::GET_MESSAGE, (self.account, id)).await
    }

    /// The message, if there is one: they vanish, where a chat has a timer.
    pub async fn message_if_there(&self, id: i64) -> Result<Option<Message>, RpcError> {
        let there: Vec<i64> = self.rpc.call(api::GET_EXISTING, (self.account, [id])).await?;
        if there.is_empty() { Ok(None) } else { self.message(id).await.map(Some) }
    }

    /// By what every copy of this message is known.
    pub async fn name_of(&self, id: i64) -> Result<String, RpcError> {
        let info: MessageInfo = self.rpc.call(api::GET_MESSAGE_INFO, (self.account, id)).await?;
        Ok(info.rfc724_mid)
    }

    /// What nobody has seen to yet, in the order in which it came.
    pub async fn fresh(&self) -> Result<Vec<i64>, RpcError> {
        let mut ids: Vec<i64> = self.rpc.call(api::GET_FRESH, (self.account,)).await?;
        ids.sort_unstable();
        Ok(ids)
    }

    pub async fn mark_seen(&self, ids: &[i64]) -> Result<(), RpcError> {
        self.rpc.call(api::MARK_SEEN, (self.account, ids)).await
    }

    /// Puts this in the place of whatever draft the chat had, and gives the number that it will be sent under.
    pub async fn draft(&self, chat: i64, draft: Draft<'_>) -> Result<Option<i64>, RpcError> {
        let (path, name) = draft.file.unzip();
        let nothing: Option<i64> = None;
        let params = (self.account, chat, draft.text, path, name, nothing, draft.view_type);
        self.rpc.call::<()>(api::SET_DRAFT, params).await?;
        Ok(self.drafted(chat).await?.map(|message| message.id))
    }

    pub async fn drafted(&self, chat: i64) -> Result<Option<Message>, RpcError> {
        self.rpc.call(api::GET_DRAFT, (self.account, chat)).await
    }

    pub async fn send_draft(&self, chat: i64) -> Result<i64, RpcError> {
        self.rpc.call(api::SEND_DRAFT, (self.account, chat)).await
    }

    pub async fn resend(&self, message: i64) -> Result<(), RpcError> {
        self.rpc.call(api::RESEND, (self.account, [message])).await
    }

    pub async fn edit(&self, message: i64, text: &str) -> Result<(), RpcError> {
        self.rpc.call(api::SEND_EDIT, (self.account, message, text)).await
    }

    pub async fn pin(&self, message: i64, pinned: bool) -> Result<(), RpcError> {
        self.rpc.call(api::PIN, (self.account, message, pinned)).await
    }

    pub async fn delete_for_all(&self, message: i64) -> Result<(), RpcError> {
        self.rpc.call(api::DELETE_FOR_ALL, (self.account, [message])).await
    }

    pub async fn chat(&self, id: i64) -> Result<Chat, RpcError> {
        self.rpc.call(api::GET_CHAT, (self.account, id)).await
    }

    pub async fn chats(&self) -> Result<Vec<i64>, RpcError> {
        let none: Option<u32> = None;
        self.rpc.call(api::GET_CHATLIST, (self.account, none, none, none)).await
    }

    pub async fn people_in(&self, chat: i64) -> Result<Vec<i64>, RpcError> {
        self.rpc.call(api::GET_CHAT_CONTACTS, (self.account, chat)).await
    }

    /// All keys that are used with somebody, as a text for people.
    pub async fn keys_of(&self, contact: i64) -> Result<String, RpcError> {
        self.rpc.call(api::GET_KEYS_OF, (self.account, contact)).await
    }

    /// The link by which people come; in a group, with what the group calls itself.
    pub async fn link(&self, chat: Option<i64>) -> Result<String, RpcError> {
        self.rpc.call(api::CHAT_LINK, (self.account, chat)).await
    }

    /// Whether this is a link of ours that nobody comes by any more.
    pub async fn is_withdrawn(&self, link: &str) -> Result<bool, RpcError> {
        let code: Code = self.rpc.call(api::CHECK_QR, (self.account, link)).await?;
        Ok(code.kind == api::WITHDRAWN)
    }

    pub async fn leave(&self, chat: i64) -> Result<(), RpcError> {
        self.rpc.call(api::LEAVE_GROUP, (self.account, chat)).await
    }

    pub async fn config(&self, key: &str) -> Result<Option<String>, RpcError> {
        self.rpc.call(api::GET_CONFIG, (self.account, key)).await
    }

    pub async fn set_config(&self, key: &str, value: &str) -> Result<(), RpcError> {
        self.rpc.call(api::SET_CONFIG, (self.account, key, value)).await
    }

    pub async fn set_configs(&self, all: &BTreeMap<&str, Option<String>>) -> Result<(), RpcError> {
        self.rpc.call(api::BATCH_SET_CONFIG, (self.account, all)).await
    }

    pub async fn is_configured(&self) -> Result<bool, RpcError> {
        self.rpc.call(api::IS_CONFIGURED, (self.account,)).await
    }

    pub async fn log_in(&self, transport: &Value) -> Result<(), RpcError> {
        self.rpc.call(api::ADD_OR_UPDATE_TRANSPORT, (self.account, transport)).await
    }

    pub async fn log_in_by(&self, qr: &str) -> Result<(), RpcError> {
        self.rpc.call(api::ADD_TRANSPORT_FROM_QR, (self.account, qr)).await
    }

    pub async fn starts(&self) -> Result<(), RpcError> {
        self.rpc.call(api::START_IO, (self.account,)).await
    }

    /// How far it is in touch with the mail server: see [`api::connectivity`].
    pub async fn connectivity(&self) -> Result<u32, RpcError> {
        self.rpc.call(api::GET_CONNECTIVITY, (self.account,)).await
    }

    /// Tries the network now, whatever was to be waited for.
    pub async fn tries_again(&self) -> Result<(), RpcError> {
        self.rpc.call(api::MAYBE_NETWORK, ()).await
    }
}
