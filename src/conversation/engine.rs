use std::sync::Arc;

use sea_orm::DatabaseConnection;
use tokio::sync::Notify;

use super::command::Spoken;
use super::numbers::{Offered, chosen};
use super::render::{Voice, Ways};
use super::screen::To;
use super::{
    Bot, Caps, Clock, Command, Commands, Cx, Draft, Fault, Heard, Incoming, Input, Page, Press, Rendered,
    Session, Step, Turn,
};
use crate::locale::{Locales, Msg};
use crate::{msg, store};

/// How often a turn is played again when others change the same records in the same moment.
const TRIES: usize = 5;

/// Plays turns: one update, one transaction, one page.
pub struct Engine<B: Bot> {
    bot: Arc<B>,
    db: DatabaseConnection,
    locales: Arc<Locales>,
    commands: Commands,
    clock: Arc<dyn Clock>,
    committed: Arc<Notify>,
}

/// The page that answers an update, and the message it may be edited into.
#[derive(Debug)]
pub struct Answer {
    pub rendered: Rendered,
    pub edit: Option<String>,
    /// The session's revision: with the chat's address it names this page once for all.
    pub rev: i64,
}

impl<B: Bot> Engine<B> {
    pub fn new(bot: Arc<B>, db: DatabaseConnection, locales: Arc<Locales>, clock: Arc<dyn Clock>) -> Engine<B> {
        let commands = Commands::new(&locales);
        Engine { bot, db, locales, commands, clock, committed: Arc::default() }
    }

    /// Rings when a turn has been committed: whoever sends what turns leave behind need not wait to look.
    pub fn committed(&self) -> Arc<Notify> {
        self.committed.clone()
    }

    pub(super) fn db(&self) -> &DatabaseConnection {
        &self.db
    }

    /// Plays one turn. `None`: the update was seen before, and another has been handled since.
    ///
    /// # Errors
    /// [`Fault::Database`] and [`Fault::Raced`]: nothing was changed, and the update can come again.
    pub async fn turn(&self, messenger: &str, caps: Caps, incoming: &Incoming) -> Result<Option<Answer>, Fault> {
        self.again(messenger, caps, incoming, Some(&incoming.update)).await
    }

    /// Shows the open page once more, as it is now.
    ///
    /// # Errors
    /// As [`Engine::turn`].
    pub async fn redraw(&self, messenger: &str, caps: Caps, incoming: &Incoming) -> Result<Option<Answer>, Fault> {
        self.again(messenger, caps, incoming, None).await
    }

    /// An update that nobody else is changing the same records for goes through at the first try.
    async fn again(
        &self,
        messenger: &str,
        caps: Caps,
        incoming: &Incoming,
        update: Option<&str>,
    ) -> Result<Option<Answer>, Fault> {
        for _ in 0..TRIES {
            match self.play(messenger, caps, incoming, update).await {
                Err(Fault::Raced) => {}
                Err(Fault::Broken(why)) => {
                    tracing::error!(messenger, why, "a turn broke, nothing was changed");
                    return self.apologise(messenger, caps, incoming, update).await;
                }
                played => return played,
            }
        }
        Err(Fault::Raced)
    }

