//! `answerInlineQuery`: what the bot offers to send into another chat.

use serde_json::Value;

use crate::inline::Card;
use crate::keyboard;
use crate::params::Params;
use crate::refusal::Refused;
use crate::telegram::Telegram;
use crate::text;

/// So many at most.
const MOST: usize = 50;

pub(crate) fn answer(telegram: &mut Telegram, params: &Params) -> Result<String, Refused> {
    let id = params.int("inline_query_id").and_then(|id| u64::try_from(id).ok());
    let id = id.filter(|id| telegram.questions.contains_key(id));
    let id = id.ok_or_else(|| {
        Refused::bad("Bad Request: query is too old and response timeout expired or query ID is invalid")
    })?;
    let results: Vec<Value> = params.json("results")?.unwrap_or_default();
    if results.len() > MOST {
        return Err(Refused::bad("Bad Request: RESULTS_TOO_MUCH"));
    }
    let cards: Vec<Card> = results.iter().map(|result| card(telegram, result)).collect::<Result<_, _>>()?;
    for (n, card) in cards.iter().enumerate() {
        if cards[..n].iter().any(|before| before.id == card.id) {
            return Err(Refused::bad("Bad Request: RESULT_ID_DUPLICATE"));
        }
    }
    let is_personal = params.flag("is_personal");
    let Some(question) = telegram.questions.get_mut(&id) else { return Err(Refused::not_found()) };
    (question.is_personal, question.cards) = (is_personal, Some(cards));
    let user = question.user;
    telegram.changed(user);
    Ok("true".to_owned())
}

fn card(telegram: &Telegram, result: &Value) -> Result<Card, Refused> {
    let field = |name: &str| result[name].as_str().unwrap_or_default().to_owned();
    let content = Params(result["input_message_content"].as_object().cloned().unwrap_or_default());
    let id = field("id");
    if !(1..=64).contains(&id.len()) {
        return Err(Refused::bad("Bad Request: RESULT_ID_INVALID"));
    }
    if field("title").is_empty() {
        return Err(Refused::bad("Bad Request: ARTICLE_TITLE_EMPTY"));
    }
    let said = text::content(&content)?;
    let markup = Params(result.as_object().cloned().unwrap_or_default());
    Ok(Card {
        id,
        title: field("title"),
        about: field("description"),
        text: said.text,
        rows: keyboard::rows(&markup, &telegram.settings)?,
    })
}
