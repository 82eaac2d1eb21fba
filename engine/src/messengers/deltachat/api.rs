//! What we ask of the program, and what of its answers we read. `tests/deltachat/described.rs` holds both against its own
//! description of itself.

use serde::Deserialize;

use super::rpc::Method;

macro_rules! methods {
    ($($constant:ident = $name:literal $parameters:literal;)*) => {
        $(pub const $constant: Method = Method($name, $parameters);)*

        /// All calls that we make.
        #[doc(hidden)]
        pub const METHODS: &[Method] = &[$($constant),*];
    };
}

methods! {
    ADD_ACCOUNT = "add_account" 0;
    ADD_OR_UPDATE_TRANSPORT = "add_or_update_transport" 2;
    ADD_TRANSPORT_FROM_QR = "add_transport_from_qr" 2;
    BATCH_SET_CONFIG = "batch_set_config" 2;
    CHAT_LINK = "get_chat_securejoin_qr_code" 2;
    CHECK_QR = "check_qr" 2;
    DELETE_FOR_ALL = "delete_messages_for_all" 2;
    GET_ALL_ACCOUNT_IDS = "get_all_account_ids" 0;
    GET_CHAT = "get_basic_chat_info" 2;
    GET_CHAT_CONTACTS = "get_chat_contacts" 2;
    GET_CHATLIST = "get_chatlist_entries" 4;
    GET_CONFIG = "get_config" 2;
    GET_CONNECTIVITY = "get_connectivity" 1;
    GET_DRAFT = "get_draft" 2;
    GET_EVENTS = "get_next_event_batch" 0;
    GET_FRESH = "get_fresh_msgs" 1;
    GET_KEYS_OF = "get_contact_encryption_info" 2;
    GET_MESSAGE = "get_message" 2;
    GET_MESSAGE_INFO = "get_message_info_object" 2;
    GET_EXISTING = "get_existing_msg_ids" 2;
    IS_CONFIGURED = "is_configured" 1;
    LEAVE_GROUP = "leave_group" 2;
    MARK_SEEN = "markseen_msgs" 2;
    MAYBE_NETWORK = "maybe_network" 0;
    PIN = "set_pinned_message_state" 3;
    RESEND = "resend_messages" 2;
    SEND_DRAFT = "misc_send_draft" 2;
    SEND_EDIT = "send_edit_request" 3;
    SET_DRAFT = "misc_set_draft" 7;
    SET_CONFIG = "set_config" 3;
    START_IO = "start_io" 1;
}

/// A message, as far as it matters.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    pub id: i64,
    pub chat_id: i64,
    pub from_id: i64,
    pub text: String,
    pub state: u32,
    pub view_type: String,
    pub download_state: String,
    pub is_info: bool,
    pub is_bot: bool,
    pub is_edited: bool,
    pub system_message_type: String,
    pub info_contact_id: Option<i64>,
    pub parent_id: Option<i64>,
    pub quote: Option<Quote>,
    pub error: Option<String>,
    pub sender: Contact,
}

/// The message that is quoted in another one.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind")]
pub enum Quote {
    /// One that is there.
    #[serde(rename_all = "camelCase")]
    WithMessage { text: String, message_id: i64 },
    /// One that is not there, or never was.
    JustText {},
}

/// A contact, as far as it matters.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    pub address: String,
    pub auth_name: String,
    pub is_bot: bool,
}

/// What a message is called beyond this folder.
#[derive(Clone, Debug, Deserialize)]
pub struct MessageInfo {
    #[serde(rename = "rfc724Mid")]
    pub rfc724_mid: String,
}

/// A chat, as far as it matters.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chat {
    pub chat_type: String,
}

/// What a link or a QR code is to this account.
#[derive(Clone, Debug, Deserialize)]
pub struct Code {
    pub kind: String,
}

/// Of a link to us: it could be revived, so it was withdrawn.
pub const WITHDRAWN: &str = "reviveVerifyContact";

/// What has happened. There is one account.
#[derive(Clone, Debug, Deserialize)]
pub struct Happened {
    pub event: Event,
}

/// What can happen that matters.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all_fields = "camelCase")]
pub enum Event {
    IncomingMsg {},
    MsgsChanged {
        msg_id: i64,
    },
    MsgDelivered {
        msg_id: i64,
    },
    MsgRead {
        msg_id: i64,
    },
    MsgFailed {
        msg_id: i64,
    },
    SecurejoinInviterProgress {
        chat_id: i64,
        progress: u32,
    },
    ImapInboxIdle,
    Warning {
        msg: String,
    },
    Error {
        msg: String,
    },
    /// Some were dropped.
    #[serde(rename = "EventChannelOverflow")]
    Overflow {},
    #[serde(other)]
    Other,
}

/// The fields that are read, by the name that the program's description has for what they are in.
#[doc(hidden)]
pub const FIELDS: &[(&str, &[&str])] = &[
    (
        "Message",
        &[
            "id",
            "chatId",
            "fromId",
            "text",
            "state",
            "viewType",
            "downloadState",
            "isInfo",
            "isBot",
            "isEdited",
            "systemMessageType",
            "infoContactId",
            "parentId",
            "quote",
            "error",
            "sender",
        ],
    ),
    ("MessageQuote", &["kind", "text", "messageId"]),
    ("Contact", &["address", "authName", "isBot"]),
    ("MessageInfo", &["rfc724Mid"]),
    ("BasicChat", &["chatType"]),
    ("Qr", &["kind"]),
    ("Event", &["event"]),
    ("EventType", &["kind", "msgId", "chatId", "progress", "msg"]),
    (
        "EnteredLoginParam",
        &[
            "addr",
            "password",
            "imapServer",
            "imapPort",
            "imapSecurity",
            "smtpServer",
            "smtpPort",
            "smtpSecurity",
            "certificateChecks",
        ],
    ),
];

/// The states of a message of ours.
pub mod state {
    /// It is being written.
    pub const DRAFT: u32 = 19;
    /// It is on its way, or was.
    pub const PENDING: u32 = 20;
    /// It was not taken.
    pub const FAILED: u32 = 24;
    /// Our mail server has it.
    pub const DELIVERED: u32 = 26;
    /// They have read it.
    pub const READ: u32 = 28;
}

/// How far the program is in touch with the mail server.
pub mod connectivity {
    /// It is signed in, and may be at work.
    pub const IN_TOUCH: u32 = 3000;
    /// It has everything, and waits for more.
    pub const ALL_FETCHED: u32 = 4000;
}

/// Whoever has a smaller number is no person: ourselves, the device, what the program says by itself.
pub const LAST_SPECIAL_CONTACT: i64 = 9;

/// Ourselves.
pub const SELF: i64 = 1;
