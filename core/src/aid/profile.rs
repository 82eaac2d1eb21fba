use super::{Aid, Refused, Work, groups};
use crate::domain::{AboutMe, MemberId, Name, Refusal};
use crate::store;

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
