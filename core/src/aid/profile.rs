use super::{Aid, Me, Refused, Work, groups};
use crate::domain::{AboutMe, MemberId, Name, Refusal};
use crate::store;
use crate::store::account::AccountId;

/// A name by which a messenger calls a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameElsewhere {
    pub account: AccountId,
    pub messenger: String,
    pub name: Name,
}

/// How their messengers call this member, where that could be their name here and is another one; each name once.
pub async fn names_elsewhere(aid: &Aid<'_>, me: &Me) -> Result<Vec<NameElsewhere>, Refused> {
    let mut names: Vec<NameElsewhere> = Vec::new();
    for account in store::account::of_person(aid.tx, me.id).await? {
        let Some(name) = account.called.as_deref().and_then(Name::from_elsewhere) else { continue };
        if name.as_str() != me.name && names.iter().all(|known| known.name != name) {
            names.push(NameElsewhere { account: account.id, messenger: account.messenger, name });
        }
    }
    Ok(names)
}

/// The member is called so from now on, wherever they are named: what waits to be told is put into words when it is sent.
pub async fn rename(aid: &Work<'_>, who: MemberId, name: &Name) -> Result<(), Refused> {
    store::member::set_name(aid.tx, who, name.as_str()).await?;
    groups::named_anew(aid, who).await
}

/// What a member says about themselves.
pub async fn about_me(aid: &Aid<'_>, who: MemberId) -> Result<Option<AboutMe>, Refused> {
    let member = store::member::find(aid.tx, who).await?.ok_or(Refusal::Unknown)?;
    Ok(member.about.map(AboutMe::kept))
}

/// The member says this about themselves from now on, or nothing.
pub async fn describe(aid: &Work<'_>, who: MemberId, about: Option<&AboutMe>) -> Result<(), Refused> {
    Ok(store::member::set_about(aid.tx, who, about.map(AboutMe::as_str)).await?)
}
