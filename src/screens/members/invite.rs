use async_trait::async_trait;
use url::Url;

use crate::aid;
use crate::domain::MemberId;
use crate::domain::invite::{DAYS, Term};
use crate::screens::sentences::{told, told_at};
use crate::screens::world::{Here, World, aid, me, run};
use crate::store::invite::Standing;
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step, To, WayIn};
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// A link that leads people to a member's card: mine, or that of somebody I see.
///
/// `invite/<member>` shows the one without an end, or offers to make it; `invite/<member>/revoke` asks whether to revoke
/// it; `invite/<member>/limited` offers to make one for one person, or for a time.
pub struct Invite;

/// The deed that revokes the invite.
const REVOKE: &str = "revoke";

/// The argument, and the deed, of an invite with an end; for how many days it stands follows, or nothing for one person.
const LIMITED: &str = "limited";

#[async_trait]
impl Screen<World> for Invite {
    fn name(&self) -> &'static str {
        "invite"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (who, to) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let aid = aid(cx);
        let invite = aid::standing_invite(&aid, who, to).await?;
        let is_for_it = who == to || aid::is_in_need(&aid, to).await?;
        let others = aid::count_other_invites(&aid, who, to).await?;
        Ok(match (invite, cx.route.arg(1)) {
            (_, Some(LIMITED)) if is_for_it => view_limited(to),
            (None, _) if !is_for_it => beside(view_needless(to), to, others, false),
            (None, _) => beside(view_without(), to, others, true),
            (Some(invite), Some(REVOKE)) => view_revoking(&invite, who),
            (Some(invite), _) => {
                let title = match who == to {
                    true if aid::is_in_need(&aid, to).await? => msg!("invite-mine"),
                    true => msg!("invite-mine-green"),
                    false => msg!("invite-for", name = &invite.to),
                };
                let ways_in = cx.world.settings.ways_in.now();
                let page = link_lines(Page::new(title), &ways_in, &invite.token).say(msg!("invite-how"));
                let page = page.line(msg!("invite-used", count = invite.used));
                let page = beside(page, to, others, is_for_it);
                page.go(msg!("invite-revoke"), route_to(to).with(REVOKE))
            }
        })
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, to) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        if deed == "make" {
            told(cx, run(cx, async |work| aid::invite(work, who, to).await).await)?;
            return Ok(Step::stay());
        }
        if let Some(days) = deed.strip_prefix(LIMITED) {
            let term = term(cx, days)?;
            let made = run(cx, async |work| aid::invite_for(work, who, to, term).await).await;
            let id = told_at(cx, To::Instead(Route::new("invites").with(to)), made)?;
            return Ok(Step::instead(Route::new("invites").with("one").with(id)));
        }
        // Where it was asked whether they are sure.
        if (deed.as_str(), cx.route.arg(1)) != (REVOKE, Some(REVOKE)) {
            return Err(Fault::Lost);
        }
        let standing = aid::standing_invite(&aid(cx), who, to).await?.ok_or(Fault::Lost)?;
        told(cx, run(cx, async |work| aid::revoke(work, who, standing.id).await).await)?;
        Ok(Step::instead(route_to(to)).saying(msg!("invite-revoked")))
    }
}

/// Where the invite to this member's card is.
pub(super) fn route_to(to: MemberId) -> Route {
    Route::new("invite").with(to)
}

/// How long the invite stands that was chosen: one of those that were offered.
fn term(cx: &Here<'_>, days: &str) -> Result<Term, Fault> {
    let Some(days) = days.strip_prefix('/') else { return Ok(Term::ForOne) };
    let days = days.parse().ok().filter(|days| DAYS.contains(days)).ok_or(Fault::Lost)?;
    Term::days(aid(cx).today(), days, &cx.world.settings.rules.zone).ok_or(Fault::Lost)
}

/// What can be done beside the invite: making one with an end, and looking at those that there are.
fn beside(page: Page, to: MemberId, others: u64, can_make: bool) -> Page {
    let page = match can_make {
        true => page.go(msg!("invite-limited"), route_to(to).with(LIMITED)),
        false => page,
    };
    if others == 0 { page } else { page.go(msg!("invite-others", count = others), Route::new("invites").with(to)) }
}

/// Nobody is invited to help somebody who asks for nothing.
fn view_needless(to: MemberId) -> Page {
    Page::new(msg!("refused-needs-nothing")).go(msg!("notice-card"), Route::new("card").with(to))
}

fn view_without() -> Page {
    Page::new(msg!("invite-none")).say(msg!("invite-how")).deed(msg!("invite-make"), "make")
}

fn view_limited(to: MemberId) -> Page {
    let page = Page::new(msg!("invite-limited-title")).deed(msg!("invite-for-one"), LIMITED);
    let page = DAYS
        .iter()
        .fold(page, |page, days| page.deed(msg!("invite-for-days", days = *days), format!("{LIMITED}/{days}")));
    page.go(msg!("invite-without-end"), route_to(to))
}

/// The link to pass on, for each messenger, and the way to forward it.
pub fn link_lines(page: Page, ways_in: &[WayIn], token: &str) -> Page {
    let page = page.lines(ways_in.iter().map(|way| way_line(way, token)).collect());
    page.row(share(ways_in, token).into_iter().chain(copy(ways_in, token)).collect())
}

/// The first link that carries everything, to be pasted anywhere.
fn copy(ways_in: &[WayIn], token: &str) -> Option<Choice> {
    let text = ways_in.iter().find_map(|way| way.link(token).0.filter(|_| !way.link(token).1))?;
    Some(Choice::Copy { label: msg!("invite-copy"), text })
}

/// One messenger's way in: a link that carries the token, or a place and the word to send there.
fn way_line(way: &WayIn, token: &str) -> Msg {
    let word = Arg::Verbatim(format!("start {token}"));
    match way.link(token) {
        (Some(link), false) => msg!("invite-link", link = Arg::Verbatim(link)),
        (Some(link), true) => msg!("invite-link-and-word", link = Arg::Verbatim(link), word = word),
        (None, _) => msg!("invite-word", word = word),
    }
}

/// To send it on as a card; where there are none, Telegram's own way to forward a link that carries everything.
fn share(ways_in: &[WayIn], token: &str) -> Option<Choice> {
    let link = ways_in.iter().find_map(|way| way.link(token).0.filter(|link| link.starts_with("https://t.me/")))?;
    let otherwise = Url::parse_with_params("https://t.me/share/url", [("url", link)]).ok()?;
    Some(Choice::Share { label: msg!("invite-share"), words: token.to_owned(), otherwise })
}

fn view_revoking(invite: &Standing, me: MemberId) -> Page {
    let sure = match invite.for_id == me {
        true => msg!("invite-revoke-sure-mine"),
        false => msg!("invite-revoke-sure", name = &invite.to),
    };
    Page::new(sure).go(msg!("invite-revoke-no"), route_to(invite.for_id)).grave(msg!("invite-revoke-yes"), REVOKE)
}
