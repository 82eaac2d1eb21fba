//! What was said, understood: a press, a command, a choice by its number or its words, an answer, or
//! nothing that was asked for.

use super::answering::Answering;
use super::engine::Engine;
use super::meaning::{Meant, one_or_several};
use super::missed;
use super::notice::Which;
use super::numbers::{Chosen, as_number, fold, is_question, marked, named};
use super::offered::Offered;
use super::render::QUESTION_BACK;
use super::said::Said;
use super::screen::To;
use super::whereabouts::not_now;
use super::{
    Bot, Caps, Command, Cx, Fault, Heard, Incoming, Input, Press, Remedy, Route, Session, Sought, Step, Weight,
};
use crate::locale::{Msg, Text};
use crate::msg;

/// So much of what was written is said again, in UTF-16 units.
const LONGEST_SAID: usize = 500;

impl<B: Bot> Engine<B> {
    /// What the person said or pressed, done.
    pub(super) async fn hear(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        caps: Caps,
        incoming: &Incoming,
    ) -> Result<Step, Fault> {
        match &incoming.heard {
            Heard::Press(data) => {
                session.said = Said::default();
                if incoming.early && session.is_grave(data) {
                    session.aside = Some(msg!("press-early"));
                    return Ok(Step::stay().saying(msg!("page-early")));
                }
                if session.was_just_done_by(data) {
                    // A second tap on what was just done: its page again, with its line.
                    return Ok(Step { saying: session.saying.clone(), ..Step::stay() });
                }
                let step = self.pressed(cx, session, data, incoming.reply_to.as_deref()).await;
                if let Ok(step) = &step {
                    session.remark_on_old_page(step, incoming.seq);
                }
                step
            }
            Heard::Text(text) => {
                let before = std::mem::take(&mut session.said);
                let (before, draft) = (self.said_before(cx, session, caps, text, before).await?, cx.draft.clone());
                let (asks, saying) = (session.asks, session.saying.clone());
                let step = self.wrote(cx, session, caps, incoming, &before).await;
                // Whether it was a deed is noted where it was done. What was not taken may be said again, but not what a rule
                // refused: the page may offer by now what it did not then.
                let (did, is_refused) = (session.said.did() && step.is_ok(), matches!(step, Err(Fault::Refused(_))));
                let is_taken =
                    did || is_refused || cx.draft != draft || step.as_ref().is_ok_and(|step| step.to != To::Stay);
                session.said = match (is_taken, before.repeats(text)) {
                    (true, _) => Said::after(&before, text, did),
                    (false, true) => before.doubled(),
                    (false, false) => Said::default(),
                };
                let is_deed = session.did.is_some();
                Ok(if is_deed {
                    step?
                } else {
                    let explains = self.bot.place(Command::Help).is_some();
                    missed::with_help(step?, saying.as_ref().filter(|_| cx.turn.person.is_some()), asks, explains)
                })
            }
            Heard::Answer { page, text } if !session.is_page(&incoming.address, page) => {
                session.said = Said::default();
                Ok(Step::stay().saying(not_open(text)))
            }
            Heard::Answer { text, .. } => {
                // It says itself which page was before them.
                let wrote = Incoming { heard: Heard::Text(text.clone()), early: false, ..incoming.clone() };
                Box::pin(self.hear(cx, session, caps, &wrote)).await
            }
            Heard::Other => Ok(Step::stay().saying(msg!("page-text-only"))),
            Heard::Edited => Ok(Step::stay().saying(msg!("page-edited"))),
            Heard::Came | Heard::Blocked | Heard::Unblocked => Ok(Step::stay()),
            Heard::Unreadable(Remedy::Again) => Ok(Step::stay().saying(msg!("page-unreadable"))),
            Heard::Unreadable(Remedy::Invited) => Ok(Step::stay().saying(msg!("page-unreadable-invited"))),
            Heard::Unreadable(Remedy::NewChat) => Ok(Step::stay().saying(msg!("page-unreadable-new-chat"))),
            Heard::Unreadable(Remedy::Verify) => Ok(Step::stay().saying(msg!("page-unreadable-unverified"))),
        }
    }

    /// `on`: the message that was pressed, where the messenger says so.
    pub(super) async fn pressed(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        data: &str,
        on: Option<&str>,
    ) -> Result<Step, Fault> {
        let done = match Press::decode(data) {
            Some(Press::Link(to)) => return self.follow(to),
            Some(Press::NoticeLink { notice, to }) => {
                if !self.counts(cx, &notice, on).await? {
                    return Ok(outdated(session));
                }
                self.follow(to)?
            }
            Some(Press::Notice { notice, name }) => {
                if !self.counts(cx, &notice, on).await? {
                    return Ok(outdated(session));
                }
                self.answer(cx, &notice, &name).await?
            }
            Some(Press::Deed { name, .. }) if session.offered.iter().any(|offered| offered.press == data) => {
                if name == QUESTION_BACK {
                    return Ok(one_back(cx));
                }
                self.act(cx, Input::Chose(name)).await?
            }
            Some(Press::Deed { .. }) | None => return Ok(outdated(session)),
        };
        session.did = Some(data.to_owned());
        Ok(done)
    }

