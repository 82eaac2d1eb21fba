use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

use chrono::TimeDelta;
use sea_orm::DbErr;

use super::blanks::{self, Shown};
use super::{House, Puzzled, Stage, counted::Counted};
use crate::conversation::{Bot, Clock, Heard, Incoming};
use crate::host::Host;
use crate::locale::{Arg, Text};
use crate::messengers::terminal::{Line, Move, Offer, Said, Transcript, in_group, incoming};
use crate::{msg, store};

/// Makes a bot in a stage, as often as it is started.
type Maker<B> = dyn Fn(&Stage) -> Host<B> + Send + Sync;

/// For so long people think before they speak: what was said after something is later than it.
const BEFORE_SPEAKING: TimeDelta = TimeDelta::seconds(1);

/// Plays a chat, line by line, and writes it down.
pub struct Play<B: Bot, W> {
    stage: Stage,
    bot: Box<Maker<B>>,
    house: House<B>,
    /// Stops the bot and starts it again after each line.
    restless: bool,
    lang: Option<String>,
    memory: Memory,
    out: Transcript<W>,
}

/// What the people at the keyboard have seen and done.
#[derive(Default)]
struct Memory {
    /// Who talks until another name is said.
    who: Option<String>,
    names: BTreeSet<String>,
    /// The groups in which something was said.
    groups: BTreeSet<String>,
    count: i64,
    /// What each did last.
    last: HashMap<String, Incoming>,
    seen: Vec<Said>,
}

/// Whether a line was the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Played {
    /// There may be more.
    On,
    /// It was the last one.
    End,
}

