use super::wire::Trouble;

/// Which buttons a message is refused for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Those that lead to a person.
    People,
    /// Those that open an address.
    Addresses,
    /// Those that only newer servers know, or their styles.
    Extras,
}

/// What to do about a refusal of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The message shows it already.
    ShownAlready,
    /// The message can't be edited any more: send a new one.
    SendAnew,
    /// Some of its buttons may not be shown, to this person or at all: send it without them.
    Without(Refused),
    /// The account can't be reached.
    Gone,
    /// The group goes on under this number.
    Moved(i64),
    /// The group does not let us do this.
    NotAllowed,
    /// The topic of the group is no more.
    NoSuchTopic,
    /// It does not fit: a bug of ours.
    TooLong,
    /// Telegram has forgotten us, for now or for good: nothing is wrong with the letter.
    Stranger,
    /// It is known to be about this letter: a bug of ours.
    Broken,
    /// Nobody has foreseen it: it may be about the letter or about anything else, for good or for a while.
    Unforeseen,
}

/// Telegram's own words, in lower case, and what they mean for a message to one person.
const MEANINGS: [(&str, Verdict); 45] = [
    ("message is not modified", Verdict::ShownAlready),
    ("message can't be edited", Verdict::SendAnew),
    ("message to edit not found", Verdict::SendAnew),
    ("message_id_invalid", Verdict::SendAnew),
    ("button_user_privacy_restricted", Verdict::Without(Refused::People)),
    ("button_user_invalid", Verdict::Without(Refused::People)),
    ("button_url_invalid", Verdict::Without(Refused::Addresses)),
    ("inline keyboard button url", Verdict::Without(Refused::Addresses)),
    ("button_style", Verdict::Without(Refused::Extras)),
    ("button style", Verdict::Without(Refused::Extras)),
    ("copy_text", Verdict::Without(Refused::Extras)),
    ("button_copy", Verdict::Without(Refused::Extras)),
    ("inline_disabled", Verdict::Without(Refused::Extras)),
    ("button_type_invalid", Verdict::Without(Refused::Extras)),
    ("can't parse inline keyboard", Verdict::Without(Refused::Extras)),
    ("chat not found", Verdict::Gone),
    ("user not found", Verdict::Gone),
    ("peer_id_invalid", Verdict::Gone),
    ("input_user_deactivated", Verdict::Gone),
    ("user_is_blocked", Verdict::Gone),
    ("user_deactivated", Verdict::Gone),
    ("bot was blocked", Verdict::Gone),
    ("message to pin not found", Verdict::SendAnew),
    ("message to delete not found", Verdict::SendAnew),
    ("message thread not found", Verdict::NoSuchTopic),
    ("topic_deleted", Verdict::NoSuchTopic),
    ("not enough rights to manage pinned messages", Verdict::NotAllowed),
    ("not enough rights to pin", Verdict::NotAllowed),
    ("chat_admin_required", Verdict::NotAllowed),
    ("message is too long", Verdict::TooLong),
    ("message_too_long", Verdict::TooLong),
    ("request entity too large", Verdict::TooLong),
    ("caption is too long", Verdict::TooLong),
    ("file is too big", Verdict::TooLong),
    ("file must be non-empty", Verdict::Broken),
    ("message text is empty", Verdict::Broken),
    ("text must be non-empty", Verdict::Broken),
    ("text must be encoded", Verdict::Broken),
    ("can't parse entit", Verdict::Broken),
    ("entity_", Verdict::Broken),
    ("entities_too_long", Verdict::Broken),
    ("button_data_invalid", Verdict::Broken),
    ("keyboard button text must be", Verdict::Broken),
    ("reply markup is too long", Verdict::Broken),
    ("reply_markup_too_long", Verdict::Broken),
];

