use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, DbErr, TransactionTrait};

use super::backoff::{backoff, backoff_of};
use super::meters::Meters;
use super::teller::Teller;
use crate::conversation::{
    Chance, Clock, Fault, InGroup, Kept, LET_GO, Letter, Messenger, Moment, Named, PIN, Page, Reader, Rendered,
    SendError, Shown, Waits, caught, render_notice, shown_by,
};
use crate::hours::Zone;
use crate::id::PersonId;
use crate::locale::Locales;
use crate::store::account::AccountId;
use crate::store::outbox::{Claimed, NoticeId};
use crate::store::{self, Trouble};

/// How long a messenger may take over one letter; then it counts as not sent.
const PATIENCE: Duration = Duration::from_secs(15);

/// When letters to so many came to nothing, and none in between did not, the messenger is left alone for a while: it is not
/// about them.
const IN_A_ROW: usize = 3;

/// For so long at most: then it is tried again.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Nobody is left alone for longer than this: then it is tried again.
const LONGEST: TimeDelta = TimeDelta::hours(1);

/// So long a letter is tried again that is refused for a reason which nobody foresaw. Then it is tried once more, as plain
/// text: perhaps it was about what stands beside the words.
const REFUSED_FOR: TimeDelta = TimeDelta::hours(3);

/// What all lines of a process have in common.
pub(super) struct Office {
    pub db: DatabaseConnection,
    pub teller: Arc<dyn Teller>,
    pub chance: Arc<dyn Chance>,
    pub locales: Arc<Locales>,
    pub clock: Arc<dyn Clock>,
    /// The zone of people who have chosen none.
    pub zone: Zone,
    pub meters: Meters,
    pub waits: Waits,
}

/// How a messenger has been doing.
#[derive(Default)]
struct Health {
    /// To whom letters came to nothing since the last that did not. One who can't be written to, however much waits for
    /// them, says nothing of the messenger.
    in_a_row: HashSet<PersonId>,
    /// How often it has been left alone since then.
    pauses: u32,
    paused_until: Option<DateTime<Utc>>,
}

/// What became of a row that was taken in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    WentOut,
    /// The messenger was asked, and it did not go out.
    Tried,
    /// The messenger was not asked.
    Untried,
}

/// A notice's page.
pub(super) enum Made {
    /// None: its facts can't be read.
    Page(Option<Page>),
    /// It is made by itself.
    NotYet,
}

/// How a letter went out.
#[derive(Clone)]
pub(super) struct Went {
    pub shown: Shown,
    /// The page that was edited in place until then: the letter stands below it.
    pub page: Option<String>,
    /// It is the live card of this group.
    pub card_of: Option<PersonId>,
}

/// Sends rows through one messenger, and notes what becomes of them.
pub(super) struct Post<'a> {
    pub office: &'a Office,
    pub messenger: &'a dyn Messenger,
    health: Mutex<Health>,
    /// What went out while the database could not be told, and to which address: it is noted later, and not sent again.
    unnoted: Mutex<HashMap<NoticeId, (String, Went)>>,
    /// What broke, and was told.
    told: Mutex<HashSet<NoticeId>>,
}

