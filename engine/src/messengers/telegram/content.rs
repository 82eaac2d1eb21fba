//! What a message without words holds: something said, or something that was done in the chat.

use super::update::Message;

/// What people send beside texts: it is answered with a line that says that only texts are read.
const CONTENT: [&str; 24] = [
    "animation",
    "audio",
    "checklist",
    "contact",
    "dice",
    "document",
    "game",
    "giveaway",
    "giveaway_winners",
    "invoice",
    "live_photo",
    "location",
    "paid_media",
    "passport_data",
    "photo",
    "poll",
    "rich_message",
    "sticker",
    "story",
    "venue",
    "video",
    "video_note",
    "voice",
    "web_app_data",
];

/// What is not said but done: Telegram tells of it in a message of its own. A name that begins so is enough.
const DEEDS: [&str; 37] = [
    "boost_added",
    "channel_chat_created",
    "chat_background_set",
    "chat_owner_",
    "chat_shared",
    "checklist_tasks_",
    "connected_website",
    "delete_chat_photo",
    "direct_message_price_changed",
    "forum_topic_",
    "general_forum_topic_",
    "gift",
    "giveaway_completed",
    "giveaway_created",
    "group_chat_created",
    "left_chat_member",
    "managed_bot_created",
    "message_auto_delete_timer_changed",
    "migrate_from_chat_id",
    "migrate_to_chat_id",
    "new_chat_members",
    "new_chat_photo",
    "new_chat_title",
    "paid_message_price_changed",
    "pinned_message",
    "poll_option_added",
    "poll_option_deleted",
    "proximity_alert_triggered",
    "refunded_payment",
    "successful_payment",
    "suggested_post_a",
    "suggested_post_declined",
    "suggested_post_paid",
    "suggested_post_refunded",
    "unique_gift",
    "users_shared",
    "video_chat_",
];

/// Whether a message tells of something done.
pub(super) fn is_done(message: &Message) -> bool {
    // A message can hold a gift or a giveaway too; those are said.
    let is_said = CONTENT.iter().any(|content| message.parts.contains(*content));
    !is_said && message.parts.iter().any(|part| DEEDS.iter().any(|deed| part.starts_with(deed)))
}

/// Whether there is nothing in it that we know.
pub(super) fn is_puzzling(message: &Message) -> bool {
    let has_words = message.text.is_some() || message.caption.is_some();
    !has_words && !is_done(message) && !CONTENT.iter().any(|content| message.parts.contains(*content))
}
