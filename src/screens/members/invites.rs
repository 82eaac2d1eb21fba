use async_trait::async_trait;

use super::invite::{link_lines, route_to};
use super::people::Place;
use crate::aid;
use crate::domain::invite::Term;
use crate::domain::{InviteId, MemberId, local_date};
use crate::screens::sentences::told_at;
use crate::screens::world::{Here, World, aid, me, run};
use crate::store::invite::Standing;
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step, To, WayIn};
use exodus_engine::hours::Zone;
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The standing invites to a card beside my own without an end: to mine, also those that others have made; and revoking
/// them.
///
/// `invites/<member>` and `invites/<member>/<page>` list them; `invites/one/<invite>` shows one, and `invites/by/<inviter>`
/// the newest one to my card of somebody else; with `revoke` behind it, it asks whether to revoke it.
pub struct Invites;

/// The deed that revokes the invite; its number follows.
const REVOKE: &str = "revoke";

#[async_trait]
impl Screen<World> for Invites {
    fn name(&self) -> &'static str {
        "invites"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who) = (aid(cx), me(cx)?.id);
        let zone = &cx.world.settings.rules.zone;
        if cx.route.arg(0) == Some("by") {
            let inviter = cx.route.id(1).ok_or(Fault::Lost)?;
            return Ok(view_revoking(&aid::newest_invite_by(&aid, who, inviter).await?, who, zone));
        }
        if cx.route.arg(0) == Some("one") {
            let invite = aid::invite_of(&aid, who, cx.route.id(1).ok_or(Fault::Lost)?).await?;
            let is_asking = cx.route.arg(2) == Some(REVOKE) || invite.inviter_id != who;
            return Ok(match is_asking {
                true => view_revoking(&invite, who, zone),
                false => view_mine(&invite, who, &cx.world.settings.ways_in.now(), zone),
            });
        }
        let to = cx.route.id(0).unwrap_or(who);
        let asked = Place::asked(cx.route.number(1));
        let place = Place::of(asked, aid::count_other_invites(&aid, who, to).await?);
        let (invites, count) = aid::other_invites(&aid, who, to, Place::slice(place.number())).await?;
        Ok(view(&invites, count, (who, to), place, zone))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let id: InviteId = deed.strip_prefix("revoke/").and_then(|id| id.parse().ok()).ok_or(Fault::Lost)?;
        let who = me(cx)?.id;
        let lost = To::Instead(Route::new("invites").with(who));
        let revoked = told_at(cx, lost, run(cx, async |work| aid::revoke(work, who, id).await).await)?;
        Ok(Step::instead(Route::new("invites").with(revoked.for_id)).saying(msg!("invite-revoked")))
    }
}

fn view(invites: &[Standing], count: u64, (who, to): (MemberId, MemberId), place: Place, zone: &Zone) -> Page {
    if invites.is_empty() {
        return Page::new(msg!("invites-none")).go(msg!("invites-to-mine"), route_to(to));
    }
    let title = place.says(Page::new(msg!("invites-title", count = count)));
    let page = invites.iter().fold(title, |page, invite| {
        page.go(label(invite, who, zone), Route::new("invites").with("one").with(invite.id))
    });
    place.turns(page, 0, |number| Route::new("invites").with(to).with(number))
}

/// "🔗 Boris: for one person, 0 came".
fn label(invite: &Standing, who: MemberId, zone: &Zone) -> Msg {
    let (term, count) = (term_name(invite, zone), invite.used);
    match invite.inviter_id == who {
        true => msg!("invites-one-mine", term = term, count = count),
        false => msg!("invites-one", name = &invite.inviter, term = term, count = count),
    }
}

pub fn term_name(invite: &Standing, zone: &Zone) -> Msg {
    match invite.term() {
        Term::Open => msg!("invites-term-open"),
        Term::ForOne => msg!("invites-term-one"),
        Term::Until(at) => msg!("invites-term-until", day = Msg::day_month(last_day(at, zone))),
    }
}

/// The last day on which it leads to the card.
fn last_day(ends_at: chrono::DateTime<chrono::Utc>, zone: &Zone) -> chrono::NaiveDate {
    local_date(ends_at - chrono::TimeDelta::seconds(1), zone)
}

/// What I have made: the link, ready to be passed on.
fn view_mine(invite: &Standing, who: MemberId, ways_in: &[WayIn], zone: &Zone) -> Page {
    let title = match invite.for_id == who {
        true => msg!("invites-mine", term = term_name(invite, zone)),
        false => msg!("invites-for", name = &invite.to, term = term_name(invite, zone)),
    };
    let how = if invite.term() == Term::ForOne { msg!("invites-how-one") } else { msg!("invites-how-time") };
    link_lines(Page::new(title), ways_in, &invite.token)
        .say(how)
        .line(msg!("invite-used", count = invite.used))
        .go(msg!("invite-revoke"), Route::new("invites").with("one").with(invite.id).with(REVOKE))
        .go(msg!("invites-all"), Route::new("invites").with(invite.for_id))
}

fn view_revoking(invite: &Standing, who: MemberId, zone: &Zone) -> Page {
    let title = match invite.inviter_id == who {
        true => msg!("invites-by-me", term = term_name(invite, zone)),
        false => msg!("invites-by", name = &invite.inviter, term = term_name(invite, zone)),
    };
    Page::new(title)
        .line(msg!("invite-used", count = invite.used))
        .say(msg!("invites-revoke-sure"))
        .go(msg!("invite-revoke-no"), Route::new("invites").with(invite.for_id))
        .grave(msg!("invite-revoke-yes"), format!("{REVOKE}/{}", invite.id))
}
