use async_trait::async_trait;

use crate::aid;
use crate::domain::MemberId;
use crate::screens::sentences::told_at;
use crate::screens::world::{Here, World, aid, me, run};
use crate::store::Slice;
use crate::store::invite::ToCard;
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::msg;

/// The invites that others have made to my card, and revoking them.
///
/// `invites` and `invites/<page>` list them; `invites/by/<inviter>` shows one.
pub struct Invites;

/// How many invites a page lists.
const A_PAGE: u64 = 8;

/// The deed that revokes the invite of somebody; who it is follows.
const REVOKE: &str = "revoke/";

#[async_trait]
impl Screen<World> for Invites {
    fn name(&self) -> &'static str {
        "invites"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who) = (aid(cx), me(cx)?.id);
        if cx.route.arg(0) == Some("by") {
            let inviter = cx.route.id(1).ok_or(Fault::Lost)?;
            return Ok(view_one(&aid::invite_to_by(&aid, who, inviter).await?));
        }
        let asked = cx.route.number(0).and_then(|number| u64::try_from(number).ok()).unwrap_or(0);
        let last = aid::count_invites_to(&aid, who).await?.saturating_sub(1) / A_PAGE;
        let number = asked.min(last);
        let (invites, count) = aid::invites_to(&aid, who, Slice { skip: number * A_PAGE, take: A_PAGE }).await?;
        Ok(view(&invites, count, number, last))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let inviter: MemberId = deed.strip_prefix(REVOKE).and_then(|id| id.parse().ok()).ok_or(Fault::Lost)?;
        let list = To::Instead(Route::new("invites"));
        told_at(cx, list.clone(), run(cx, async |work| aid::revoke_of(work, me(cx)?.id, inviter).await).await)?;
        Ok(Step::from(list).saying(msg!("invite-revoked")))
    }
}

fn view(invites: &[ToCard], count: u64, number: u64, last: u64) -> Page {
    if invites.is_empty() {
        return Page::new(msg!("invites-none"));
    }
    let page = invites.iter().fold(Page::new(msg!("invites-title", count = count)), |page, invite| {
        let label = msg!("invites-one", name = &invite.inviter, count = invite.used);
        page.go(label, Route::new("invites").with("by").with(invite.inviter_id))
    });
    let turn = |label, number: u64| Choice::go(label, Route::new("invites").with(number));
    let before = (number > 0).then(|| turn(msg!("list-previous"), number - 1));
    let after = (number < last).then(|| turn(msg!("list-next"), number + 1));
    page.row(before.into_iter().chain(after).collect())
}

fn view_one(invite: &ToCard) -> Page {
    Page::new(msg!("invites-by", name = &invite.inviter))
        .line(msg!("invite-used", count = invite.used))
        .say(msg!("invites-revoke-sure"))
        .go(msg!("invite-revoke-no"), Route::new("invites"))
        .deed(msg!("invite-revoke-yes"), format!("{REVOKE}{}", invite.inviter_id))
}
