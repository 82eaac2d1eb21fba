//! What is said below another message than the open page, or in another thread.

use super::answering::Answering;
use super::engine::Engine;
use super::meaning::Meant;
use super::notice::Which;
use super::numbers::as_number;
use super::said::Said;
use super::{Bot, Caps, Cx, Fault, Incoming, Press, Session, Step};
use crate::msg;

impl<B: Bot> Engine<B> {
    /// A reply to a message that is not the open page.
    pub(super) async fn wrote_below(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        caps: Caps,
        incoming: &Incoming,
        message: &str,
        text: &str,
    ) -> Result<Option<Step>, Fault> {
        if let Some(notice) = self.notice(cx, Which::In(message)).await? {
            // In a thread the page that answers stands below the notice, with numbers of its own.
            let in_thread = incoming.thread.is_some();
            return self.replied(cx, session, caps, &notice, text, in_thread).await.map(Some);
        }
        if caps.buttons && !session.stands_somewhere() {
            // It has only just been sent.
            return Ok(None);
        }
        // A page of before, or what an older copy of the database knows nothing of: it is about that, not about what is
        // open.
        let is_other = !session.stands_in(Some(message));
        Ok(is_other.then(|| Step::stay().saying(msg!("page-not-open"))))
    }

    /// What was said in another thread than the open page stands in: it may answer a message, or lead on in words, and never
    /// answers that page, which they do not have before them. It is shown here.
    pub(super) async fn wrote_elsewhere(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        caps: Caps,
        text: &str,
        before: &Said,
    ) -> Result<Step, Fault> {
        let (offered, asked) = (std::mem::take(&mut session.offered), std::mem::take(&mut session.asks));
        if let Answering::Done(step) = self.wrote_to_notice(cx, session, caps, text, before).await? {
            return Ok(step);
        }
        if !asked
            && as_number(text).is_none()
            && let Meant::One(choice) = self.meant(&offered, text, false)
            && let Some(Press::Link(to)) = Press::decode(&choice.press)
        {
            return Ok(Step::go(to));
        }
        Ok(Step::stay().saying(msg!("page-not-open")))
    }
}
