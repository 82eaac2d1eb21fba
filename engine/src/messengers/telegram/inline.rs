//! Inline mode: whatever people choose of what the bot offers is sent into a chat of theirs, in their name.

use serde::Serialize;
use teloxide::types::{LinkPreviewOptions, MessageEntity};

use super::Telegram;
use super::keyboard::{Keyboard, keyboard};
use super::letter::{no_preview, said};
use super::wire::Yes;
use crate::conversation::Card;

/// So many are listed at most.
const MOST: usize = 50;

/// For so long Telegram may offer the same to the same person, in seconds: what is offered may end.
const FRESH: u32 = 5;

#[derive(Serialize)]
struct Answer<'a> {
    inline_query_id: &'a str,
    results: Vec<Article<'a>>,
    cache_time: u32,
    is_personal: bool,
}

#[derive(Serialize)]
struct Article<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    input_message_content: Content,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<Keyboard>,
}

#[derive(Serialize)]
struct Content {
    message_text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entities: Vec<MessageEntity>,
    link_preview_options: LinkPreviewOptions,
}

impl Telegram {
    pub(super) async fn answer_question(&self, question: &str, cards: &[Card]) {
        let results = cards.iter().take(MOST).map(|card| {
            // What is sent so is one message: the first, of what would take several.
            let said = said(&card.page.text).swap_remove(0);
            Article {
                kind: "article",
                id: &card.id,
                title: &card.title,
                description: &card.about,
                input_message_content: Content {
                    message_text: said.text,
                    entities: said.entities,
                    link_preview_options: no_preview(),
                },
                reply_markup: keyboard(&card.page, &self.without()),
            }
        });
        let answer =
            Answer { inline_query_id: question, results: results.collect(), cache_time: FRESH, is_personal: true };
        if let Err(trouble) = self.wire.say::<Yes>("answerInlineQuery", &answer).await {
            // Chiefly "query is too old": they have typed on since.
            tracing::debug!(%trouble, "what somebody wanted to send was not offered");
        }
    }
}
