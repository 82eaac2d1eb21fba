//! Groups: what is said to the bot there, what happens to it, and what it does with its messages. Of what people say among
//! themselves only commands are passed on.

use teloxide::payloads::{DeleteMessage, EditMessageText, PinChatMessage, UnpinChatMessage};
use teloxide::types::{ChatId, MessageId};

use super::Telegram;
use super::letter::NOTHING;
use super::update::{Member, Message, Says, User};
use super::verdict::{Verdict, verdict};
use super::wire::{Done, Trouble, Yes};
use crate::conversation::{FromGroup, HeardInGroup, Pinned, SendError, Speaker};

/// Whether an update is from a group, whatever it says.
pub(super) fn is_from_one(says: &Says) -> bool {
    match says {
        Says::Message(message) | Says::Edited(message) => message.chat.is_group(),
        Says::Member(member) => member.chat.is_group(),
        Says::Press(_) | Says::Asked(_) | Says::Else => false,
    }
}

/// What an update from a group says to the bot, if it says anything.
pub(super) fn heard(update: i64, says: &Says) -> Option<FromGroup> {
    match says {
        Says::Message(message) if message.chat.is_group() => said(update, message),
        Says::Member(member) if member.chat.is_group() => member_says(update, member),
        _ => None,
    }
}

fn said(update: i64, message: &Message) -> Option<FromGroup> {
    let from_group = |chat: i64, who, heard| FromGroup {
        address: chat.to_string(),
        update: update.to_string(),
        place: message.topic().map(|topic| topic.to_string()),
        who,
        heard,
    };
    let chat = message.chat.id;
    if let Some(to) = message.migrate_to_chat_id {
        return Some(from_group(chat, None, HeardInGroup::Moved(to.to_string())));
    }
    if let Some(from) = message.migrate_from_chat_id {
        return Some(from_group(from, None, HeardInGroup::Moved(chat.to_string())));
    }
    if let Some(left) = &message.left_chat_member {
        let is_person = !left.is_bot;
        return is_person.then(|| from_group(chat, Some(speaker(left)), HeardInGroup::Left));
    }
    let text = message.text.as_ref().filter(|text| text.starts_with('/'))?;
    // Who speaks in the name of the group, or of a channel, is nobody in particular.
    let who = message.from.as_ref().filter(|from| !from.is_bot && message.sender_chat.is_none());
    let is_a_bot = message.from.as_ref().is_some_and(|from| from.is_bot) && message.sender_chat.is_none();
    (!is_a_bot).then(|| from_group(chat, who.map(speaker), HeardInGroup::Text(text.clone())))
}

fn member_says(update: i64, member: &Member) -> Option<FromGroup> {
    let is_in = |status: &str| matches!(status, "member" | "administrator" | "restricted");
    let was_in = member.old_chat_member.as_ref().is_some_and(|before| is_in(&before.status));
    let heard = match member.new_chat_member.status.as_str() {
        "left" | "kicked" => HeardInGroup::Removed,
        now if is_in(now) && !was_in => HeardInGroup::Added,
        "administrator" => HeardInGroup::Allowed,
        _ => return None,
    };
    let who = Some(&member.from).filter(|from| !from.is_bot).map(speaker);
    Some(FromGroup { address: member.chat.id.to_string(), update: update.to_string(), place: None, who, heard })
}

fn speaker(user: &User) -> Speaker {
    Speaker { address: user.id.to_string(), name: user.name(), lang: user.language_code.clone() }
}

/// Whether this is said to the bot of this name: a command may name another.
fn is_for(text: &str, username: Option<&str>) -> bool {
    let command = text.split_whitespace().next().unwrap_or_default();
    match (command.split_once('@'), username) {
        (None, _) => true,
        (Some((_, named)), Some(us)) => named.eq_ignore_ascii_case(us),
        (Some(_), None) => false,
    }
}

impl Telegram {
    /// Whether something from a group is for us.
    pub(super) fn is_for_us(&self, heard: &FromGroup) -> bool {
        match &heard.heard {
            HeardInGroup::Text(text) => is_for(text, self.username().as_deref()),
            _ => true,
        }
    }

