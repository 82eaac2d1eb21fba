//! What somebody has chosen about being written to, and choosing otherwise.

use chrono::TimeDelta;

use crate::conversation::{COUNTS, Cx, Fault, MOST_ACCOUNTS, Moment};
use crate::hours::{Place, QuietHours, Zone};
use crate::id::PersonId;
use crate::msg;
use crate::store::account::{self, AccountId};
use crate::store::{self, chat, link_code, outbox, person};

/// What somebody has chosen about being written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The hours in which they are left alone, if there are any.
    pub quiet: Option<QuietHours>,
    /// Where they live, as far as the clock is concerned; none: they have not said.
    pub place: Option<Place>,
    /// Their accounts, the oldest first.
    pub accounts: Vec<Reach>,
    /// The account that is written to now, if any can be.
    written_to: Option<AccountId>,
}

/// One account of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Its number in the store.
    pub id: AccountId,
    /// The name of its messenger.
    pub messenger: String,
    /// The address there.
    pub address: String,
    /// Whether the messenger delivers to it.
    pub reachable: bool,
}

impl From<account::Model> for Reach {
    fn from(row: account::Model) -> Reach {
        let reachable = row.unreachable_since.is_none();
        Reach { id: row.id, messenger: row.messenger, address: row.address, reachable }
    }
}

impl Settings {
    /// What this person has chosen; none: there is no such person. Three queries.
    ///
    /// # Errors
    /// The database's own.
    pub async fn of(at: &Moment<'_>, who: PersonId) -> Result<Option<Settings>, Fault> {
        let Some(row) = person::find(at.tx, who).await? else { return Ok(None) };
        let written_to = account::reachable_account(at.tx, who).await?;
        let accounts = account::of_person(at.tx, who).await?.into_iter().map(Reach::from);
        let zone = row.zone.and_then(|zone| zone.parse().ok());
        Ok(Some(Settings {
            quiet: person::quiet_hours(row.quiet_from, row.quiet_to),
            place: zone.map(|zone| Place { zone, named: row.place }),
            accounts: accounts.collect(),
            written_to: written_to.map(|account| account.id),
        }))
    }

    /// The account that is written to now: the one they chose, or else the oldest, among those that can be reached.
    pub fn account(&self) -> Option<&Reach> {
        self.accounts.iter().find(|account| Some(account.id) == self.written_to)
    }

    /// The account of theirs that has this number.
    pub fn account_of(&self, id: Option<AccountId>) -> Option<&Reach> {
        self.accounts.iter().find(|account| Some(account.id) == id)
    }

    /// Where they live, or this zone if they have not said.
    pub fn place_or(&self, zone: &Zone) -> Place {
        self.place.clone().unwrap_or_else(|| Place { zone: zone.clone(), named: None })
    }
}

/// From now on they are spoken to in this language, whoever caused the message.
///
/// # Errors
/// The database's own, as those of all that follow.
pub async fn speak(at: &Moment<'_>, who: PersonId, lang: &str) -> Result<(), Fault> {
    person::set_lang(at.tx, [who], lang).await?;
    // What is kept for them in groups speaks as they are spoken to, also the last word there.
    let groups = chat::of_keepers(at.tx, [who]).await?;
    person::set_lang(at.tx, groups.iter().map(|group| group.reader), lang).await?;
    at.refresh(&groups).await
}

/// From now on they see sums in this currency too, by its code; or, without one, in the bot's own alone.
///
/// # Errors
/// See [`speak`].
pub async fn see_also_in(at: &Moment<'_>, who: PersonId, currency: Option<&str>) -> Result<(), Fault> {
    Ok(person::set_also_in(at.tx, who, currency).await?)
}

/// From now on they are left alone in these hours. What waited for the end of the hours they had before is looked at again.
///
/// # Errors
/// See [`speak`].
pub async fn be_quiet(at: &Moment<'_>, who: PersonId, quiet: Option<QuietHours>) -> Result<(), Fault> {
    person::set_quiet_hours(at.tx, who, quiet).await?;
    Ok(outbox::look_again(at.tx, who, at.now).await?)
}

