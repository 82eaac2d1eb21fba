//! What was said, understood: a press, a command, a choice by its number or its words, an answer, or
//! nothing that was asked for.

use super::command::Spoken;
use super::engine::Engine;
use super::missed;
use super::notice::Which;
use super::numbers::{Chosen, Offered, as_number, chosen, named};
use super::render::QUESTION_BACK;
use super::said::Said;
use super::screen::To;
use super::{Bot, Caps, Command, Cx, Fault, Heard, Incoming, Input, Press, Remedy, Session, Sought, Step, Weight};
use crate::msg;

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
                let step = self.pressed(cx, session, data, incoming.reply_to.as_deref()).await;
                if let Ok(step) = &step {
                    session.remark_on_old_page(step, incoming.seq);
                }
                step
            }
            Heard::Text(text) => {
                let (before, draft) = (std::mem::take(&mut session.said), cx.draft.clone());
                let (asks, saying) = (session.asks, session.saying.clone());
                let step = self.wrote(cx, session, caps, incoming, &before).await;
                // Whether it was a deed is noted where it was done. What was not taken may be said again, but not what a rule
                // refused: the page may offer by now what it did not then.
                let (did, is_refused) = (session.said.did() && step.is_ok(), matches!(step, Err(Fault::Refused(_))));
                let is_taken =
                    did || is_refused || cx.draft != draft || step.as_ref().is_ok_and(|step| step.to != To::Stay);
                session.said = match is_taken || before.repeats(text) {
                    true => Said::after(&before, text, did),
                    false => Said::default(),
                };
                let is_deed = session.did.is_some();
                Ok(if is_deed { step? } else { missed::with_help(step?, saying.as_ref(), asks) })
            }
            Heard::Other => Ok(Step::stay().saying(msg!("page-text-only"))),
            Heard::Blocked | Heard::Unblocked => Ok(Step::stay()),
            Heard::Unreadable(Remedy::Again) => Ok(Step::stay().saying(msg!("page-unreadable"))),
            Heard::Unreadable(Remedy::Invited) => Ok(Step::stay().saying(msg!("page-unreadable-invited"))),
            Heard::Unreadable(Remedy::NewChat) => Ok(Step::stay().saying(msg!("page-unreadable-new-chat"))),
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
        if session.was_just_done_by(data) {
            // A second tap on what was just done: its page again, with its line.
            return Ok(Step { saying: session.saying.clone(), ..Step::stay() });
        }
        let done = match Press::decode(data) {
            Some(Press::Link(to)) => return Ok(Step::go(to)),
            Some(Press::NoticeLink { notice, to }) => {
                return Ok(if self.counts(cx, &notice, on).await? { Step::go(to) } else { outdated(session) });
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

    /// A command, a choice by its number or its words, an answer, or nothing that was asked for.
    async fn wrote(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        caps: Caps,
        incoming: &Incoming,
        before: &Said,
    ) -> Result<Step, Fault> {
        let Heard::Text(text) = &incoming.heard else { return Ok(Step::stay()) };
        if let Some(word) = self.bot.invite_in(cx, text, Sought::First).await? {
            return self.command(cx, session, Command::Start, Some(&word)).await;
        }
        match self.commands.read(text, !(caps.buttons && session.asks)) {
            Spoken::Known(command, word) => return self.command(cx, session, command, word).await,
            Spoken::Unknown => return Ok(Step::stay().saying(msg!("page-no-such-command"))),
            Spoken::No => {}
        }
        if !caps.buttons
            && let Some(message) = &incoming.reply_to
        {
            if let Some(notice) = self.notice(cx, Which::In(message)).await? {
                return self.replied(cx, session, &notice, text).await;
            }
            if !session.stands_in(Some(message)) {
                // A page of before, or what an older copy of the database knows nothing of: it is about that, not about
                // what is open.
                return Ok(Step::stay().saying(msg!("page-reply-to-unknown")));
            }
        }
        if incoming.seq < session.seq {
            // It was meant for a page that is gone: better asked for again than taken for another answer.
            tracing::info!(messenger = cx.turn.messenger, seq = incoming.seq, "a message came late and was not taken");
            return Ok(Step::stay().saying(msg!("page-late")));
        }
        if incoming.early && as_number(text).is_some() && !session.stands_in(incoming.reply_to.as_deref()) {
            return Ok(Step::stay().saying(msg!("page-early")));
        }
        if !caps.buttons
            && let Some(step) = self.wrote_number_of_notice(cx, text).await?
        {
            return Ok(step);
        }
        match chosen(&session.offered, text, session.asks) {
            Chosen::One(choice) if !self.commands.turns(&choice.label, text) => {
                let press = choice.press.clone();
                if before.bars_again(text, choice.weight) {
                    return Ok(Step::stay().saying(before.once_more()));
                }
                if choice.weight != Weight::Light {
                    session.said = Said::done();
                }
                return self.pressed(cx, session, &press, None).await;
            }
            Chosen::Several if !session.asks => return Ok(Step::stay().saying(msg!("page-which-choice"))),
            _ => {}
        }
        if !caps.buttons
            && let Some(step) = self.wrote_to_notice(cx, session, text).await?
        {
            return Ok(step);
        }
        if as_number(text).is_some() && before.repeats(text) {
            // It stands before nothing now, so that it does nothing twice. Nor is it another answer, or a sum.
            let said = if session.asks { msg!("page-twice-answer", said = text.trim()) } else { before.once_more() };
            return Ok(Step::stay().saying(said));
        }
        if session.asks {
            // An offered answer by the words it begins with; what has a digit is an answer of its own.
            let offered = if text.contains(char::is_numeric) { Chosen::Nothing } else { named(&session.offered, text) };
            return match offered {
                Chosen::One(Offered { press, .. }) => {
                    let press = press.clone();
                    self.pressed(cx, session, &press, None).await
                }
                _ => self.answered(cx, session, text).await,
            };
        }
        if cx.draft.begun(&cx.route) {
            // The last page of a form: it may be another answer.
            return match self.commands.is_no(text) {
                true => Ok(one_back(cx)),
                false => self.act(cx, Input::Wrote(text.to_owned())).await,
            };
        }
        if let Some(word) = self.bot.invite_in(cx, text, Sought::Last).await? {
            return self.command(cx, session, Command::Start, Some(&word)).await;
        }
        if before.did() && before.repeats(text) {
            return Ok(Step::stay().saying(before.once_more()));
        }
        // Whoever comes says hello: they can't have chosen what they were not shown.
        Ok(if session.is_new() { Step::stay() } else { Step::stay().saying(self.unexpected(cx, caps).await?) })
    }

    /// An answer to the open question; or an invite, which is none.
    async fn answered(&self, cx: &mut Cx<'_, B::World>, session: &mut Session, text: &str) -> Result<Step, Fault> {
        let step = self.act(cx, Input::Wrote(text.to_owned())).await?;
        let is_refused = step.to == To::Stay && step.saying.is_some();
        match is_refused {
            true => match self.bot.invite_in(cx, text, Sought::Last).await? {
                Some(word) => self.command(cx, session, Command::Start, Some(&word)).await,
                None => Ok(step),
            },
            false => Ok(step),
        }
    }

    /// A press on a notice counts for the one that goes by the word which it carries, and only on the message that shows
    /// it: what stands there may be younger than all that the database knows.
    async fn counts(&self, cx: &Cx<'_, B::World>, notice: &str, on: Option<&str>) -> Result<bool, Fault> {
        let notice = self.notice(cx, Which::Word(notice)).await?.ok_or(Fault::Lost)?;
        Ok(notice.stands_in(on))
    }

    async fn command(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        command: Command,
        word: Option<&str>,
    ) -> Result<Step, Fault> {
        Ok(match command {
            Command::Start => {
                let (step, home) = (self.start(cx, word).await, self.bot.home());
                session.reset(&home);
                cx.route = home;
                step?
            }
            Command::Menu => Step::home(),
            Command::Back if cx.draft.begun(&cx.route) => one_back(cx),
            Command::Back => Step::back(),
            Command::Cancel if session.asks || cx.draft.begun(&cx.route) => Step::back().saying(msg!("page-cancelled")),
            Command::Cancel => Step::stay().saying(msg!("page-nothing-to-cancel")),
            Command::Help | Command::Language => self.bot.place(command).map_or_else(Step::stay, Step::go),
        })
    }
}

/// The button is one of before.
fn outdated(session: &mut Session) -> Step {
    session.aside = Some(msg!("press-outdated"));
    Step::stay().saying(msg!("page-stale"))
}

/// One question back: the last answer of the form is asked for again, and nothing else is lost.
fn one_back<W>(cx: &mut Cx<'_, W>) -> Step {
    cx.draft.step_back(&cx.route);
    Step::stay()
}
