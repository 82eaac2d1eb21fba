//! Names that are said where nothing else is called so.

use super::network::route_of;
use crate::aid;
use crate::domain::Name;
use crate::screens::world::{Here, aid, me};
use crate::store::network::Whom;
use exodus_engine::conversation::{Fault, Route, Step};
use exodus_engine::msg;

/// To the card of the one in my near circle who is called so; where several are, to where they are told apart.
///
/// # Errors
/// See [`Fault`].
pub async fn called(cx: &Here<'_>, words: &str) -> Result<Option<Step>, Fault> {
    let (Ok(me), Ok(name)) = (me(cx), Name::read(words)) else { return Ok(None) };
    Ok(match aid::near_called(&aid(cx), me.id, &name).await?.as_slice() {
        [] => None,
        [one] => Some(Step::go(Route::new("card").with(*one))),
        _ => Some(Step::go(route_of(Whom::Near)).saying(msg!("members-several-called"))),
    })
}
