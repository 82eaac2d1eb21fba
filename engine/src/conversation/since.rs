//! Notices that have come since the open page was shown. They stand below it, so what is written then may be meant for them.

use super::called_by::has_words;
use super::engine::Engine;
use super::notice::Received;
use super::numbers::{Chosen, as_number, chosen, fold};
use super::offered::Offered;
use super::said::Said;
use super::{Bot, Caps, Cx, Fault, Press, Session, Step};
use crate::msg;

/// What is said where words may be meant for the page or for a notice.
const WHICH: &str = "page-which-of-both";

impl<B: Bot> Engine<B> {
    /// What was said before, as far as the same words may be those once more: not when a notice has come in between that
    /// can be answered, because then they may answer it. A number can't: it counts the choices of a page.
    pub(super) async fn said_before(
        &self,
        cx: &Cx<'_, B::World>,
        session: &Session,
        caps: Caps,
        text: &str,
        before: Said,
    ) -> Result<Said, Fault> {
        if session.is_forgotten(cx.turn.at.now) {
            return Ok(Said::default());
        }
        let is_said_before = before.repeats(text) || before.began_with(text);
        if caps.buttons || as_number(text).is_some() || !is_said_before {
            return Ok(before);
        }
        let came = self.open_notices(cx).await?.into_iter().any(|notice| session.is_before(notice.sent_at));
        Ok(if came { Said::default() } else { before })
    }

    /// What is said where the same came once more: a doubled message, or a number that was meant for a notice.
    pub(super) async fn once_more(
        &self,
        cx: &Cx<'_, B::World>,
        session: &Session,
        caps: Caps,
        text: &str,
        before: &Said,
    ) -> Result<Step, Fault> {
        let asked = match as_number(text) {
            Some(_) if !caps.buttons => self.number_again(cx, &self.came_since(cx, session).await?),
            _ => None,
        };
        Ok(asked.unwrap_or_else(|| Step::stay().saying(before.once_more())))
    }

    /// What is asked instead of doing this choice of the open page, where the words may be meant for a notice below it. The
    /// number of a choice is asked for again on a page that stands below the notice. `is_gone`: the page would not offer it any
    /// more. What came of the very thing has changed that, and is what the page would show by now.
    pub(super) async fn asked_which(
        &self,
        cx: &Cx<'_, B::World>,
        session: &Session,
        caps: Caps,
        text: &str,
        (choice, is_gone): (&Offered, bool),
    ) -> Result<Option<Step>, Fault> {
        if caps.buttons {
            return Ok(None);
        }
        if as_number(text).is_some() {
            return Ok(self.number_again(cx, &self.came_since(cx, session).await?));
        }
        let was_asked = session.saying.as_ref().is_some_and(|said| said.key == WHICH);
        let since = if was_asked { self.open_notices(cx).await? } else { self.came_since(cx, session).await? };
        let is_here = |notice: &&Received| self.is_place_of(cx, notice) || (is_gone && self.is_about_here(cx, notice));
        let elsewhere: Vec<Received> = since.iter().filter(|notice| !is_here(notice)).cloned().collect();
        let found = elsewhere.iter().flat_map(|notice| {
            let mut said = self.said_of(notice, text);
            said.retain(|offered| {
                !self.acts_here(cx, notice, offered) && !self.does_the_same(cx, notice, offered, choice)
            });
            said
        });
        let found: Vec<Offered> = found.collect();
        // By what it shows, where the words only stand for it.
        let here = session.offered.iter().find(|offered| offered.press == choice.press).unwrap_or(choice);
        let says = |label: &str| fold(label) == fold(text);
        if was_asked && says(&here.label) && !found.iter().any(|offered| says(&offered.label)) {
            // It is what was offered for the page when they were asked which.
            return Ok(None);
        }
        if found.is_empty() {
            // It may answer a message in its author's eyes, though not in ours. One about what is open is no other.
            let answers = !was_asked && (self.commands.is_yes(text) || self.commands.is_no(text));
            return Ok(if answers { self.number_again(cx, &elsewhere) } else { None });
        }
        Ok(Some(self.either(cx, &elsewhere, &found, here)))
    }

    /// The deed of a notice that is meant where the page would only lead to the question: the notice came since, is about what
    /// the page shows, has asked that already, and is answered by the same words.
    pub(super) async fn asked_since(
        &self,
        cx: &Cx<'_, B::World>,
        session: &Session,
        caps: Caps,
        text: &str,
        choice: &Offered,
    ) -> Result<Option<Offered>, Fault> {
        let asks_here = match Press::decode(&choice.press) {
            Some(Press::Link(to)) => to != cx.route && to.is_within(&cx.route),
            _ => false,
        };
        let says = |label: &str| fold(label) == fold(text);
        if caps.buttons || !asks_here || !says(&choice.label) {
            return Ok(None);
        }
        let since = self.came_since(cx, session).await?;
        let mut offered = since.iter().filter(|notice| self.is_place_of(cx, notice)).flat_map(|notice| {
            self.offered_by(notice).into_iter().filter(|offered| offered.weight.acts() && says(&offered.label))
        });
        Ok(offered.next())
    }

