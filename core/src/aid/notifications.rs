use std::collections::{BTreeMap, BTreeSet};

use sea_orm::DbErr;

use super::calendar::Job;
use super::{Aid, Refused, Work};
use crate::domain::notification::next_daily_message;
use crate::domain::{Category, DailyHour, MemberId, Mode, Refusal};
use crate::store;
use exodus_engine::hours::{Place, Zone};
use exodus_engine::person::Settings;

/// What a member has chosen to be told, when, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notified {
    modes: BTreeMap<Category, Mode>,
    /// When they are told what they want to hear of once a day.
    pub daily: DailyHour,
    /// What they have chosen as anybody can who is written to.
    pub settings: Settings,
    /// Where they live: what they have said, or else the community's zone.
    pub place: Place,
}

impl Notified {
    /// How they are told of this.
    pub fn mode(&self, category: Category) -> Mode {
        self.modes.get(&category).copied().unwrap_or_else(|| category.by_default())
    }
}

/// What a member has chosen.
pub async fn notified(aid: &Aid<'_>, me: MemberId) -> Result<Notified, Refused> {
    let settings = Settings::of(&aid.moment(), me).await?.ok_or(Refusal::Unknown)?;
    let chosen = store::notification::chosen(aid.tx, [me]).await?;
    Ok(Notified {
        modes: Category::ALL.into_iter().map(|category| (category, chosen.mode(me, category))).collect(),
        daily: daily_hour(aid, me).await?,
        place: settings.place_or(&aid.rules.zone),
        settings,
    })
}

/// By which clock a member lives: the one that they have said, or else the community's.
pub async fn zone_of(aid: &Aid<'_>, who: MemberId) -> Result<Zone, DbErr> {
    let theirs = store::person::zones(aid.tx, [who]).await?.remove(&who);
    Ok(theirs.unwrap_or_else(|| aid.rules.zone.clone()))
}

/// The hour at which a member's daily message goes out.
pub async fn daily_hour(aid: &Aid<'_>, me: MemberId) -> Result<DailyHour, Refused> {
    let (hour, _) = store::member::daily_of(aid.tx, [me]).await?.remove(&me).unwrap_or_default();
    Ok(hour.unwrap_or_default())
}

/// From now on the member's daily message goes out at this hour: also the next one, if anything waits for it.
pub async fn tell_me_daily_at(aid: &Work<'_>, me: MemberId, hour: DailyHour) -> Result<(), Refused> {
    store::member::set_daily_hour(aid.tx, me, hour).await?;
    store::schedule::cancel(aid.tx, &[Job::DailyMessage.name()], me.number(), aid.now).await?;
    if store::digest_item::waits(aid.tx, me).await? {
        plan_daily_messages(aid, [me]).await?;
    }
    Ok(())
}

/// Sees to it that the next daily message of each of these goes out when they want it.
pub async fn plan_daily_messages(aid: &Aid<'_>, readers: impl IntoIterator<Item = MemberId>) -> Result<(), DbErr> {
    let readers: BTreeSet<MemberId> = readers.into_iter().collect();
    let daily = store::member::daily_of(aid.tx, readers.iter().copied()).await?;
    let messages = readers.into_iter().map(|reader| {
        let (hour, zone) = daily.get(&reader).map_or((None, None), |(hour, zone)| (*hour, zone.as_ref()));
        let (hour, zone) = (hour.unwrap_or_default(), zone.unwrap_or(&aid.rules.zone));
        store::schedule::New {
            name: Job::DailyMessage.name(),
            about: reader.number(),
            due_at: next_daily_message(aid.now, zone, hour),
        }
    });
    store::schedule::plan(aid.tx, messages, aid.now).await
}

/// How many hear of something, of how many whom it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    pub of: usize,
    pub told: usize,
}

/// How many of these hear of something of this category, at once or once a day: all who have not switched it off. (Many are
/// better counted where they stand: `heard`.)
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