/// Judges a refusal; `None` for anything else, which may go better later.
pub(super) fn verdict(trouble: &Trouble) -> Option<Verdict> {
    let Trouble::Refused { code, description, moved_to, .. } = trouble else { return None };
    if trouble.pause().is_some() {
        return None;
    }
    if trouble.is_about_the_token() {
        return Some(Verdict::Stranger);
    }
    if let Some(to) = moved_to {
        return Some(Verdict::Moved(*to));
    }
    let description = description.to_lowercase();
    let meaning = MEANINGS.iter().find(|(words, _)| description.contains(words)).map(|(_, verdict)| *verdict);
    Some(match (meaning, code) {
        (Some(meaning), _) => meaning,
        // Blocked, deactivated, kicked, never started: whatever it is, we may not write there.
        (None, 403) => Verdict::Gone,
        (None, _) => Verdict::Unforeseen,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telegrams_words_are_understood() {
        for (code, description, judged) in [
            (400, "Bad Request: message is not modified: specified new message content and ...", Verdict::ShownAlready),
            (400, "Bad Request: message can't be edited", Verdict::SendAnew),
            (400, "Bad Request: message to edit not found", Verdict::SendAnew),
            (400, "Bad Request: MESSAGE_ID_INVALID", Verdict::SendAnew),
            (400, "Bad Request: BUTTON_USER_PRIVACY_RESTRICTED", Verdict::Without(Refused::People)),
            (400, "Bad Request: BUTTON_USER_INVALID", Verdict::Without(Refused::People)),
            (400, "Bad Request: BUTTON_URL_INVALID", Verdict::Without(Refused::Addresses)),
            (400, "Bad Request: BUTTON_TYPE_INVALID", Verdict::Without(Refused::Extras)),
            (
                400,
                "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
                Verdict::Without(Refused::Extras),
            ),
            (400, "Bad Request: chat not found", Verdict::Gone),
            (400, "Bad Request: PEER_ID_INVALID", Verdict::Gone),
            (403, "Forbidden: bot was blocked by the user", Verdict::Gone),
            (403, "Forbidden: user is deactivated", Verdict::Gone),
            (403, "Forbidden: bot can't initiate conversation with a user", Verdict::Gone),
            (400, "Bad Request: message is too long", Verdict::TooLong),
            (400, "Bad Request: MESSAGE_TOO_LONG", Verdict::TooLong),
            (401, "Unauthorized", Verdict::Stranger),
            (404, "Not Found", Verdict::Stranger),
            (400, "Bad Request: BUTTON_DATA_INVALID", Verdict::Broken),
            (400, "Bad Request: can't parse entities: ...", Verdict::Broken),
            (400, "Bad Request: reply markup is too long", Verdict::Broken),
            (413, "Request Entity Too Large", Verdict::TooLong),
            (400, "Logged out", Verdict::Unforeseen),
            (400, "Bad Request: message thread not found", Verdict::NoSuchTopic),
            (400, "Bad Request: not enough rights to manage pinned messages in the chat", Verdict::NotAllowed),
            (400, "Bad Request: message to pin not found", Verdict::SendAnew),
            (403, "Forbidden: bot was kicked from the supergroup chat", Verdict::Gone),
            (403, "Forbidden: the group chat was deleted", Verdict::Gone),
            (400, "Bad Request: not enough rights to send text messages to the chat", Verdict::Unforeseen),
            (400, "Bad Request: SOMETHING_NEW", Verdict::Unforeseen),
            (406, "UPDATE_APP_TO_LOGIN", Verdict::Unforeseen),
            (400, "", Verdict::Unforeseen),
        ] {
            let trouble = Trouble::Refused { code, description: description.into(), retry_after: None, moved_to: None };
            assert_eq!(verdict(&trouble), Some(judged), "{code} {description}");
        }
    }

    #[test]
    fn a_group_that_became_another_is_followed() {
        let description = "Bad Request: group chat was upgraded to a supergroup chat".to_owned();
        let trouble = Trouble::Refused { code: 400, description, retry_after: None, moved_to: Some(-1007) };
        assert_eq!(verdict(&trouble), Some(Verdict::Moved(-1007)));
    }

    #[test]
    fn what_may_go_better_later_is_not_judged() {
        let pause = Trouble::Refused {
            code: 429,
            description: "Too Many Requests".into(),
            retry_after: Some(3),
            moved_to: None,
        };
        for trouble in [pause, Trouble::Silent("reset".into())] {
            assert_eq!(verdict(&trouble), None);
        }
    }
}