    async fn play(
        &self,
        messenger: &str,
        caps: Caps,
        incoming: &Incoming,
        update: Option<&str>,
    ) -> Result<Option<Answer>, Fault> {
        let tx = store::begin(&self.db).await?;
        let now = self.clock.now();
        let fresh = match update {
            Some(update) => store::seen_update::note(&tx, messenger, update, now).await?,
            None => false,
        };
        let row = store::session::load(&tx, messenger, &incoming.address).await?;
        let mut session = match row {
            Some(row) => Session::read(row, self.bot.home()),
            None => Session::new(self.bot.home()),
        };
        if !fresh && update.is_some() && session.seq != incoming.seq {
            tracing::info!(messenger, update, "an update came a second time and was ignored");
            return Ok(None);
        }

        let turn = Turn { tx: &tx, now, messenger, address: &incoming.address, name: &incoming.name };
        let world = self.bot.arrive(&turn).await?;
        let lang = self.bot.lang(&world).or(session.lang.clone()).unwrap_or_else(|| self.guess(incoming));
        let draft = std::mem::take(&mut session.draft);
        let mut cx = Cx { turn: &turn, world, route: session.route.clone(), lang, draft };

        let step = if fresh { self.hear(&mut cx, &mut session, caps, incoming).await } else { Ok(Step::stay()) };
        let step = match step {
            Err(Fault::Lost) => Step::home().saying(msg!("page-lost")),
            step => step?,
        };
        self.bot.depart(&mut cx).await?;
        self.walk(&mut cx, &mut session, step.to);
        let (page, saying) = self.page(&mut cx, &mut session, step.saying).await?;

        session.rev += 1;
        session.seq = session.seq.max(incoming.seq);
        session.asks = page.asks;
        let voice = Voice { locales: &self.locales, lang: &cx.lang, caps };
        let (rendered, offered) = voice.page(&page, saying.as_ref(), &self.ways(&page, &session), session.rev);
        session.offered = offered;
        session.lang = Some(cx.lang);
        session.draft = cx.draft;
        // A press, or a page drawn again, edits the message that shows it; what is written asks for a
        // new one below it.
        if fresh && !matches!(incoming.heard, Heard::Press(_)) {
            session.live = None;
        }

        let row = session.write(messenger, &incoming.address, now);
        match session.read_rev() {
            None => match store::session::insert(&tx, row).await {
                Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced),
                inserted => drop(inserted?),
            },
            Some(rev) if store::session::save(&tx, &row, rev).await? => {}
            Some(_) => return Err(Fault::Raced),
        }
        tx.commit().await?;
        self.committed.notify_one();
        Ok(Some(Answer { rendered, edit: session.live, rev: session.rev }))
    }

    /// What the person said or pressed, done.
    async fn hear(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        caps: Caps,
        incoming: &Incoming,
    ) -> Result<Step, Fault> {
        match &incoming.heard {
            Heard::Press(data) => self.pressed(cx, session, data).await,
            Heard::Text(text) => self.wrote(cx, session, caps, incoming.seq, text).await,
            Heard::Other => Ok(Step::stay().saying(msg!("page-text-only"))),
        }
    }

    async fn pressed(&self, cx: &mut Cx<'_, B::World>, session: &Session, data: &str) -> Result<Step, Fault> {
        match Press::decode(data) {
            Some(Press::Link(to) | Press::NoticeLink { to, .. }) => Ok(Step::go(to)),
            Some(Press::Notice { id, name }) => self.bot.answer(cx, id, &name).await,
            Some(Press::Deed { name, .. }) if session.offered.iter().any(|offered| offered.press == data) => {
                self.act(cx, Input::Chose(name)).await
            }
            Some(Press::Deed { .. }) => Ok(Step::stay().saying(msg!("page-stale"))),
            None => Ok(Step::stay().saying(msg!("page-lost"))),
        }
    }

    /// A command, a choice by its number or its words, an answer, or nothing that was asked for.
    async fn wrote(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        caps: Caps,
        seq: i64,
        text: &str,
    ) -> Result<Step, Fault> {
        match self.commands.read(text, !(caps.buttons && session.asks)) {
            Spoken::Known(command, word) => return self.command(cx, session, command, word).await,
            Spoken::Unknown => return Ok(Step::stay().saying(msg!("page-no-such-command"))),
            Spoken::No => {}
        }
        if seq < session.seq {
            // It was meant for a page that is gone: better asked for again than taken for another answer.
            tracing::info!(messenger = cx.turn.messenger, seq, "a message came late and was not taken");
            return Ok(Step::stay().saying(msg!("page-late")));
        }
        if let Some(choice) = chosen(&session.offered, text, session.asks) {
            let press = choice.press.clone();
            return self.pressed(cx, session, &press).await;
        }
        if !caps.buttons
            && let Some(step) = self.wrote_to_notice(cx, session.asks, text).await?
        {
            return Ok(step);
        }
        if session.asks {
            return self.act(cx, Input::Wrote(text.to_owned())).await;
        }
        Ok(Step::stay().saying(msg!("page-unexpected")))
    }

    /// Choices of notices, by the words they show: `confirm 12`, or `confirm` where one notice alone offers it.
    async fn wrote_to_notice(&self, cx: &mut Cx<'_, B::World>, asks: bool, text: &str) -> Result<Option<Step>, Fault> {
        let mut with_number = Vec::new();
        let mut without = Vec::new();
        for notice in self.bot.open_notices(cx).await? {
            for choice in &notice.choices {
                let label = self.locales.plain(&cx.lang, choice.label());
                let press = match choice {
                    super::Choice::Do { name, .. } => Press::Notice { id: notice.id, name: name.clone() },
                    super::Choice::Go { to, .. } => Press::NoticeLink { id: notice.id, to: to.clone() },
                    super::Choice::Open { .. } => continue,
                };
                let press = press.encode();
                with_number.push(Offered { number: None, press: press.clone(), label: format!("{label} {}", notice.id) });
                without.push(Offered { number: None, press, label });
            }
        }
        let found = chosen(&with_number, text, true).or_else(|| chosen(&without, text, asks).filter(|_| !asks));
        let Some(found) = found else { return Ok(None) };
        let same = without.iter().filter(|other| other.label == found.label).count();
        if same > 1 {
            return Ok(Some(Step::stay().saying(msg!("page-which-notice"))));
        }
        match Press::decode(&found.press) {
            Some(Press::Notice { id, name }) => self.bot.answer(cx, id, &name).await.map(Some),
            Some(Press::NoticeLink { to, .. }) => Ok(Some(Step::go(to))),
            _ => Ok(None),
        }
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
                self.bot.start(cx, word).await?
            }
            Command::Menu => Step::home(),
            Command::Back => Step::back(),
            Command::Cancel if session.asks || cx.draft.begun(&cx.route) => Step::back().saying(msg!("page-cancelled")),
            Command::Cancel => Step::stay().saying(msg!("page-nothing-to-cancel")),
            Command::Help | Command::Language => self.bot.place(command).map_or_else(Step::stay, Step::go),
        })
    }

    async fn act(&self, cx: &mut Cx<'_, B::World>, input: Input) -> Result<Step, Fault> {
        match self.bot.screens().get(&cx.route) {
            Some(screen) => screen.act(cx, input).await,
            None => Err(Fault::Lost),
        }
    }

    fn walk(&self, cx: &mut Cx<'_, B::World>, session: &mut Session, to: To) {
        session.draft = std::mem::take(&mut cx.draft);
        session.walk(to, &self.bot.home());
        if let Some(elsewhere) = self.bot.detour(&cx.world, &session.route) {
            session.reset(&elsewhere);
        }
        cx.draft = std::mem::take(&mut session.draft);
        cx.route = session.route.clone();
    }

    /// The page of the place where the person is now; where there is nothing to see, they are taken home.
    async fn page(
        &self,
        cx: &mut Cx<'_, B::World>,
        session: &mut Session,
        saying: Option<Msg>,
    ) -> Result<(Page, Option<Msg>), Fault> {
        let seen = match self.bot.screens().get(&cx.route) {
            Some(screen) => screen.page(cx).await,
            None => Err(Fault::Lost),
        };
        match seen {
            Ok(page) => return Ok((page, saying)),
            Err(Fault::Lost) => {}
            Err(fault) => return Err(fault),
        }
        let home = self.bot.home();
        session.reset(&home);
        cx.draft = Draft::default();
        cx.route = self.bot.detour(&cx.world, &home).unwrap_or(home);
        session.route = cx.route.clone();
        let Some(screen) = self.bot.screens().get(&cx.route) else {
            return Err(Fault::Broken(format!("there is no screen for {}", cx.route)));
        };
        match screen.page(cx).await {
            Ok(page) => Ok((page, Some(saying.unwrap_or(msg!("page-lost"))))),
            Err(Fault::Lost) => Err(Fault::Broken(format!("the screen of {} is lost", cx.route))),
            Err(fault) => Err(fault),
        }
    }

    fn ways(&self, page: &Page, session: &Session) -> Ways {
        let home = self.bot.home();
        if page.bare || session.route == home {
            return Ways { back: None, home: None };
        }
        let back = session.trail.last().cloned().filter(|back| *back != home);
        Ways { back, home: Some(home) }
    }

    /// The language to begin with: that of the person's messenger, if we speak it.
    fn guess(&self, incoming: &Incoming) -> String {
        let spoken = self.locales.negotiate(incoming.lang.as_deref());
        spoken.unwrap_or_else(|| self.locales.default_language()).to_owned()
    }

    /// Something is wrong on our side: the person is told so, and the update is done with, because
    /// it would only break again.
    async fn apologise(
        &self,
        messenger: &str,
        caps: Caps,
        incoming: &Incoming,
        update: Option<&str>,
    ) -> Result<Option<Answer>, Fault> {
        let row = store::session::load(&self.db, messenger, &incoming.address).await?;
        if let Some(update) = update {
            store::seen_update::note(&self.db, messenger, update, self.clock.now()).await?;
        }
        let rev = row.as_ref().map_or(0, |row| row.rev);
        let lang = row.and_then(|row| row.lang).unwrap_or_else(|| self.guess(incoming));
        let voice = Voice { locales: &self.locales, lang: &lang, caps };
        let ways = Ways { back: None, home: Some(self.bot.home()) };
        let (rendered, _) = voice.page(&Page::new(msg!("page-broken")), None, &ways, rev);
        Ok(Some(Answer { rendered, edit: None, rev }))
    }
}
