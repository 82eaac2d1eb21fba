use async_trait::async_trait;

use super::people::{self, Place, shown};
use crate::aid;
use crate::domain::MemberId;
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, me, run};
use crate::store::network::{People, Whom};
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step};
use exodus_engine::msg;

/// Whom I can invite others to help: myself, and those in need in my network. `invite-to` and `invite-to/<page>`.
pub struct InviteTo;

/// The deed that shows the invite to somebody's card, made if there is none yet; who it is follows.
const INVITE: &str = "invite/";

#[async_trait]
impl Screen<World> for InviteTo {
    fn name(&self) -> &'static str {
        "invite-to"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, me) = (aid(cx), me(cx)?.id);
        let asked = Place::asked(cx.route.number(0));
        let people = aid::around(&aid, me, Whom::Network, true, Place::slice(asked)).await?;
        let place = Place::of(asked, people.count.found);
        Ok(view(me, &people, place))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        invite(cx, &deed).await
    }
}

fn view(me: MemberId, people: &People, place: Place) -> Page {
    let count = people.count;
    let title = Page::new(msg!("invite-to-title", count = count.found, shown = shown(count)));
    let page = place.says(title).deed(msg!("members-invite-mine"), inviting(me));
    let page = people::choices(people, |label, one| Choice::deed(msg!("invite-to-one", one = label), inviting(one.id)))
        .fold(page, Page::choice);
    place.turns(page, 1, |number| Route::new("invite-to").with(number))
}

/// The deed that invites others to help this member.
pub(super) fn inviting(to: MemberId) -> String {
    format!("{INVITE}{to}")
}

/// Does that deed: leads to the invite.
pub(super) async fn invite(cx: &mut Here<'_>, deed: &str) -> Result<Step, Fault> {
    let to: MemberId = deed.strip_prefix(INVITE).and_then(|to| to.parse().ok()).ok_or(Fault::Lost)?;
    let who = me(cx)?.id;
    told(cx, run(cx, async |work| aid::invite(work, who, to).await).await)?;
    Ok(Step::go(Route::new("invite").with(to)))
}
