use async_trait::async_trait;

use super::invite_to::{invite, inviting};
use super::network::route_of;
use crate::aid;
use crate::domain::{MemberId, Relation};
use crate::screens::world::{Here, World, aid, me};
use crate::store::Slice;
use crate::store::network::{People, Whom};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step};
use exodus_engine::msg;

/// The Members menu.
pub struct Members;

/// For how many of those whom I know an invite is one press away.
const AT_HAND: u64 = 3;

#[async_trait]
impl Screen<World> for Members {
    fn name(&self) -> &'static str {
        "members"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, me) = (aid(cx), me(cx)?.id);
        let whom = [Whom::Near, Whom::Who(Relation::HelpsMe), Whom::Who(Relation::IHelp)];
        let counts = aid::count_around(&aid, me, whom).await?.map(|count| count.found);
        let in_need = aid::around(&aid, me, Whom::Near, true, Slice { skip: 0, take: AT_HAND }).await?;
        Ok(view(me, counts, &in_need))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        invite(cx, &deed).await
    }
}

fn view(me: MemberId, [near, help_me, i_help]: [u64; 3], in_need: &People) -> Page {
    let page = if near == 0 { Page::new(msg!("members-alone")) } else { Page::new(msg!("members-near", count = near)) };
    let page = page.say(msg!("members-how-to-grow"));
    let page = match near {
        // Whom nobody is tied to has no network to look at, and none to expand.
        0 => page,
        _ => page
            .go(msg!("members-network"), route_of(Whom::Network))
            .go(msg!("members-help-me", count = help_me), route_of(Whom::Who(Relation::HelpsMe)))
            .go(msg!("members-i-help", count = i_help), route_of(Whom::Who(Relation::IHelp)))
            .go(msg!("members-expand"), Route::new("expand")),
    };
    let page = page.deed(msg!("members-invite-mine"), inviting(me));
    if near == 0 {
        return page;
    }
    let page = in_need
        .listed
        .iter()
        .fold(page, |page, one| page.deed(msg!("members-invite-for", name = &one.name), inviting(one.id)));
    page.go(msg!("members-invite"), Route::new("invite-to"))
}
