//! What somebody has chosen about being written to, and choosing otherwise.

use crate::conversation::{Cx, Fault, Moment};
use crate::hours::{Place, QuietHours, Zone};
use crate::id::PersonId;
use crate::store::{account, outbox, person};

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
    written_to: Option<i64>,
}

/// One account of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Its number in the store.
    pub id: i64,
    /// The name of its messenger.
    pub messenger: String,
    /// The address there.
    pub address: String,
    /// Whether the messenger delivers to it.
    pub reachable: bool,
}

impl Settings {
    /// What this person has chosen; none: there is no such person. Three queries.
    ///
    /// # Errors
    /// The database's own.
    pub async fn of(at: &Moment<'_>, who: PersonId) -> Result<Option<Settings>, Fault> {
        let Some(row) = person::find(at.tx, who).await? else { return Ok(None) };
        let written_to = account::reachable_account(at.tx, who).await?;
        let accounts = account::of_person(at.tx, who).await?.into_iter().map(|account| Reach {
            id: account.id,
            messenger: account.messenger,
            address: account.address,
            reachable: account.unreachable_since.is_none(),
        });
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
    Ok(person::set_lang(at.tx, who, lang).await?)
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
pub async fn write_to(at: &Moment<'_>, who: PersonId, account: i64) -> Result<Reach, Fault> {
    let accounts = Settings::of(at, who).await?.ok_or(Fault::Lost)?.accounts;
    let theirs = accounts.into_iter().find(|theirs| theirs.id == account).ok_or(Fault::Lost)?;
    person::set_written_to(at.tx, who, account).await?;
    Ok(theirs)
}

/// What whoever is talking has chosen.
pub(super) async fn mine<W>(cx: &Cx<'_, W>) -> Result<Settings, Fault> {
    Settings::of(&cx.turn.at, cx.me()?).await?.ok_or(Fault::Lost)
}
