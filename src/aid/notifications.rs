use std::collections::BTreeMap;

use super::{Aid, Refused, Work};
use crate::domain::{Category, MemberId, Mode, Refusal};
use crate::store;
use exodus_engine::hours::Place;
use exodus_engine::hours::{QuietHours, Zone};

/// What a member has chosen to be told, when, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notified {
    modes: BTreeMap<Category, Mode>,
    pub quiet: Option<QuietHours>,
    /// Their own time zone, or the community's.
    pub zone: Zone,
    /// What they named to say where they live, where the zone does not say it by itself.
    pub place: Option<String>,
    /// Their accounts, the oldest first.
    pub accounts: Vec<Reach>,
    /// The account that is written to now, if any can be.
    written_to: Option<i64>,
}

/// One account of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    pub id: i64,
    pub messenger: String,
    pub address: String,
    pub reachable: bool,
}

impl Notified {
    /// How they are told of this.
    pub fn mode(&self, category: Category) -> Mode {
        self.modes.get(&category).copied().unwrap_or_else(|| category.by_default())
    }

    /// The account that is written to now: the one they chose, or else the oldest, among those that can be reached.
    pub fn account(&self) -> Option<&Reach> {
        self.accounts.iter().find(|account| Some(account.id) == self.written_to)
    }
}

/// What a member has chosen.
pub async fn notified(aid: &Aid<'_>, me: MemberId) -> Result<Notified, Refused> {
    let person = store::person::find(aid.tx, me).await?.ok_or(Refusal::Unknown)?;
    let chosen = store::notification::chosen(aid.tx, [me]).await?;
    let written_to = store::account::reachable_account(aid.tx, me).await?;
    let accounts = store::account::of_person(aid.tx, me).await?.into_iter().map(|account| Reach {
        id: account.id,
        messenger: account.messenger,
        address: account.address,
        reachable: account.unreachable_since.is_none(),
    });
    Ok(Notified {
        modes: Category::ALL.into_iter().map(|category| (category, chosen.mode(me, category))).collect(),
        quiet: store::person::quiet_hours(person.quiet_from, person.quiet_to),
        zone: person.zone.and_then(|zone| zone.parse().ok()).unwrap_or_else(|| aid.rules.zone.clone()),
        place: person.place,
        accounts: accounts.collect(),
        written_to: written_to.map(|account| account.id),
    })
}

/// How many of these hear of something of this category, at once or once a day: all who have not switched it off.
pub(super) async fn count_told(
    aid: &Aid<'_>,
    members: impl IntoIterator<Item = MemberId>,
    category: Category,
) -> Result<usize, Refused> {
    let members: Vec<MemberId> = members.into_iter().collect();
    let chosen = store::notification::chosen(aid.tx, members.iter().copied()).await?;
    Ok(members.into_iter().filter(|member| chosen.mode(*member, category) != Mode::Off).count())
}

/// From now on the member is told of this category so. What waits for their daily message already stays there, unless
/// they have switched the category off by then.
pub async fn tell_me(aid: &Work<'_>, me: MemberId, category: Category, mode: Mode) -> Result<(), Refused> {
    Ok(store::notification::choose(aid.tx, me, category, mode).await?)
}

/// From now on the member is left alone in these hours. What waited for the end of the hours they had before is looked at
/// again.
pub async fn be_quiet(aid: &Work<'_>, me: MemberId, quiet: Option<QuietHours>) -> Result<(), Refused> {
    store::person::set_quiet_hours(aid.tx, me, quiet).await?;
    Ok(store::outbox::look_again(aid.tx, me, aid.now).await?)
}

/// From now on the member's clock is that of this place.
pub async fn live_in(aid: &Work<'_>, me: MemberId, place: &Place) -> Result<(), Refused> {
    store::person::set_zone(aid.tx, me, place.zone.name(), place.named.as_deref()).await?;
    Ok(store::outbox::look_again(aid.tx, me, aid.now).await?)
}

/// From now on the member is written to at this account of theirs, as long as it can be reached.
pub async fn write_to(aid: &Work<'_>, me: MemberId, account: i64) -> Result<Reach, Refused> {
    let mine = notified(aid, me).await?.accounts.into_iter().find(|mine| mine.id == account);
    let mine = mine.ok_or(Refusal::Unknown)?;
    store::person::set_written_to(aid.tx, me, account).await?;
    Ok(mine)
}
