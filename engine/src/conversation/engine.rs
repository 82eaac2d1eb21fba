use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;
use tokio::sync::Notify;

use super::groups::{Crowd, Words};
use super::guesses::Guesses;
use super::linking::Linking;
use super::reach::{arrived, let_in};
use super::said::Said;
use super::screen::To;
use super::strangers::Strangers;
use super::{
    Bot, Caps, Chance, Clock, Commands, Cx, Fault, Heard, Incoming, Moment, Rendered, Session, Step, Tries, Turn,
    Waits, caught,
};
use crate::locale::{Locales, Text};
use crate::store;

/// So many conversations beside each other are kept of one address: those that were used last.
const MOST_TABS: u64 = 12;

/// Plays turns: one update, one transaction, one page.
pub struct Engine<B: Bot> {
    pub(super) bot: Arc<B>,
    db: DatabaseConnection,
    pub(super) locales: Arc<Locales>,
    pub(super) commands: Commands,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    committed: Arc<Notify>,
    waits: Waits,
    strangers: Option<Strangers>,
    pub(super) guesses: Guesses,
    pub(super) group_words: Words,
    pub(super) crowd: Crowd,
}

/// The page that answers an update, and the message it may be edited into.
#[derive(Debug)]
pub struct Answer {
    /// The page, in words.
    pub rendered: Rendered,
    /// The message that can be edited into it.
    pub edit: Option<String>,
    /// It answers what somebody wrote, so it belongs below that.
    pub below: bool,
    /// The line above it, if it tells of a deed: it is said also when the page is replaced before anybody sees it.
    pub lasting: Option<Text>,
    /// What is said in passing, where a press has an answer of its own.
    pub aside: Option<String>,
    /// Where in the chat it is shown: see [`super::Letter::thread`].
    pub thread: Option<String>,
    /// The language that it is in.
    pub lang: String,
    /// Names it once for all: see [`super::Letter::id`].
    pub id: String,
    /// The revision of the session whose page it is; none where it only says that something is wrong.
    pub rev: Option<i64>,
    /// The revision at which the session stands.
    pub at: i64,
}

/// Why a page is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why<'a> {
    /// This update has come.
    Heard(&'a str),
    /// It may not have been shown.
    Lost,
    /// Somebody has come to look.
    Looked,
}

impl<'a> Why<'a> {
    fn update(self) -> Option<&'a str> {
        match self {
            Why::Heard(update) => Some(update),
            Why::Lost | Why::Looked => None,
        }
    }
}

impl Answer {
    /// The same words with nothing beside them.
    pub(super) fn plain(self) -> Answer {
        Answer { rendered: self.rendered.plain(), ..self }
    }
}