/// Why a line was not played.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// It can't be understood: nothing happened.
    #[error("{0:?}")]
    Puzzled(Puzzled),
    /// The chat could not be written down.
    #[error(transparent)]
    Output(#[from] io::Error),
    /// The bot, or its database, broke.
    #[error(transparent)]
    Broken(#[from] anyhow::Error),
}

impl Stopped {
    /// What went wrong, where every line can be understood or that has been dealt with.
    pub fn into_error(self) -> anyhow::Error {
        match self {
            Stopped::Output(error) => error.into(),
            Stopped::Broken(error) => error,
            puzzled @ Stopped::Puzzled(_) => puzzled.into(),
        }
    }
}

impl From<Puzzled> for Stopped {
    fn from(puzzled: Puzzled) -> Stopped {
        Stopped::Puzzled(puzzled)
    }
}

impl<B: Bot, W: Write> Play<B, W> {
    /// Begins a chat with the bot that is made so; `lang` is the language that newcomers' messengers tell of.
    pub fn new(
        stage: Stage,
        bot: impl Fn(&Stage) -> Host<B> + Send + Sync + 'static,
        lang: Option<&str>,
        out: Transcript<W>,
    ) -> Play<B, W> {
        let house = House::open(&stage, &bot(&stage));
        let (lang, memory) = (lang.map(str::to_owned), Memory::default());
        Play { stage, bot: Box::new(bot), house, restless: false, lang, memory, out }
    }

    fn start_again(&mut self) {
        self.house = House::open(&self.stage, &(self.bot)(&self.stage));
    }

    /// The same, with the bot stopped and started again after each line: nothing may get lost by it.
    #[must_use]
    pub fn restless(self) -> Play<B, W> {
        Play { restless: true, ..self }
    }

    /// The same people, now with an output that somebody looks at.
    pub fn written_to<V: Write>(self, out: Transcript<V>) -> Play<B, V> {
        let Play { stage, bot, house, restless, lang, memory, out: _ } = self;
        Play { stage, bot, house, restless, lang, memory, out }
    }

    /// What the chat is written to.
    pub fn out(&mut self) -> &mut Transcript<W> {
        &mut self.out
    }

    /// Who talks until another name is said.
    pub fn who(&self) -> Option<&str> {
        self.memory.who.as_deref()
    }

    /// Everybody who has spoken.
    pub fn names(&self) -> String {
        self.memory.names.iter().map(|name| format!("@{name}")).collect::<Vec<_>>().join(", ")
    }

    /// The first by name of those who have spoken and whose language this is.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn first_to_speak(&self, lang: &str) -> Result<Option<String>, DbErr> {
        for name in &self.memory.names {
            let chat = store::session::load(&self.stage.db, self.stage.people.name(), name).await?;
            if chat.is_some_and(|chat| chat.lang.as_deref() == Some(lang)) {
                return Ok(Some(name.clone()));
            }
        }
        Ok(None)
    }

    /// It is they who talk from here on.
    pub fn choose(&mut self, who: &str) {
        self.memory.who = Some(who.to_owned());
    }

    /// Plays one line of a chat that was written down, and repeats it in the transcript.
    ///
    /// # Errors
    /// See [`Stopped`].
    pub async fn chat(&mut self, line: &str) -> Result<Played, Stopped> {
        let meant = Line::of_chat(line).map_err(Puzzled::Misread)?;
        match &meant {
            Line::Comment => self.out.comment(line)?,
            Line::Blank => self.out.blank()?,
            Line::Bots | Line::Chooses { .. } | Line::Quit => {}
            Line::Says { who: None, words } => {
                let who = self.memory.who.as_deref().ok_or(Puzzled::Nobody)?;
                self.out.begin(&format!("@{who} > {words}"))?;
            }
            Line::Says { .. }
            | Line::Presses { .. }
            | Line::Replies { .. }
            | Line::InGroup { .. }
            | Line::Again { .. }
            | Line::Clock(_)
            | Line::ClockOff(_)
            | Line::Who => {
                self.out.begin(line)?;
            }
        }
        self.play(meant).await
    }

    /// Plays one line that somebody has just typed after the prompt.
    ///
    /// # Errors
    /// See [`Stopped`].
    pub async fn typed(&mut self, line: &str) -> Result<Played, Stopped> {
        let meant = Line::typed(line).map_err(Puzzled::Misread)?;
        self.play(meant).await
    }

    async fn play(&mut self, line: Line) -> Result<Played, Stopped> {
        match line {
            Line::Blank | Line::Comment | Line::Bots => return Ok(Played::On),
            Line::Quit => return Ok(Played::End),
            Line::Chooses { who } => {
                self.memory.who = Some(who);
                return Ok(Played::On);
            }
            Line::Who => {
                self.out.answer(&self.names().into())?;
                return Ok(Played::On);
            }
            Line::Clock(by) => self.clock(by, true).await?,
            Line::ClockOff(by) => self.clock(by, false).await?,
            Line::Says { who, words } => {
                let who = who.or_else(|| self.memory.who.clone()).ok_or(Puzzled::Nobody)?;
                let words = blanks::fill(&words, |what, to| self.memory.shown(what, to)).ok_or(Puzzled::NotShown)?;
                let heard = self.stage.people.does(&who, &words);
                self.hear(who, heard, None).await?;
            }
            Line::Replies { who, notice, words } => {
                let replies = self.stage.people.replies(&who, notice, &words);
                let (heard, message) = replies.ok_or(Puzzled::NoSuchNotice(notice))?;
                self.hear(who, heard, message).await?;
            }
            Line::InGroup { who, group, words } => {
                let words = blanks::fill(&words, |what, to| self.memory.shown(what, to)).ok_or(Puzzled::NotShown)?;
                self.say_in_group(who, group, words).await?;
            }
            Line::Presses { who, shown_to, label } => {
                let offer = match &shown_to {
                    None => self.memory.offers(&who, &label).next(),
                    Some(other) => self.memory.offers(other, &label).last(),
                };
                let press = offer.map(|offer| offer.press.clone()).ok_or(Puzzled::NoSuchButton(label))?;
                self.hear(who, Heard::Press(press), None).await?;
            }
            Line::Again { who } => {
                let last = self.memory.last.get(&who).cloned().ok_or(Puzzled::NothingBefore)?;
                self.receive(last).await?;
            }
        }
        self.house.deliver().await.map_err(anyhow::Error::from)?;
        let mut notices = self.stage.people.take();
        // Several people are written to at once: here, in the order of the notices' numbers.
        notices.sort_by_key(|said| (said.id.len(), said.id.clone()));
        for said in notices {
            self.out.notice(&said.to, &said.text)?;
            self.memory.seen.push(said);
        }
        if self.restless {
            self.start_again();
        }
        Ok(Played::On)
    }

    /// Moves the clock. With the bot on, what becomes due in between is done when its time comes; with the bot off, all
    /// of it is found late.
    async fn clock(&mut self, by: Move, on: bool) -> Result<(), Stopped> {
        let now = self.stage.clock.now();
        let then = by.from(now).ok_or(Puzzled::TooFar)?;
        if then < now {
            return Err(Puzzled::Past { now }.into());
        }
        if !on {
            self.house.sleep_until(then).await?;
            self.start_again();
        }
        let passed_over = self.house.live_until(then).await?;
        let mut shows = Text::from(then.format("%Y-%m-%d %H:%M UTC").to_string());
        if let Some(since) = passed_over {
            let since = Arg::Verbatim(since.format("%Y-%m-%d").to_string());
            let lang = self.lang.as_deref().unwrap_or(self.stage.locales.default_language());
            shows = Text::join_lines([shows, self.stage.locales.text(lang, &msg!("chat-passed-over", since = since))]);
        }
        Ok(self.out.answer(&shows)?)
    }

    async fn hear(&mut self, who: String, heard: Heard, reply_to: Option<String>) -> Result<(), Stopped> {
        if self.memory.groups.contains(&who) {
            return Err(Puzzled::IsGroup(who).into());
        }
        self.memory.count += 1;
        let clock = &self.stage.clock;
        clock.move_to(clock.now() + BEFORE_SPEAKING);
        let incoming = incoming(&who, self.memory.count, self.lang.as_deref(), heard);
        let incoming = Incoming { reply_to, ..incoming };
        self.memory.last.insert(who, incoming.clone());
        self.receive(incoming).await
    }

    async fn say_in_group(&mut self, who: String, group: String, words: String) -> Result<(), Stopped> {
        if self.memory.names.contains(&group) || group == who {
            return Err(Puzzled::IsPerson(group).into());
        }
        self.memory.groups.insert(group.clone());
        self.memory.count += 1;
        let clock = &self.stage.clock;
        clock.move_to(clock.now() + BEFORE_SPEAKING);
        let heard = in_group(&who, self.memory.count, self.lang.as_deref(), (group, words));
        self.house.hear_in_group(heard).await?;
        for said in self.stage.people.take() {
            self.out.notice(&said.to, &said.text)?;
            self.memory.seen.push(said);
        }
        Ok(())
    }

    /// What is shown to the one who talks is the answer.
    async fn receive(&mut self, incoming: Incoming) -> Result<(), Stopped> {
        let who = incoming.address.clone();
        self.house.hear(incoming).await?;
        for said in self.stage.people.take() {
            if said.to == who {
                self.out.answer(&said.text)?;
            } else {
                self.out.notice(&said.to, &said.text)?;
            }
            self.memory.seen.push(said);
        }
        self.memory.names.insert(who.clone());
        self.memory.who = Some(who);
        Ok(())
    }
}

impl Memory {
    /// The choices called so that somebody was ever shown, oldest first.
    fn offers(&self, who: &str, words: &str) -> impl Iterator<Item = &Offer> {
        let shown = self.seen.iter().filter(move |said| said.to == who);
        shown.flat_map(|said| &said.offers).filter(move |offer| offer.is_called(words))
    }

    /// The last of these that somebody, or anybody, was shown.
    fn shown(&self, what: Shown, to: Option<&str>) -> Option<&str> {
        let last_in = match what {
            Shown::Invite => Counted::last_in,
            Shown::Code => Counted::last_code_in,
        };
        let seen = self.seen.iter().rev().filter(|said| to.is_none_or(|who| said.to == who));
        seen.flat_map(|said| said.text.spans.iter().rev()).find_map(|span| last_in(&span.text))
    }
}