    pub(super) async fn pin_in(&self, group: &str, message: &str) -> Result<Pinned, SendError> {
        let (chat, message_id) = self.place(group, message)?;
        let mut request = PinChatMessage::new(chat, message_id);
        // The message itself has been heard.
        request.disable_notification = Some(true);
        match self.wire.call::<Yes>(&request).await {
            Ok(_) => {
                self.hold.answered(group);
                Ok(Pinned::Done)
            }
            Err(trouble) => match verdict(&trouble) {
                Some(Verdict::NotAllowed) => Ok(Pinned::NotAllowed),
                // Somebody has deleted it: it is shown in another one when it changes next.
                Some(Verdict::SendAnew) => Ok(Pinned::Done),
                judged => Err(self.put_off(group, judged, &trouble)),
            },
        }
    }

    pub(super) async fn take_away_in(&self, group: &str, message: &str) -> Result<(), SendError> {
        let (chat, message_id) = self.place(group, message)?;
        match self.wire.call::<Yes>(&DeleteMessage::new(chat, message_id)).await {
            Ok(_) => {
                self.hold.answered(group);
                return Ok(());
            }
            Err(trouble) => match verdict(&trouble) {
                Some(Verdict::SendAnew) => return Ok(()),
                // It is too old for that, or we may not.
                Some(Verdict::Unforeseen | Verdict::NotAllowed | Verdict::Broken) => {}
                judged => return Err(self.put_off(group, judged, &trouble)),
            },
        }
        let mut unpin = UnpinChatMessage::new(chat);
        unpin.message_id = Some(message_id);
        if let Err(trouble) = self.wire.call::<Yes>(&unpin).await
            && trouble.pause().is_some()
        {
            return Err(self.put_off(group, None, &trouble));
        }
        let empty = EditMessageText::new(chat, message_id, NOTHING);
        match self.wire.call::<Done>(&empty).await {
            Err(trouble) if verdict(&trouble).is_none() => Err(self.put_off(group, None, &trouble)),
            _ => Ok(()),
        }
    }

    fn place(&self, group: &str, message: &str) -> Result<(ChatId, MessageId), SendError> {
        if let Some(held) = self.hold.now(group) {
            return Err(held);
        }
        let numbers = group.parse().ok().zip(message.parse().ok());
        let (chat, message) = numbers.ok_or_else(|| SendError::Broken("the address is no message's".to_owned()))?;
        Ok((ChatId(chat), MessageId(message)))
    }

