//! Questions that any words would answer, where what is said may be meant otherwise.

use super::engine::Engine;
use super::numbers::{as_number, fold};
use super::offered::Offered;
use super::said::Said;
use super::{Bot, Caps, Cx, Fault, Session, Step};
use crate::locale::{Arg, Msg};
use crate::msg;

/// What is said where an answer may be meant for a notice.
const ANSWER_OR_NOTICE: &str = "page-answer-or-notice";

impl<B: Bot> Engine<B> {
    /// What is said instead of taking these words for the answer to a question that any words would answer: they have only just
    /// led to it, or are an answer to a notice which has come since it was asked. Sent once more, they are the answer.
    pub(super) async fn hardly_an_answer(
        &self,
        cx: &Cx<'_, B::World>,
        session: &Session,
        caps: Caps,
        text: &str,
        before: &Said,
    ) -> Result<Option<Step>, Fault> {
        if !session.asks || as_number(text).is_some() {
            return Ok(None);
        }
        // The last thing said led here, unless it was the answer to the question before in the same form.
        let is_led = session.was_led() || !cx.draft.begun(&cx.route);
        let line = match is_led && before.bars_answer(text) {
            true => Some(msg!("page-twice-answer", said = before.words())),
            false => self.said_to_newer_notice(cx, session, caps, text).await?,
        };
        let Some(line) = line else { return Ok(None) };
        Ok(self.takes_any_words(cx).await?.then(|| Step::stay().saying(line)))
    }

    /// What is asked where these words answer a notice that has come since the question was asked.
    async fn said_to_newer_notice(
        &self,
        cx: &Cx<'_, B::World>,
        session: &Session,
        caps: Caps,
        text: &str,
    ) -> Result<Option<Msg>, Fault> {
        // There each notice has its buttons. What has a digit is an answer of its own.
        if caps.buttons || text.contains(char::is_numeric) {
            return Ok(None);
        }
        let asked = session.saying.as_ref().filter(|said| said.key == ANSWER_OR_NOTICE);
        if asked.is_some_and(|asked| is_about(asked, text)) {
            return Ok(None);
        }
        let mut since =
            if asked.is_some() { self.open_notices(cx).await? } else { self.came_since(cx, session).await? };
        since.retain(|notice| !self.said_of(notice, text).is_empty());
        self.look_up(cx, &mut since).await?;
        since.retain(|notice| notice.became.is_none());
        let found: Vec<Offered> = since.iter().flat_map(|notice| self.said_of(notice, text)).collect();
        let choices = self.listed(cx, &since, &found);
        Ok((!found.is_empty()).then(|| msg!("page-answer-or-notice", said = text.trim(), choices = choices)))
    }

    /// Whether the open page asks for an answer that any words would be.
    async fn takes_any_words(&self, cx: &Cx<'_, B::World>) -> Result<bool, Fault> {
        let Some(screen) = self.bot.screens().get(&cx.route) else { return Ok(false) };
        match screen.page(cx).await {
            Ok(page) => Ok(page.takes_any_words),
            Err(Fault::Lost | Fault::Refused(_)) => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}

/// Whether these words were asked about in that line.
fn is_about(asked: &Msg, text: &str) -> bool {
    let said = asked.args.iter().find(|(name, _)| name == "said");
    matches!(said, Some((_, Arg::Words(said))) if fold(said) == fold(text))
}