/// From now on their clock is that of this place. What waited for an hour of theirs is looked at again.
///
/// # Errors
/// See [`speak`].
pub async fn live_in(at: &Moment<'_>, who: PersonId, place: &Place) -> Result<(), Fault> {
    person::set_zone(at.tx, who, place.zone.name(), place.named.as_deref()).await?;
    Ok(outbox::look_again(at.tx, who, at.now).await?)
}

/// From now on they are written to at this account of theirs, as long as it can be reached. What waits for them goes there.
///
/// # Errors
/// [`Fault::Lost`]: it is none of theirs. See [`speak`].
pub async fn write_to(at: &Moment<'_>, who: PersonId, account: AccountId) -> Result<Reach, Fault> {
    let accounts = Settings::of(at, who).await?.ok_or(Fault::Lost)?.accounts;
    let theirs = accounts.into_iter().find(|theirs| theirs.id == account).ok_or(Fault::Lost)?;
    person::set_written_to(at.tx, who, account).await?;
    Ok(theirs)
}

/// A code by which somebody can link an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkCode {
    /// What is typed there.
    pub code: String,
    /// For so many minutes it still counts, the last of them included.
    pub minutes: i64,
}

/// The code by which this person can link an account, if they have drawn one that still counts.
///
/// # Errors
/// See [`speak`].
pub async fn link_code(at: &Moment<'_>, who: PersonId) -> Result<Option<LinkCode>, Fault> {
    let row = link_code::of_person(at.tx, who, at.now).await?;
    Ok(row.map(|row| {
        let left = row.expires_at - at.now + TimeDelta::seconds(59);
        LinkCode { code: row.code, minutes: left.num_minutes() }
    }))
}

/// Draws a code by which this person can link an account, once and within [`COUNTS`]. The one that they had counts no more.
///
/// # Errors
/// A rule: they have as many accounts as anybody may have. See [`speak`].
pub async fn draw_link_code(at: &Moment<'_>, who: PersonId) -> Result<(), Fault> {
    if account::of_person(at.tx, who).await?.len() >= MOST_ACCOUNTS {
        return Err(Fault::refused(msg!("link-full")));
    }
    match link_code::put(at.tx, who, &at.chance.code()?, at.now + COUNTS).await {
        // It is somebody else's: another one is drawn.
        Err(error) if store::is_unique_violation(&error) => Err(Fault::Raced),
        put => Ok(put?),
    }
}

/// This account is theirs no more: whoever writes from there is not known. What waits for them goes to another one. Not
/// the one that they write from, so that one is left.
///
/// # Errors
/// [`Fault::Lost`]: it is none of theirs. A rule: it is the one that they write from. See [`speak`].
pub async fn unlink(at: &Moment<'_>, who: PersonId, account: AccountId, here: (&str, &str)) -> Result<Reach, Fault> {
    // Two who unlink each other from their two accounts in the same moment come one after the other.
    person::lock(at.tx, [who]).await?;
    let accounts = account::of_person(at.tx, who).await?;
    let is_here = |account: &account::Model| (account.messenger.as_str(), account.address.as_str()) == here;
    if !accounts.iter().any(is_here) {
        return Err(Fault::Raced);
    }
    let gone = accounts.into_iter().find(|theirs| theirs.id == account).ok_or(Fault::Lost)?;
    if is_here(&gone) {
        return Err(Fault::refused(msg!("accounts-unlink-not-here")));
    }
    account::remove(at.tx, &gone).await?;
    Ok(gone.into())
}

/// What whoever is talking has chosen.
pub(super) async fn mine<W>(cx: &Cx<'_, W>) -> Result<Settings, Fault> {
    Settings::of(&cx.turn.at, cx.me()?).await?.ok_or(Fault::Lost)
}