    /// A request about a group was refused, or not answered.
    fn put_off(&self, group: &str, judged: Option<Verdict>, trouble: &Trouble) -> SendError {
        match judged {
            None => match trouble.pause() {
                Some(pause) => self.hold.limited(group, pause),
                None => SendError::Later(self.hold.failed(group, trouble)),
            },
            Some(judged) => {
                self.hold.answered(group);
                match judged {
                    Verdict::Gone => SendError::Gone,
                    Verdict::Moved(to) => SendError::Moved(to.to_string()),
                    _ => SendError::Broken(trouble.to_string()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;
    use serde_json::{Value, json};

    use super::super::update::Update;
    use super::*;

    fn heard_of(kind: &str, body: Value) -> Option<FromGroup> {
        let update = json!({ "update_id": 7, kind: body }).to_string();
        let raw: Box<RawValue> = serde_json::from_str(&update).expect("JSON");
        let Update { id, says } = Update::read(&raw).expect("an update");
        heard(id, &says)
    }

    fn message(changes: Value) -> Value {
        let mut message = json!({
            "message_id": 12, "date": 1_790_000_000,
            "from": { "id": 5, "is_bot": false, "first_name": "Anna", "last_name": "K.", "language_code": "ru" },
            "chat": { "id": -100, "type": "supergroup", "title": "us" },
        });
        for (key, value) in changes.as_object().expect("an object") {
            message[key] = value.clone();
        }
        message
    }

    fn text(text: &str) -> Option<HeardInGroup> {
        Some(HeardInGroup::Text(text.into()))
    }

    #[test]
    fn in_groups_only_commands_are_heard_and_what_happens_to_the_bot() {
        let person = json!({ "id": 6, "is_bot": false, "first_name": "Boris" });
        let bot = json!({ "id": 42, "is_bot": true, "first_name": "Robot" });
        let moved = |to: &str| Some(HeardInGroup::Moved(to.into()));
        for (changes, meant) in [
            (json!({ "text": "/circle" }), text("/circle")),
            (json!({ "text": "circle" }), None),
            (json!({ "text": "/circle", "chat": { "id": 5, "type": "private" } }), None),
            (json!({ "text": "/circle", "chat": { "id": -5, "type": "channel" } }), None),
            (json!({ "text": "/circle", "from": bot }), None),
            (json!({ "caption": "/circle", "photo": [] }), None),
            (json!({ "left_chat_member": person }), Some(HeardInGroup::Left)),
            (json!({ "left_chat_member": bot }), None),
            (json!({ "migrate_to_chat_id": -1007 }), moved("-1007")),
            (json!({ "migrate_from_chat_id": -7 }), moved("-100")),
            (json!({ "new_chat_members": [person] }), None),
        ] {
            assert_eq!(heard_of("message", message(changes.clone())).map(|it| it.heard), meant, "{changes}");
        }
    }

    #[test]
    fn who_said_it_and_where_is_known() {
        let heard = heard_of("message", message(json!({ "text": "/circle" }))).expect("heard");
        assert_eq!((heard.address.as_str(), heard.update.as_str(), heard.place), ("-100", "7", None));
        let who = heard.who.expect("somebody");
        assert_eq!((who.address.as_str(), who.name.as_str(), who.lang.as_deref()), ("5", "Anna K.", Some("ru")));
        let topic = json!({ "text": "/circle", "message_thread_id": 77, "is_topic_message": true });
        assert_eq!(heard_of("message", message(topic)).expect("heard").place.as_deref(), Some("77"));
        let reply = json!({ "text": "/circle", "message_thread_id": 77 });
        assert_eq!(heard_of("message", message(reply)).expect("heard").place, None);
        let anonymous = json!({
            "text": "/circle", "from": { "id": 1_087_968_824, "is_bot": true, "first_name": "Group" },
            "sender_chat": { "id": -100, "type": "supergroup", "title": "us" },
        });
        let heard = heard_of("message", message(anonymous)).expect("heard");
        assert_eq!((heard.who, heard.heard), (None, HeardInGroup::Text("/circle".into())));
    }

    #[test]
    fn what_the_bot_is_in_a_group_is_understood() {
        for (before, now, heard) in [
            (Some("left"), "member", Some(HeardInGroup::Added)),
            (Some("kicked"), "administrator", Some(HeardInGroup::Added)),
            (None, "member", Some(HeardInGroup::Added)),
            (Some("member"), "administrator", Some(HeardInGroup::Allowed)),
            (Some("administrator"), "member", None),
            (Some("member"), "left", Some(HeardInGroup::Removed)),
            (Some("administrator"), "kicked", Some(HeardInGroup::Removed)),
            (Some("member"), "something_new", None),
        ] {
            let mut body = message(json!({ "new_chat_member": { "status": now } }));
            if let Some(before) = before {
                body["old_chat_member"] = json!({ "status": before });
            }
            assert_eq!(heard_of("my_chat_member", body).map(|it| it.heard), heard, "{before:?} {now}");
        }
    }

    #[test]
    fn a_command_for_another_bot_is_not_for_us() {
        for (text, us, is_ours) in [
            ("/circle", Some("our_bot"), true),
            ("/circle@our_bot", Some("our_bot"), true),
            ("/circle@Our_Bot now", Some("our_bot"), true),
            ("/circle@other_bot", Some("our_bot"), false),
            ("/circle@other_bot", None, false),
            ("/circle me@example.org", Some("our_bot"), true),
        ] {
            assert_eq!(is_for(text, us), is_ours, "{text}");
        }
    }
}
