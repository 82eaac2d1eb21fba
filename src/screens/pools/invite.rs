use async_trait::async_trait;

use super::words::{pool_at, view_closed};
use crate::aid;
use crate::domain::PoolId;
use crate::domain::invite::{DAYS, Term};
use crate::screens::members::{link_lines, term_name};
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, me, run};
use crate::store::invite::Standing;
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step, WayIn};
use exodus_engine::hours::Zone;
use exodus_engine::msg;

/// My newest invite to a pool, or making one: `pool-invite/<pool>`; `pool-invite/<pool>/another` offers to make one more,
/// and `pool-invite/<pool>/revoke` asks whether to revoke it.
pub struct PoolInvite;

/// The argument, and the deed; for how many days an invite stands follows, or nothing for one person.
const MAKE: &str = "make";
const ANOTHER: &str = "another";
const REVOKE: &str = "revoke";

#[async_trait]
impl Screen<World> for PoolInvite {
    fn name(&self) -> &'static str {
        "pool-invite"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who, id) = (aid(cx), me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let pool = aid::pools::pool_seen(&aid, who, id).await?.pool;
        if !pool.is_open() {
            return Ok(view_closed(&pool));
        }
        let (name, zone) = (&pool.name, &cx.world.settings.rules.zone);
        Ok(match (aid::pools::pool_invite(&aid, who, id).await?, cx.route.arg(1)) {
            (Some(invite), Some(REVOKE)) => view_revoking(&invite, id),
            (Some(_), Some(ANOTHER)) => view_making(Page::new(msg!("invite-limited-title")), id),
            (Some(invite), _) => view(&invite, (id, name), &cx.world.settings.ways_in.now(), zone),
            (None, _) => view_making(Page::new(msg!("pool-invite-none", pool = name)), id),
        })
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, id) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        if let Some(days) = deed.strip_prefix(MAKE) {
            let term = term(cx, days)?;
            told(cx, run(cx, async |work| aid::pools::invite_to_pool(work, who, id, term).await).await)?;
            return Ok(Step::instead(route_to(id)));
        }
        // Where it was asked whether they are sure.
        if (deed.as_str(), cx.route.arg(1)) != (REVOKE, Some(REVOKE)) {
            return Err(Fault::Lost);
        }
        let standing = aid::pools::pool_invite(&aid(cx), who, id).await?.ok_or(Fault::Lost)?;
        told(cx, run(cx, async |work| aid::revoke(work, who, standing.id).await).await)?;
        Ok(Step::instead(route_to(id)).saying(msg!("invite-revoked")))
    }
}

fn route_to(id: PoolId) -> Route {
    Route::new("pool-invite").with(id)
}

/// How long the invite stands that was chosen: one of those that were offered.
fn term(cx: &Here<'_>, days: &str) -> Result<Term, Fault> {
    let Some(days) = days.strip_prefix('/') else {
        return if days.is_empty() { Ok(Term::ForOne) } else { Err(Fault::Lost) };
    };
    let days = days.parse().ok().filter(|days| DAYS.contains(days)).ok_or(Fault::Lost)?;
    Term::days(aid(cx).today(), days, &cx.world.settings.rules.zone).ok_or(Fault::Lost)
}

fn view(invite: &Standing, (id, name): (PoolId, &str), ways_in: &[WayIn], zone: &Zone) -> Page {
    let page = Page::new(msg!("pool-invite-title", pool = name, term = term_name(invite, zone)));
    link_lines(page, ways_in, &invite.token)
        .say(msg!("pool-invite-how"))
        .line(msg!("invite-used", count = invite.used))
        .go(msg!("invite-limited"), route_to(id).with(ANOTHER))
        .go(msg!("invite-revoke"), route_to(id).with(REVOKE))
}

fn view_making(page: Page, id: PoolId) -> Page {
    let page = page.say(msg!("pool-invite-how")).deed(msg!("invite-for-one"), MAKE);
    let page =
        DAYS.iter().fold(page, |page, days| page.deed(msg!("invite-for-days", days = *days), format!("{MAKE}/{days}")));
    page.go(msg!("case-to-pool"), pool_at(id))
}

fn view_revoking(invite: &Standing, id: PoolId) -> Page {
    Page::new(msg!("pool-invite-revoke-sure"))
        .line(msg!("invite-used", count = invite.used))
        .go(msg!("invite-revoke-no"), route_to(id))
        .grave(msg!("invite-revoke-yes"), REVOKE)
}