    /// What is done instead of a deed of the open page in which these words only stand among others, where they are all the words
    /// of a choice that a notice offers: `ask to promise` is not `Ask to keep the promise`. One that was answered, or can't be
    /// answered any more, is meant as well: it may be a doubled message.
    pub(super) async fn meant_for_notice(
        &self,
        cx: &Cx<'_, B::World>,
        caps: Caps,
        text: &str,
        choice: &Offered,
    ) -> Result<Option<Step>, Fault> {
        let says = |label: &str| fold(label) == fold(text);
        if as_number(text).is_some() || says(&choice.label) {
            return Ok(None);
        }
        let notices = self.lately(cx).await?;
        let is_called_so = |notice: &&Received| self.offered_by(notice).iter().any(|offered| says(&offered.label));
        let Some(mut notice) = notices.iter().find(is_called_so).cloned() else { return Ok(None) };
        self.look_up(cx, std::slice::from_mut(&mut notice)).await?;
        Ok(match notice.became.clone() {
            Some(became) => {
                Some(if self.is_place_of(cx, &notice) { became } else { Step::stay().saying(msg!("page-unexpected")) })
            }
            // There the notice has its button.
            None if caps.buttons => None,
            // It is about the very thing that the page shows.
            None if self.is_place_of(cx, &notice) => None,
            None => {
                let found = self.begun_by(std::slice::from_ref(&notice), text);
                Some(self.either(cx, &[notice], &found, choice))
            }
        })
    }

    /// What is asked where the words of a choice that leads to a question, with the answer behind them, may be meant for a
    /// notice below the page: `change the sum 80`.
    pub(super) async fn asked_which_question(
        &self,
        cx: &Cx<'_, B::World>,
        session: &Session,
        text: &str,
    ) -> Result<Option<Step>, Fault> {
        let words: Vec<&str> = text.split_whitespace().take_while(|word| !word.contains(char::is_numeric)).collect();
        let words = words.join(" ");
        let Chosen::One(here) = chosen(&session.offered, &words, false) else { return Ok(None) };
        let mut since = self.came_since(cx, session).await?;
        since.retain(|notice| !self.is_place_of(cx, notice));
        let found: Vec<Offered> = since.iter().flat_map(|notice| self.said_of(notice, &words)).collect();
        Ok((!found.is_empty()).then(|| self.either(cx, &since, &found, here)))
    }

    /// Asks whether these choices of notices are meant, or that of the page; without its number, because the page may have
    /// others when it is shown again.
    fn either(&self, cx: &Cx<'_, B::World>, notices: &[Received], found: &[Offered], here: &Offered) -> Step {
        let choices = format!("{} · {}", self.listed(cx, notices, found), here.label);
        Step::stay().saying(msg!("page-which-of-both", choices = choices))
    }

    /// A question that words did not answer, and what they would have answered.
    pub(super) async fn perhaps_of_notice(
        &self,
        cx: &Cx<'_, B::World>,
        caps: Caps,
        text: &str,
        step: Step,
    ) -> Result<Step, Fault> {
        let Some(said) = step.saying.clone().filter(|_| !caps.buttons && as_number(text).is_none()) else {
            return Ok(step);
        };
        let open = self.open_notices(cx).await?;
        let found: Vec<Offered> = open.iter().flat_map(|notice| self.said_of(notice, text)).collect();
        if found.is_empty() {
            return Ok(step);
        }
        let choices = self.listed(cx, &open, &found);
        Ok(step.saying(msg!("page-question-or-notice", said = said, choices = choices)))
    }

    /// The notices that came since anything was heard, and can be answered.
    pub(super) async fn came_since(&self, cx: &Cx<'_, B::World>, session: &Session) -> Result<Vec<Received>, Fault> {
        let mut since = self.open_notices(cx).await?;
        since.retain(|notice| session.is_before(notice.sent_at) && !session.was_led_by(&notice.named.word));
        Ok(since)
    }

    /// Whether the open page is where it is to be seen what a notice is about.
    fn is_place_of(&self, cx: &Cx<'_, B::World>, notice: &Received) -> bool {
        self.bot.place_of(notice.kept(), "") == cx.route
    }

    /// Whether the open page shows, or asks about, what a notice is about.
    fn is_about_here(&self, cx: &Cx<'_, B::World>, notice: &Received) -> bool {
        cx.route.is_within(&self.bot.place_of(notice.kept(), ""))
    }

    /// Whether this choice of a notice is the same deed, on the same thing, as this one of the open page.
    fn does_the_same(&self, cx: &Cx<'_, B::World>, notice: &Received, offered: &Offered, here: &Offered) -> bool {
        match (Press::decode(&offered.press), Press::decode(&here.press)) {
            (Some(Press::Notice { name, .. }), Some(Press::Deed { name: deed, .. })) => {
                name == deed && cx.route.is_within(&self.bot.place_of(notice.kept(), &name))
            }
            _ => false,
        }
    }

    /// Whether this choice of a notice, which may be about many things, acts on what the open page shows.
    fn acts_here(&self, cx: &Cx<'_, B::World>, notice: &Received, offered: &Offered) -> bool {
        match Press::decode(&offered.press) {
            Some(Press::Notice { name, .. }) => self.bot.place_of(notice.kept(), &name) == cx.route,
            _ => false,
        }
    }

    /// A number that may be meant for one of these notices is asked for again.
    fn number_again(&self, cx: &Cx<'_, B::World>, since: &[Received]) -> Option<Step> {
        let choices = self.choices_of(cx, since.first()?);
        Some(Step::stay().saying(msg!("page-number-since", choices = choices)))
    }

    /// The choices of a notice that these words may be an answer to it with, wherever they stand in one.
    pub(super) fn said_of(&self, notice: &Received, words: &str) -> Vec<Offered> {
        let stands_for = self.stands_for(notice, words);
        let mut offered = self.offered_by(notice);
        offered.retain(|offered| {
            let is_named = has_words(&offered.label, words) && !self.commands.turns(&offered.label, words);
            is_named || Some(&offered.press) == stands_for.as_ref()
        });
        offered.extend(self.begun_by(std::slice::from_ref(notice), words));
        offered
    }
}
