//! Yes, no, and what else people say for the choices of a notice, in words that those do not show.

use super::answering::Answering;
use super::engine::Engine;
use super::notice::Received;
use super::numbers::{Chosen, one_of};
use super::offered::Offered;
use super::said::Said;
use super::{Bot, Choice, Cx, Fault, Press, Session, Step};
use crate::locale::Msg;
use crate::msg;

impl<B: Bot> Engine<B> {
    /// "Yes" answers the one notice that waits for a yes or a no; it does nothing where others wait for an answer as well.
    /// `is_named`: it was said whom it is about.
    pub(super) async fn said_yes(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        notices: Vec<Received>,
        is_named: bool,
    ) -> Result<Answering, Fault> {
        let waiting = self.waiting(cx, &notices).await?;
        let all: Vec<String> = waiting.iter().filter_map(yes_of).collect();
        match (waiting.len(), all.as_slice()) {
            // Whoever has done something else since may mean that.
            (1, [yes]) if is_named || waiting.iter().all(|notice| session.is_older_than(notice.sent_at)) => {
                session.said = Said::done();
                self.pressed(cx, session, yes, None).await.map(Answering::Done)
            }
            (_, [] | [_]) => Ok(Answering::Nothing(notices)),
            _ => {
                let offered = waiting.iter().flat_map(|notice| self.offered_by(notice));
                let found: Vec<Offered> = offered.filter(|offered| all.contains(&offered.press)).collect();
                let choices = self.listed(cx, &waiting, &found);
                Ok(Answering::Done(Step::stay().saying(msg!("page-which-notice", choices = choices))))
            }
        }
    }

    /// Presses a choice of a notice that was called by its number; where another one counts by now, that is said.
    pub(super) async fn press_of(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        notice: &Received,
        press: &str,
    ) -> Result<Step, Fault> {
        if let Some(Press::Notice { .. }) = Press::decode(press) {
            session.said = Said::done();
            if let Some(anew) = &notice.anew {
                return Ok(anew.clone());
            }
        }
        // An answer too, though it only asks first.
        let asks_first = |(_, choice): &(Msg, Choice)| {
            matches!(choice, Choice::Go { .. })
                && Press::of_notice(&notice.named.word, choice).is_some_and(|called| called.encode() == press)
        };
        match &notice.became {
            Some(became) if notice.called.iter().any(asks_first) => Ok(became.clone()),
            _ => self.pressed(cx, session, press, None).await,
        }
    }

    /// The choice of a notice that these words stand for, though it does not show them: a yes, a no, or what else people
    /// call it.
    pub(super) fn stands_for(&self, notice: &Received, words: &str) -> Option<String> {
        let yes = yes_of(notice).filter(|_| self.commands.is_yes(words));
        yes.or_else(|| match one_of(self.called_on(notice, words).iter()) {
            Chosen::One(called) => Some(called.press.clone()),
            _ => None,
        })
    }

    /// What is said to who answers a notice once more in other words, while its record is still before them. Where one of these,
    /// which can't be answered any more, came after it, they mean that one, and read what became of it.
    pub(super) async fn just_answered(
        &self,
        cx: &Cx<'_, B::World>,
        words: &str,
        over: &[Received],
    ) -> Result<Option<Step>, Fault> {
        let Some(answered) = self.answered_here(cx).await?.filter(|notice| self.is_said_by(notice, words)) else {
            return Ok(None);
        };
        let newer = over.iter().find(|notice| notice.came_after(&answered)).and_then(|notice| notice.became.clone());
        Ok(Some(newer.unwrap_or_else(|| Step::stay().saying(msg!("notice-answered")))))
    }

    /// What is said to who does once more what they did last in answer to a notice, in whatever words, when they have gone elsewhere
    /// meanwhile.
    pub(super) async fn answered_elsewhere(&self, cx: &Cx<'_, B::World>, words: &str) -> Result<Option<Step>, Fault> {
        let Some(notice) = self.answered_last(cx).await? else { return Ok(None) };
        let begun = self.begun_by(std::slice::from_ref(&notice), words);
        let does = begun.into_iter().chain(self.called_on(&notice, words)).any(|offered| offered.weight.acts());
        Ok(does.then(|| Step::go(self.bot.place_of(notice.kept(), "")).saying(msg!("notice-answered"))))
    }

    /// Whether these words are an answer to this notice.
    fn is_said_by(&self, notice: &Received, words: &str) -> bool {
        self.stands_for(notice, words).is_some() || !self.begun_by(std::slice::from_ref(notice), words).is_empty()
    }

    /// The choices of a notice that these words stand for as a whole.
    pub(super) fn called_on(&self, notice: &Received, words: &str) -> Vec<Offered> {
        self.called(&notice.called, words, |choice| Press::of_notice(&notice.named.word, choice))
    }
}

/// The press that "yes" stands for.
fn yes_of(notice: &Received) -> Option<String> {
    let name = notice.yes.clone()?;
    Some(Press::Notice { notice: notice.named.word.clone(), name }.encode())
}