    /// Goes where a link leads; what only another release knows is not lost by that.
    pub(super) fn follow(&self, to: Route) -> Result<Step, Fault> {
        match self.bot.screens().get(&to) {
            Some(_) => Ok(Step::go(to)),
            None => Err(Fault::Refused(Step::stay().saying(not_now()))),
        }
    }

    /// A command, a choice by its number or its words, an answer, or nothing that was asked for: whatever makes something
    /// of it first.
    async fn wrote(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        caps: Caps,
        incoming: &Incoming,
        before: &Said,
    ) -> Result<Step, Fault> {
        let Heard::Text(text) = &incoming.heard else { return Ok(Step::stay()) };
        if let Some(step) = self.commanded(cx, session, caps, text).await? {
            return Ok(step);
        }
        if let Some(message) = session.replied_to(incoming)
            && let Some(step) = self.wrote_below(cx, session, caps, incoming, message, text).await?
        {
            return Ok(step);
        }
        if let Some(step) = untimely(cx, session, incoming, text) {
            return Ok(step);
        }
        if !caps.buttons
            && let Some(step) = self.wrote_number_of_notice(cx, text).await?
        {
            return Ok(step);
        }
        if session.is_elsewhere(incoming) {
            return self.wrote_elsewhere(cx, session, caps, text, before).await;
        }
        if let Some(step) = self.chose(cx, session, caps, text, before).await? {
            return Ok(step);
        }
        let notices = match self.wrote_to_notice(cx, session, caps, text, before).await? {
            Answering::Done(step) => return Ok(step),
            Answering::Nothing(notices) => notices,
        };
        if as_number(text).is_some() && session.asks && before.bars_answer(text) {
            return Ok(Step::stay().saying(msg!("page-twice-answer", said = before.words())));
        }
        if as_number(text).is_some() && !session.asks && before.repeats(text) {
            // It stands before nothing now, so that it does nothing twice. Nor is it another answer, or a sum.
            return self.once_more(cx, session, caps, text, before).await;
        }
        if session.asks || cx.draft.begun(&cx.route) {
            return self.answered(cx, session, caps, text, before).await;
        }
        if let Some(words) = self.bot.invite_in(cx, text, Sought::Last).await? {
            return self.command(cx, session, Command::Start, Some(&words)).await;
        }
        if before.did() && before.repeats(text) {
            return Ok(Step::stay().saying(before.once_more()));
        }
        if let Some(step) = self.bot.called(cx, text).await? {
            return Ok(step);
        }
        // Whoever comes says hello: they can't have chosen what they were not shown.
        Ok(if session.is_new() { Step::stay() } else { Step::stay().saying(self.unexpected(cx, &notices).await?) })
    }

    /// A choice of the open page: a number means what was shown, and words what is there now.
    async fn chose(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        caps: Caps,
        text: &str,
        before: &Said,
    ) -> Result<Option<Step>, Fault> {
        let mut found = self.meant(&session.offered, text, session.asks);
        let mut came_since = false;
        if found == Meant::Nothing && !session.asks && !session.is_new() && as_number(text).is_none() {
            let (shown, called) = self.offers_now(cx, session, caps, text).await?;
            found = self.meant(&shown, text, false);
            came_since = found != Meant::Nothing;
            if !came_since {
                let answers = shown.iter().filter(|choice| self.commands.answers(&choice.label, text)).cloned();
                found = one_or_several(&called.into_iter().chain(answers).collect::<Vec<_>>());
            }
            if let Meant::One(choice) = &found {
                session.offered.push(choice.clone());
            }
        }
        let mut is_gone = false;
        if let Meant::One(choice) = &found
            && choice.weight.acts()
            && as_number(text).is_none()
            && fold(&choice.label) != fold(text)
        {
            // What stands for another choice as a whole means that one, though it stands among the words of this; not where the
            // page that was read asks something else.
            let (shown, called) = self.offers_now(cx, session, caps, text).await?;
            is_gone = !shown.is_empty() && shown.iter().all(|now| now.press != choice.press);
            if let Some(other) = called.into_iter().find(|other| other.press != choice.press).filter(|_| !is_gone) {
                found = Meant::One(other);
            }
        }
        let choice = match found {
            Meant::One(choice) => choice,
            Meant::Several if !session.asks => return Ok(Some(Step::stay().saying(msg!("page-which-choice")))),
            Meant::Several | Meant::Nothing => return Ok(None),
        };
        // What came to be offered since these words were said is no second doing of the first.
        let is_doubled = session.is_fresh(cx.turn.at.now) && before.is_doubled_by(text);
        if !came_since && (is_doubled || before.bars_again(text, choice.weight)) {
            return self.once_more(cx, session, caps, text, before).await.map(Some);
        }
        if choice.weight == Weight::Switch && as_number(text).is_some() {
            session.said = Said::done();
        }
        if choice.weight.acts() {
            if let Some(number) = marked(text).filter(|_| !caps.buttons) {
                return self.no_such_notice(cx, number).await.map(Some);
            }
            if is_question(text) {
                return Ok(Some(Step::stay().saying(msg!("page-question", choice = choice.label))));
            }
            if let Some(which) = self.asked_which(cx, session, caps, text, (&choice, is_gone)).await? {
                return Ok(Some(which));
            }
            if let Some(other) = self.meant_for_notice(cx, caps, text, &choice).await? {
                return Ok(Some(other));
            }
            session.said = Said::done();
        } else if let Some(answer) = self.asked_since(cx, session, caps, text, &choice).await? {
            session.said = Said::done();
            return self.pressed(cx, session, &answer.press, None).await.map(Some);
        }
        self.pressed(cx, session, &choice.press, None).await.map(Some)
    }