impl<'a> Post<'a> {
    pub fn new(office: &'a Office, messenger: &'a dyn Messenger) -> Post<'a> {
        Post { office, messenger, health: Mutex::default(), unnoted: Mutex::default(), told: Mutex::default() }
    }

    /// The pages of these, in their order; none for what can't be read. Those among which one breaks are left to be made one
    /// by one.
    ///
    /// # Errors
    /// The database is away.
    pub async fn pages(&self, rows: &[Claimed]) -> Result<Vec<Made>, DbErr> {
        let kept: Vec<Kept> = rows.iter().map(Claimed::kept).collect();
        match caught(self.made(&kept)).await {
            Ok(pages) => Ok(pages.into_iter().map(Made::Page).collect()),
            Err(Fault::Away(error)) => Err(error),
            Err(_) => Ok(rows.iter().map(|_| Made::NotYet).collect()),
        }
    }

    async fn made(&self, kept: &[Kept]) -> Result<Vec<Option<Page>>, Fault> {
        let tx = store::begin(&self.office.db).await.map_err(Fault::Away)?;
        let at = Moment { tx: &tx, now: self.now(), chance: self.office.chance.as_ref() };
        let pages = self.office.teller.pages(&at, kept).await?;
        tx.commit().await?;
        Ok(pages)
    }

    /// Sends one row, and notes what became of it. One that breaks is given up: the others don't wait for it.
    ///
    /// # Errors
    /// The database is away.
    pub async fn deliver(&self, row: &Claimed, page: Made) -> Result<Fate, DbErr> {
        let broke = match caught(self.try_to_deliver(row, page)).await {
            Ok(fate) => return Ok(fate),
            Err(Fault::Away(error)) => return Err(error),
            // It is tried again when its lease is over.
            Err(Fault::Raced) => return Ok(Fate::Tried),
            Err(broke) => broke,
        };
        if self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(row.id) {
            tracing::error!(outbox = row.id.number(), kind = row.kind, %broke, "a notice broke and is given up");
        }
        match self.fail(row, "broken", &broke.to_string()).await {
            Err(error) if Trouble::of(&error) == Trouble::Away => Err(error),
            _ => Ok(Fate::Tried),
        }
    }

    async fn try_to_deliver(&self, row: &Claimed, page: Made) -> Result<Fate, Fault> {
        let db = &self.office.db;
        // Looked at whenever it is about to be sent, so it holds for second attempts and for hours that were just changed.
        let now = self.now();
        let allowed = row.allowed_from(now, &self.office.zone);
        if allowed > now {
            store::outbox::plan(db, row.id, allowed).await?;
            return Ok(Fate::Untried);
        }
        let (Some(account), Some(address)) = (row.account_id, &row.address) else {
            // The account has become unreachable in the moment in which the row was queued.
            store::outbox::set_way(db, row.recipient_id).await?;
            store::outbox::put_off(db, row.id, now).await?;
            return Ok(Fate::Untried);
        };
        let unnoted = self.unnoted().get(&row.id).cloned();
        if let Some((_, went)) = unnoted {
            return self.done(row, address, went).await;
        }
        let page = match page {
            Made::Page(page) => page,
            Made::NotYet => self.made(&[row.kept()]).await?.pop().flatten(),
        };
        let Some(page) = page else {
            tracing::error!(outbox = row.id.number(), kind = row.kind, "a notice can't be read and was not sent");
            return Ok(self.fail(row, "unreadable", "this release can't read it").await?);
        };
        match row.kind.as_str() {
            PIN => return self.pin(row, account, address).await,
            LET_GO => self.take_card_away(row, address).await,
            _ => {}
        }
        let words = self.words(row, &page);
        let at_last = row.refused_since.is_some_and(|since| now - since >= REFUSED_FOR);
        let words = if at_last { words.plain() } else { words };
        let id = format!("n{}", named(row).word);
        let group = row.is_for_a_group().then_some(InGroup { place: row.place.as_deref() });
        let edit = row.card.as_deref().filter(|_| row.is_a_card());
        let letter = Letter { to: address, page: &words, edit, id: &id, thread: None, group };
        let page = store::session::live(db, self.messenger.name(), address).await?;
        let shown = within_patience(shown_by(self.messenger, letter)).await;
        match shown {
            Ok(shown) => {
                let card_of = row.is_a_card().then_some(row.recipient_id);
                self.done(row, address, Went { shown, page, card_of }).await
            }
            Err(error) => self.not_sent(row, account, error, at_last).await,
        }
    }

    /// The messenger has not taken it, for this reason; or (`at_last`) not even its words.
    pub(super) async fn not_sent(
        &self,
        row: &Claimed,
        account: AccountId,
        error: SendError,
        at_last: bool,
    ) -> Result<Fate, Fault> {
        let fate = match error {
            SendError::Pause(pause) => self.pause(row, pause).await,
            SendError::Wait(pause) => self.wait(row, pause).await,
            SendError::Later(pause) => self.later(row, pause).await,
            SendError::Unknown { again, .. } if !at_last => self.refused(row, again).await,
            SendError::Gone if row.is_for_a_group() => return self.group_gone(row).await,
            SendError::Gone => self.gone(row, account).await,
            SendError::Moved(to) => return self.group_moved(row, &to).await,
            SendError::Unknown { why, .. } => self.give_up(row, "refused", &why).await,
            SendError::Broken(why) => self.give_up(row, "broken", &why).await,
        };
        Ok(fate?)
    }

    fn words(&self, row: &Claimed, page: &Page) -> Rendered {
        let reader = Reader { lang: &row.lang, also_in: row.also_in.as_deref() };
        render_notice(&self.office.locales, reader, self.messenger.caps(), page, &named(row))
    }

    /// Notes what went out while the database was away, first of all: when a row's lease is over, another process would send
    /// it once more. It is as much as one line has in hand at most.
    pub async fn note_what_went_out(&self) -> Result<(), DbErr> {
        let unnoted = self.unnoted().clone();
        for (id, (address, went)) in unnoted {
            self.note_sent(id, &address, &went).await?;
            self.unnoted().remove(&id);
            self.office.meters.sent(self.messenger.name());
        }
        Ok(())
    }

    /// It went out. What the database can't be told now is noted as soon as it is back.
    pub(super) async fn done(&self, row: &Claimed, address: &str, went: Went) -> Result<Fate, Fault> {
        self.answered();
        match self.note_sent(row.id, address, &went).await {
            Ok(()) => {
                self.unnoted().remove(&row.id);
                self.office.meters.sent(self.messenger.name());
                if row.kind == LET_GO {
                    self.forget(row.recipient_id).await?;
                }
                Ok(Fate::WentOut)
            }
            Err(error) => {
                self.unnoted().insert(row.id, (address.to_owned(), went));
                Err(error.into())
            }
        }
    }

    /// The notice now stands below the live page, so the next page is a new message below the notice.
    async fn note_sent(&self, id: NoticeId, address: &str, went: &Went) -> Result<(), DbErr> {
        let tx = store::begin(&self.office.db).await?;
        store::outbox::sent(&tx, id, went.shown.message.as_deref(), self.now()).await?;
        if let Some(page) = &went.page {
            store::session::bury(&tx, self.messenger.name(), address, page).await?;
        }
        if let Some(group) = went.card_of {
            // It went out, whatever else can't be written.
            let apart = tx.begin().await?;
            match self.note_card(&apart, group, went.shown.message.as_deref()).await {
                Ok(()) => apart.commit().await?,
                Err(Fault::Away(error)) => return Err(error),
                Err(fault) => {
                    apart.rollback().await?;
                    tracing::error!(outbox = id.number(), %fault, "what shows a group's card is not noted");
                }
            }
        }
        tx.commit().await
    }

    fn unnoted(&self) -> MutexGuard<'_, HashMap<NoticeId, (String, Went)>> {
        self.unnoted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The messenger wants to be left alone, by every process. It was not about this letter.
    pub(super) async fn pause(&self, row: &Claimed, pause: Duration) -> Result<Fate, DbErr> {
        let (now, until) = (self.now(), self.after(pause));
        self.office.meters.put_off(self.messenger.name());
        store::pause::set(&self.office.db, self.messenger.name(), until, now).await?;
        // What holds it back is the pause. It stays due, so that it keeps its place before what comes later.
        store::outbox::put_off(&self.office.db, row.id, now).await?;
        Ok(Fate::Tried)
    }

    /// The recipient's chat wants to be left alone, by every process: what follows for them waits behind this row.
    pub(super) async fn wait(&self, row: &Claimed, pause: Duration) -> Result<Fate, DbErr> {
        self.office.meters.put_off(self.messenger.name());
        store::outbox::later(&self.office.db, row.id, self.after(pause)).await?;
        Ok(Fate::Tried)
    }

    async fn later(&self, row: &Claimed, pause: Duration) -> Result<Fate, DbErr> {
        self.office.meters.put_off(self.messenger.name());
        if let Some(until) = self.came_to_nothing(row.recipient_id) {
            store::pause::set(&self.office.db, self.messenger.name(), until, self.now()).await?;
        }
        let attempts = u32::try_from(row.attempts).unwrap_or(1);
        store::outbox::later(&self.office.db, row.id, self.after(pause.max(backoff_of(row.id, attempts)))).await?;
        Ok(Fate::Tried)
    }

    /// For a reason that nobody foresaw. The messenger has answered, so there is no reason to leave it alone.
    async fn refused(&self, row: &Claimed, again: Duration) -> Result<Fate, DbErr> {
        self.office.meters.put_off(self.messenger.name());
        let due = self.after(again.max(backoff_of(row.id, u32::try_from(row.attempts).unwrap_or(1))));
        store::outbox::refused(&self.office.db, row.id, self.now(), due).await?;
        Ok(Fate::Tried)
    }

    async fn give_up(&self, row: &Claimed, reason: &str, why: &str) -> Result<Fate, DbErr> {
        let messenger = self.messenger.name();
        tracing::error!(outbox = row.id.number(), kind = row.kind, messenger, why, "a notice was not sent");
        self.fail(row, reason, why).await
    }

    async fn gone(&self, row: &Claimed, account: AccountId) -> Result<Fate, DbErr> {
        self.answered();
        let now = self.now();
        store::account::mark_unreachable(&self.office.db, account, now).await?;
        tracing::info!(outbox = row.id.number(), account = account.number(), "an account can't be reached any more");
        store::outbox::put_off(&self.office.db, row.id, now).await?;
        Ok(Fate::Tried)
    }

    pub(super) async fn fail(&self, row: &Claimed, reason: &str, why: &str) -> Result<Fate, DbErr> {
        self.answered();
        store::outbox::failed(&self.office.db, row.id, why, self.now()).await?;
        self.office.meters.failed(reason, 1);
        Ok(Fate::Tried)
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.office.clock.now()
    }

    /// So long from now, in whole seconds, as all times in the database are.
    fn after(&self, pause: Duration) -> DateTime<Utc> {
        let seconds = pause.as_secs() + u64::from(pause.subsec_nanos() > 0);
        let pause = TimeDelta::try_seconds(i64::try_from(seconds).unwrap_or(i64::MAX)).unwrap_or(LONGEST);
        self.now() + pause.clamp(TimeDelta::seconds(1), LONGEST)
    }

    /// The messenger has dealt with a letter.
    pub(super) fn answered(&self) {
        let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        *health = Health { paused_until: health.paused_until, ..Health::default() };
    }

    /// A letter came to nothing. Until when the messenger is to be left alone, if it was one too many: longer each time.
    fn came_to_nothing(&self, recipient: PersonId) -> Option<DateTime<Utc>> {
        let now = self.now();
        let mut health = self.health.lock().unwrap_or_else(PoisonError::into_inner);
        if health.in_a_row.len() < IN_A_ROW {
            health.in_a_row.insert(recipient);
        }
        // Those that were on their way together come to nothing together.
        if health.in_a_row.len() < IN_A_ROW || health.paused_until.is_some_and(|until| until > now) {
            return None;
        }
        health.pauses += 1;
        let until = self.after(backoff(health.pauses).min(LONGEST_PAUSE));
        health.paused_until = Some(until);
        Some(until)
    }
}

/// What a messenger does, if it does it in time.
pub(super) async fn within_patience<T>(does: impl Future<Output = Result<T, SendError>>) -> Result<T, SendError> {
    tokio::time::timeout(PATIENCE, does).await.unwrap_or(Err(SendError::Later(Duration::ZERO)))
}

/// A row that an older release has queued goes by nothing: its buttons say that they are old.
fn named(row: &Claimed) -> Named {
    Named { word: row.word.clone().unwrap_or_default(), number: row.number.unwrap_or_default() }
}