impl<B: Bot> Engine<B> {
    /// An engine for this bot, on this database, with these words; the clock and chance are whose the caller says.
    pub fn new(
        bot: Arc<B>,
        db: DatabaseConnection,
        locales: Arc<Locales>,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Engine<B> {
        let commands = Commands::new(&locales);
        let group_words = Words::new(&locales, bot.group_commands());
        Engine {
            bot,
            db,
            locales,
            commands,
            clock,
            chance,
            committed: Arc::default(),
            waits: Waits::default(),
            strangers: None,
            guesses: Guesses::default(),
            group_words,
            crowd: Crowd::default(),
        }
    }

    /// The same engine, where people whom the bot does not know get so many pages and no more, as a bot needs it whose
    /// door is open to everybody.
    #[must_use]
    pub fn wary(self) -> Engine<B> {
        Engine { strangers: Some(Strangers::default()), ..self }
    }

    /// Rings when a turn has been committed: whoever sends what turns leave behind need not wait to look.
    pub fn committed(&self) -> Arc<Notify> {
        self.committed.clone()
    }

    /// What waits for the database.
    pub fn waits(&self) -> &Waits {
        &self.waits
    }

    pub(super) fn db(&self) -> &DatabaseConnection {
        &self.db
    }

    pub(super) fn chance(&self) -> &dyn Chance {
        self.chance.as_ref()
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Plays one turn. `None`: the update was seen before, and its page was shown or another update has been handled
    /// since; or it is one that nothing is shown for; or a stranger has had enough (see [`Engine::wary`]).
    ///
    /// # Errors
    /// [`Fault::Away`] alone: nothing was changed, and the update is to come again. After anything else the answer is an
    /// apology, and the update is done with.
    pub async fn turn(&self, messenger: &str, caps: Caps, incoming: &Incoming) -> Result<Option<Answer>, Fault> {
        if let Heard::Blocked | Heard::Unblocked = incoming.heard {
            self.reached(messenger, incoming, incoming.heard == Heard::Unblocked).await?;
            return Ok(None);
        }
        let is_silenced = |strangers: &Strangers| strangers.is_silenced(messenger, &incoming.address, self.now());
        if self.strangers.as_ref().is_some_and(is_silenced) {
            return Ok(None);
        }
        self.again(messenger, caps, incoming, Why::Heard(&incoming.update)).await
    }

    /// Draws the open page once more, as it is now; `None` when it has been shown meanwhile.
    ///
    /// # Errors
    /// As [`Engine::turn`].
    pub async fn redraw(&self, messenger: &str, caps: Caps, incoming: &Incoming) -> Result<Option<Answer>, Fault> {
        self.again(messenger, caps, incoming, Why::Lost).await
    }

    /// An update that nobody else is changing the same records for goes through at the first try.
    pub(super) async fn again(
        &self,
        messenger: &str,
        caps: Caps,
        incoming: &Incoming,
        why: Why<'_>,
    ) -> Result<Option<Answer>, Fault> {
        let mut tries = Tries::of(&incoming.address);
        loop {
            let played = caught(self.play(messenger, caps, incoming, why)).await;
            let Err(fault) = played else { return played };
            match tries.once_more(fault).await {
                Ok(()) => {}
                Err(fault @ Fault::Away(_)) => return Err(fault),
                Err(fault) => {
                    tracing::error!(messenger, update = incoming.update, why = %fault, "a turn broke, nothing was changed");
                    return self.apologise(messenger, caps, incoming, why.update()).await;
                }
            }
        }
    }

    async fn play(
        &self,
        messenger: &str,
        caps: Caps,
        incoming: &Incoming,
        why: Why<'_>,
    ) -> Result<Option<Answer>, Fault> {
        let update = why.update();
        // Nothing was asked yet: whatever it says, it is the database that is not there.
        let tx = store::begin(&self.db).await.map_err(Fault::Away)?;
        let now = self.clock.now();
        let fresh = match update {
            Some(update) => store::seen_update::note(&tx, messenger, update, now).await?,
            None => false,
        };
        if fresh && self.is_answered_already(&tx, messenger, incoming, now).await? {
            tx.commit().await?;
            return Ok(None);
        }
        let arrival = store::arrival::of(&tx, messenger, (&incoming.address, &incoming.tab)).await?;
        let is_new = arrival.session.is_none();
        let mut session = match arrival.session {
            Some(row) => Session::read(row, self.bot.home()),
            None => Session::new(self.bot.home(), &incoming.tab),
        };
        if !fresh && update.is_some() && session.seq != incoming.seq {
            tracing::info!(messenger, update, "an update came a second time and was ignored");
            return Ok(None);
        }
        let is_to_be_drawn = match why {
            Why::Heard(_) | Why::Lost => fresh || !session.is_shown(),
            // Nobody is made known by looking.
            Why::Looked => arrival.known.is_some() || !is_new,
        };
        if !is_to_be_drawn {
            return Ok(None);
        }

        let at = Moment { tx: &tx, now, chance: self.chance.as_ref() };
        let (here, guess) = ((messenger, incoming.address.as_str()), self.guess(incoming));
        let known = arrived(&tx, arrival.known, incoming).await?;
        let linked = match fresh {
            true => self.linked(&at, here, known.as_ref(), &session, incoming).await?,
            false => None,
        };
        let owner = linked.as_ref().and_then(|linked| linked.owner.clone());
        if owner.is_some() {
            session.forget(&self.bot.home());
        }
        if linked.is_some() {
            session.said = Said::default();
        }
        let person = match owner.or(known) {
            None if self.bot.lets_everybody_in() => Some(let_in(&at, here, &guess).await?),
            person => person,
        };
        let turn = Turn { at, messenger, address: &incoming.address, name: &incoming.name, person };
        let world = self.bot.arrive(&turn).await?;
        let strangers = self.strangers.as_ref().filter(|_| fresh && turn.person.is_none());
        if is_new && strangers.is_some_and(|strangers| !strangers.may_come(messenger, now)) {
            return Ok(None);
        }
        let known = turn.person.as_ref().map(|person| person.lang.clone());
        let lang = known.or(session.lang.clone()).unwrap_or(guess);
        let also_in = turn.person.as_ref().and_then(|person| person.also_in.clone());
        let draft = std::mem::take(&mut session.draft);
        if let Some(elsewhere) = self.bot.detour(&world, &session.route) {
            // What led to where they stood is gone, and nobody lets them in there.
            session.reset(&elsewhere);
        }
        let mut cx = Cx { turn: &turn, world, route: session.route.clone(), lang, also_in, draft };

        let (was_at, asked) = (session.route.clone(), session.asks);
        if fresh {
            session.begin(now);
        }
        let step = match linked {
            Some(Linking { owner: Some(_), says }) => Ok(Step::home().saying(says)),
            Some(Linking { owner: None, says }) => Ok(Step::stay().saying(says)),
            None if fresh => self.hear(&mut cx, &mut session, caps, incoming).await,
            None => Ok(Step::stay()),
        };
        let step = match step {
            Err(Fault::Refused(step)) => step,
            Err(Fault::Lost) => Step::home().saying(self.lost(&cx)),
            step => step?,
        };
        self.bot.depart(&mut cx).await?;
        if step.to == To::Gone {
            let answer = self.farewell(&session, &cx.lang, caps, incoming, step.saying.as_ref());
            store::session::forget(&tx, messenger, &incoming.address).await?;
            tx.commit().await?;
            self.committed.notify_one();
            return Ok(Some(answer));
        }
        // What is said on a page that has brought a file does not bring it once more.
        let brings_again = fresh && step.to == To::Stay;
        let tells_of_a_deed = session.did.is_some() || step.to != To::Stay;
        self.walk(&mut cx, &mut session, step.to);
        let saying = if fresh { step.saying } else { session.saying.take() };
        let (mut page, saying) = self.page(&mut cx, &mut session, saying).await?;
        page.file = page.file.filter(|_| !brings_again);

        let said = session.said.clone();
        let voice = self.voice(&cx, caps, &said);
        let ways = self.ways(&page, &session, cx.draft.begun(&session.route));
        let draw = |word: &str| voice.page(&page, saying.as_ref(), &ways, word);
        // A page that may have got lost is drawn again under its own name, so that a messenger which did take it shows
        // it once. That is right as long as the choices are the same: what "2" means is stored here, and has to be what
        // was shown. Where they have changed it is another page; then two may be shown, and the lower one counts. What
        // remains: of the text above the choices, the one that was taken first is what is seen.
        let again = (!fresh && session.route == was_at && page.asks == asked)
            .then(|| draw(&session.word))
            .filter(|(_, offered)| *offered == session.offered);
        let heard_at = if why == Why::Looked { session.heard_at(now) } else { now };
        let is_open_already = why == Why::Looked && again.is_some();
        let (rendered, offered) = match again {
            Some(same) => same,
            None => {
                session.rev += 1;
                session.word = self.chance.word()?;
                session.message = None;
                draw(&session.word)
            }
        };
        session.seq = session.seq.max(incoming.seq);
        session.asks = page.asks;
        session.offered = offered;
        session.saying = saying;
        // What the engine remarks on is of no use once something else was said.
        let lasting = session.saying.as_ref().filter(|line| tells_of_a_deed && !line.key.starts_with("page-"));
        let lasting = lasting.map(|line| self.locales.text(&cx.lang, line));
        let aside = session.aside.take().map(|aside| self.locales.plain(&cx.lang, &aside));
        if fresh {
            session.thread.clone_from(&incoming.thread);
        }
        let lang = cx.lang;
        session.lang = Some(lang.clone());
        session.draft = cx.draft;
        // A press, or a page drawn again, edits the message that shows it; what is written asks for a
        // new one below it.
        let below = fresh && !matches!(incoming.heard, Heard::Press(_));
        if below {
            session.live = None;
        }

        let row = session.write(messenger, &incoming.address, heard_at);
        match session.read_rev() {
            None => match store::session::insert(&tx, row).await {
                Err(error) if store::is_unique_violation(&error) => return Err(Fault::Raced),
                inserted => {
                    inserted?;
                    if !incoming.tab.is_empty() {
                        store::session::keep_tabs(&tx, messenger, &incoming.address, MOST_TABS).await?;
                    }
                }
            },
            // To look changes nothing.
            Some(_) if is_open_already => {}
            Some(rev) if store::session::save(&tx, &row, rev).await? => {}
            Some(_) => return Err(Fault::Raced),
        }
        tx.commit().await?;
        self.committed.notify_one();
        if let Some(strangers) = strangers {
            strangers.note(messenger, &incoming.address, now);
        }
        let id = format!("{}-{}", incoming.address, session.word);
        Ok(Some(Answer {
            rendered,
            edit: session.live,
            below,
            lasting,
            aside,
            thread: session.thread,
            lang,
            id,
            rev: Some(session.rev),
            at: session.rev,
        }))
    }

    pub(super) fn walk(&self, cx: &mut Cx<'_, B::World>, session: &mut Session, to: To) {
        session.draft = std::mem::take(&mut cx.draft);
        session.walk(to, &self.bot.home());
        if let Some(elsewhere) = self.bot.detour(&cx.world, &session.route) {
            session.reset(&elsewhere);
        }
        cx.draft = std::mem::take(&mut session.draft);
        cx.route = session.route.clone();
    }
}
