//! Where somebody is signed in in browsers, and signing out there.

use chrono::TimeDelta;

use crate::conversation::{Fault, Moment, SIGNS_IN_WITHIN};
use crate::id::PersonId;
use crate::store::web::browser::{self, BrowserId, Model};
use crate::store::web::link;

/// A link by which somebody can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInLink {
    /// What stands in it.
    pub word: String,
    /// For so many minutes it still counts, the last of them included.
    pub minutes: i64,
}

impl SignInLink {
    fn of(row: link::Model, at: &Moment<'_>) -> SignInLink {
        let left = row.expires_at - at.now + TimeDelta::seconds(59);
        SignInLink { word: row.word, minutes: left.num_minutes() }
    }
}

/// The link by which this person can sign in, if they have drawn one that still counts.
///
/// # Errors
/// The database's own, as those of all that follow.
pub async fn link(at: &Moment<'_>, who: PersonId) -> Result<Option<SignInLink>, Fault> {
    let row = link::of_person(at.tx, who, at.now).await?;
    Ok(row.filter(|row| !row.given).map(|row| SignInLink::of(row, at)))
}

/// The one that somebody else has given for them, for whoever may give one.
///
/// # Errors
/// See [`link()`].
pub async fn given_link(at: &Moment<'_>, who: PersonId) -> Result<Option<SignInLink>, Fault> {
    let row = link::of_person(at.tx, who, at.now).await?;
    Ok(row.filter(|row| row.given).map(|row| SignInLink::of(row, at)))
}

/// The browsers in which this person is signed in, that which was seen last first.
///
/// # Errors
/// See [`link()`].
pub async fn of(at: &Moment<'_>, who: PersonId) -> Result<Vec<Model>, Fault> {
    Ok(browser::of_person(at.tx, who).await?)
}

/// Signs this person out in one browser of theirs.
///
/// # Errors
/// [`Fault::Lost`]: it is none of theirs. See [`link()`].
pub async fn end(at: &Moment<'_>, who: PersonId, browser: BrowserId) -> Result<Model, Fault> {
    let theirs = browser::of_person(at.tx, who).await?.into_iter().find(|theirs| theirs.id == browser);
    let theirs = theirs.ok_or(Fault::Lost)?;
    browser::end(at.tx, who, browser).await?;
    Ok(theirs)
}

/// Signs this person out in all browsers.
///
/// # Errors
/// See [`link()`].
pub async fn end_all(at: &Moment<'_>, who: PersonId) -> Result<(), Fault> {
    browser::end_all(at.tx, who).await.map(drop).map_err(Fault::from)
}

/// Draws a link by which this person can sign in, once and within [`SIGNS_IN_WITHIN`]. The one that they had counts no more.
///
/// # Errors
/// See [`link()`].
pub async fn draw_link(at: &Moment<'_>, who: PersonId) -> Result<(), Fault> {
    Ok(link::put(at.tx, who, &at.chance.token()?, at.now + SIGNS_IN_WITHIN, false).await?)
}

/// Draws such a link for somebody else, that counts for so long: whoever has it signs in as this person, who is told so then.
///
/// # Errors
/// See [`link()`].
pub async fn give_link(at: &Moment<'_>, who: PersonId, counts: TimeDelta) -> Result<(), Fault> {
    Ok(link::put(at.tx, who, &at.chance.token()?, at.now + counts, true).await?)
}
