use async_trait::async_trait;
use url::Url;

use crate::aid::{self, Invitation};
use crate::domain::MemberId;
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step, WayIn};
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// A link that leads people to a member's card: mine, or that of somebody I see.
///
/// `invite/<member>` shows it, or offers to make it; `invite/<member>/revoke` asks whether to revoke it.
pub struct Invite;

/// The deed that revokes an invite; its token follows.
const REVOKE: &str = "revoke/";

#[async_trait]
impl Screen<World> for Invite {
    fn name(&self) -> &'static str {
        "invite"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (who, to) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let invitation = aid::standing_invite(&aid(cx), who, to).await?;
        Ok(match (invitation, cx.route.arg(1)) {
            (None, _) if who != to && !aid::is_in_need(&aid(cx), to).await? => view_needless(to),
            (None, _) => by_others(view_without(), others(cx, who, to).await?),
            (Some(invitation), Some("revoke")) => view_revoking(&invitation, who),
            (Some(invitation), _) => {
                let used = aid::invite_to_by(&aid(cx), to, who).await?.used;
                let others = others(cx, who, to).await?;
                let title = match who == to {
                    true if aid::is_in_need(&aid(cx), to).await? => msg!("invite-mine"),
                    true => msg!("invite-mine-green"),
                    false => msg!("invite-for", name = &invitation.to.1),
                };
                view(title, &invitation, &cx.world.settings.ways_in.now(), used, others)
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
        let token = deed.strip_prefix(REVOKE).ok_or(Fault::Lost)?;
        told(cx, run(cx, async |work| aid::revoke(work, who, token).await).await)?;
        Ok(Step::instead(Route::new("invite").with(to)).saying(msg!("invite-revoked")))
    }
}

/// How many invites to my own card others have made.
async fn others(cx: &Here<'_>, who: MemberId, to: MemberId) -> Result<u64, Fault> {
    if who == to { Ok(aid::count_invites_to(&aid(cx), who).await?) } else { Ok(0) }
}

fn by_others(page: Page, others: u64) -> Page {
    if others == 0 { page } else { page.go(msg!("invite-by-others", count = others), Route::new("invites")) }
}

/// Nobody is invited to help somebody who asks for nothing.
fn view_needless(to: MemberId) -> Page {
    Page::new(msg!("refused-needs-nothing")).go(msg!("notice-card"), Route::new("card").with(to))
}

fn view_without() -> Page {
    Page::new(msg!("invite-none")).say(msg!("invite-how")).deed(msg!("invite-make"), "make")
}

fn view(title: Msg, invitation: &Invitation, ways_in: &[WayIn], used: i64, others: u64) -> Page {
    let page = Page::new(title).lines(ways_in.iter().map(|way| way_line(way, &invitation.token)).collect());
    let page = share(ways_in, &invitation.token).into_iter().fold(page, Page::choice);
    let page = by_others(page.say(msg!("invite-how")).line(msg!("invite-used", count = used)), others);
    page.go(msg!("invite-revoke"), Route::new("invite").with(invitation.to.0).with("revoke"))
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

/// Telegram's own way to forward a link, where the link carries everything.
fn share(ways_in: &[WayIn], token: &str) -> Option<Choice> {
    let link = ways_in.iter().find_map(|way| way.link(token).0.filter(|link| link.starts_with("https://t.me/")))?;
    let url = Url::parse_with_params("https://t.me/share/url", [("url", link)]).ok()?;
    Some(Choice::Open { label: msg!("invite-share"), url })
}

fn view_revoking(invitation: &Invitation, me: MemberId) -> Page {
    let sure = match invitation.to.0 == me {
        true => msg!("invite-revoke-sure-mine"),
        false => msg!("invite-revoke-sure", name = &invitation.to.1),
    };
    Page::new(sure)
        .go(msg!("invite-revoke-no"), Route::new("invite").with(invitation.to.0))
        .grave(msg!("invite-revoke-yes"), format!("{REVOKE}{}", invitation.token))
}
