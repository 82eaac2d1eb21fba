//! What was said, understood: a press, a command, a choice by its number or its words, an answer, or
//! nothing that was asked for.

use super::command::Spoken;
use super::engine::Engine;
use super::missed;
use super::numbers::{Chosen, Offered, chosen, named, numbered};
use super::{
    Bot, Caps, Command, Cx, Fault, Heard, Incoming, Input, NoticeChoices, Press, Remedy, Session, Step, Which,
};
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
                let step = self.pressed(cx, session, data, incoming.reply_to.as_deref()).await;
                if let Ok(step) = &step {
                    session.remark_on_old_page(step, incoming.seq);
                }
                step
            }
            Heard::Text(text) => {
                let (asks, before) = (session.asks, session.saying.clone());
                let step = self.wrote(cx, session, caps, incoming, text).await?;
                let is_deed = session.did.is_some();
                Ok(if is_deed { step } else { missed::with_help(step, before.as_ref(), asks) })
            }
            Heard::Other => Ok(Step::stay().saying(msg!("page-text-only"))),
            Heard::Blocked | Heard::Unblocked => Ok(Step::stay()),
            Heard::Unreadable(Remedy::Again) => Ok(Step::stay().saying(msg!("page-unreadable"))),
            Heard::Unreadable(Remedy::Invited) => Ok(Step::stay().saying(msg!("page-unreadable-invited"))),
            Heard::Unreadable(Remedy::NewChat) => Ok(Step::stay().saying(msg!("page-unreadable-new-chat"))),
        }
    }

    /// `on`: the message that was pressed, where the messenger says so.
    async fn pressed(
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
        text: &str,
    ) -> Result<Step, Fault> {
        match self.commands.read(text, !(caps.buttons && session.asks)) {
            Spoken::Known(command, word) => return self.command(cx, session, command, word).await,
            Spoken::Unknown => return Ok(Step::stay().saying(msg!("page-no-such-command"))),
            Spoken::No => {}
        }
        if !caps.buttons
            && let Some(message) = &incoming.reply_to
        {
            if let Some(notice) = self.bot.notice(cx, Which::In(message)).await? {
                return self.replied(cx, session, &notice, text).await;
            }
            if session.message.as_ref() != Some(message) {
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
        match chosen(&session.offered, text, session.asks) {
            Chosen::One(choice) => {
                let press = choice.press.clone();
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
        if session.asks {
            return self.act(cx, Input::Wrote(text.to_owned())).await;
        }
        // Whoever comes says hello: they can't have chosen what they were not shown.
        Ok(if session.is_new() { Step::stay() } else { Step::stay().saying(msg!("page-unexpected")) })
    }

    /// Choices of notices, by the words they show: `confirm 12`, or `confirm` where one notice alone offers it.
    async fn wrote_to_notice(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        text: &str,
    ) -> Result<Option<Step>, Fault> {
        if let Some((words, number)) = numbered(text) {
            let notice = self.bot.notice(cx, Which::Number(number)).await?;
            let offered: Vec<Offered> = notice.iter().flat_map(|notice| self.offered_by(notice)).collect();
            if let Chosen::One(found) = chosen(&offered, words, session.asks) {
                return self.pressed(cx, session, &found.press, None).await.map(Some);
            }
        }
        if session.asks {
            return Ok(None);
        }
        let notices = self.bot.open_notices(cx).await?;
        let offered: Vec<Offered> = notices.iter().flat_map(|notice| self.offered_by(notice)).collect();
        match named(&offered, text) {
            Chosen::One(found) => self.pressed(cx, session, &found.press, None).await.map(Some),
            Chosen::Several => Ok(Some(Step::stay().saying(msg!("page-which-notice")))),
            Chosen::Nothing => Ok(None),
        }
    }

    /// A reply to a notice takes one of its choices or nothing: it is no answer to the open page, and its digits count
    /// the notice's choices.
    async fn replied(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        notice: &NoticeChoices,
        text: &str,
    ) -> Result<Step, Fault> {
        let words =
            numbered(text).filter(|(_, number)| *number == notice.named.number).map_or(text, |(words, _)| words);
        let pressable = notice.choices.iter().filter(|choice| Press::of_notice(&notice.named.word, choice).is_some());
        let mut offered = self.offered_by(notice);
        let languages = self.locales.languages().len();
        for (place, offered) in offered.iter_mut().enumerate() {
            offered.number = u32::try_from(place / languages + 1).ok();
        }
        if let Chosen::One(found) = chosen(&offered, words, false) {
            return self.pressed(cx, session, &found.press, None).await;
        }
        let labels = pressable.map(|choice| self.locales.plain(&cx.lang, choice.label()));
        let choices: Vec<String> = labels.zip(1..).map(|(label, number)| format!("{number}. {label}")).collect();
        Ok(Step::stay().saying(if choices.is_empty() {
            msg!("page-reply-to-nothing")
        } else {
            msg!("page-reply-choices", choices = choices.join(" · "))
        }))
    }

    /// The choices of a notice, in every language: it may have been read before the reader changed theirs.
    fn offered_by(&self, notice: &NoticeChoices) -> Vec<Offered> {
        let mut offered = Vec::new();
        for choice in &notice.choices {
            let Some(press) = Press::of_notice(&notice.named.word, choice) else { continue };
            for language in self.locales.languages() {
                let label = self.locales.plain(&language.code, choice.label());
                offered.push(Offered { number: None, press: press.encode(), label });
            }
        }
        offered
    }

    /// A press on a notice counts for the one that goes by the word which it carries, and only on the message that shows
    /// it: what stands there may be younger than all that the database knows.
    async fn counts(&self, cx: &Cx<'_, B::World>, notice: &str, on: Option<&str>) -> Result<bool, Fault> {
        let notice = self.bot.notice(cx, Which::Word(notice)).await?.ok_or(Fault::Lost)?;
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
                let home = self.bot.home();
                session.reset(&home);
                cx.route = home;
                self.start(cx, word).await?
            }
            Command::Menu => Step::home(),
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