    /// An answer to the open question, or another one on the last page of a form; or an invite, which is none.
    async fn answered(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        caps: Caps,
        text: &str,
        before: &Said,
    ) -> Result<Step, Fault> {
        if session.asks {
            // An offered answer by the words it begins with; what has a digit is an answer of its own.
            let offered = if text.contains(char::is_numeric) { Chosen::Nothing } else { named(&session.offered, text) };
            if let Chosen::One(Offered { press, .. }) = offered {
                let press = press.clone();
                return self.pressed(cx, session, &press, None).await;
            }
        }
        if self.commands.is_no(text) {
            return Ok(declined(cx));
        }
        if let Some(step) = self.hardly_an_answer(cx, session, caps, text, before).await? {
            return Ok(step);
        }
        let draft = cx.draft.clone();
        let step = self.act(cx, Input::Wrote(text.to_owned())).await?;
        if step.to != To::Stay || step.saying.is_none() || cx.draft != draft {
            return Ok(step);
        }
        match self.bot.invite_in(cx, text, Sought::Last).await? {
            Some(words) => self.command(cx, session, Command::Start, Some(&words)).await,
            None => self.perhaps_of_notice(cx, caps, text, step).await,
        }
    }

    /// A press on a notice counts for the one that goes by the word which it carries, and only on the message that shows
    /// it: what stands there may be younger than all that the database knows.
    async fn counts(&self, cx: &Cx<'_, B::World>, notice: &str, on: Option<&str>) -> Result<bool, Fault> {
        let notice = self.notice(cx, Which::Word(notice)).await?.ok_or(Fault::Lost)?;
        Ok(notice.stands_in(on))
    }
}

/// What was meant for a page that is gone, or not seen yet: better asked for again than taken for another answer.
fn untimely<W>(cx: &Cx<'_, W>, session: &Session, incoming: &Incoming, text: &str) -> Option<Step> {
    if incoming.seq < session.seq {
        tracing::info!(messenger = cx.turn.messenger, seq = incoming.seq, "a message came late and was not taken");
        return Some(Step::stay().saying(msg!("page-late")));
    }
    let is_early = incoming.early && as_number(text).is_some() && !session.stands_in(incoming.reply_to.as_deref());
    is_early.then(|| Step::stay().saying(msg!("page-early")))
}

/// What was written for a page that is open no more is not taken for an answer to another one, nor is it lost.
fn not_open(text: &str) -> Msg {
    let mut said = Text::words(text.trim());
    said.truncate_utf16(LONGEST_SAID);
    msg!("page-not-open-said", said = said.plain())
}

/// The button is one of before.
fn outdated(session: &mut Session) -> Step {
    session.aside = Some(msg!("press-outdated"));
    Step::stay().saying(msg!("page-stale"))
}

/// Whoever says no to a question does not want it, also where any words would do for an answer: one back, to what was
/// answered or to where they came from.
fn declined<W>(cx: &mut Cx<'_, W>) -> Step {
    if cx.draft.begun(&cx.route) { one_back(cx) } else { Step::back().saying(msg!("page-cancelled")) }
}

/// One question back: the last answer of the form is asked for again, and nothing else is lost.
pub(super) fn one_back<W>(cx: &mut Cx<'_, W>) -> Step {
    cx.draft.step_back(&cx.route);
    Step::stay()
}
