use std::collections::BTreeMap;

use super::{Aid, Refused, Work};
use crate::domain::{Category, MemberId, Mode, Refusal};
use crate::store;
use exodus_engine::hours::Place;
use exodus_engine::person::Settings;

/// What a member has chosen to be told, when, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notified {
    modes: BTreeMap<Category, Mode>,
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
        place: settings.place_or(&aid.rules.zone),
        settings,
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
