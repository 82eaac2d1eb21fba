use async_trait::async_trait;

use super::invite_to::{invite, inviting};
use super::network::route_of;
use crate::aid;
use crate::domain::{MemberId, Relation, Status};
use crate::screens::world::{Here, World, aid, me};
use crate::store::Slice;
use crate::store::network::{People, Whom};
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step};
use exodus_engine::msg;

/// The Members menu.
pub struct Members;

/// For how many of those whom I know an invite is one press away.
const AT_HAND: usize = 3;

/// How many of them are found by their names.
const NAMED: u64 = 12;

#[async_trait]
impl Screen<World> for Members {
    fn name(&self) -> &'static str {
        "members"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, me) = (aid(cx), me(cx)?.id);
        let whom = [Whom::Near, Whom::Who(Relation::HelpsMe), Whom::Who(Relation::IHelp)];
        let counts = aid::count_around(&aid, me, whom).await?.map(|count| count.found);
        // Those in need come first.
        let near = aid::around(&aid, me, Whom::Near, false, Slice { skip: 0, take: NAMED }).await?;
        let (trusted, pools) = (aid::count_trusted(&aid, me).await?, aid::pools::pools_of(&aid, me).await?.len());
        let initiatives = aid::initiatives::count_open(&aid, me, cx.world.admin.as_ref()).await?;
        Ok(view(me, counts, &near, (trusted, initiatives, pools)))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        invite(cx, &deed).await
    }
}

fn view(
    me: MemberId,
    [near, help_me, i_help]: [u64; 3],
    known: &People,
    (trusted, initiatives, pools): (u64, u64, usize),
) -> Page {
    let to_pools = Choice::go(msg!("members-pools", count = pools), Route::new("pools"));
    let to_initiatives = Choice::go(msg!("members-initiatives", count = initiatives), Route::new("initiatives"));
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
    let page = page.go(msg!("members-trust", count = trusted), Route::new("trust"));
    let page = page.deed(msg!("members-invite-mine"), inviting(me));
    if near == 0 {
        return page.choice(to_pools).choice(to_initiatives);
    }
    let in_need = known.listed.iter().filter(|one| one.status != Status::Green).take(AT_HAND);
    let page =
        in_need.fold(page, |page, one| page.deed(msg!("members-invite-for", name = &one.name), inviting(one.id)));
    // Whoever types a name wants to see who that is, and nothing else yet.
    let page = known.listed.iter().fold(page, |page, one| {
        let card = Choice::go(msg!("members-named", name = &one.name), Route::new("card").with(one.id));
        page.called(msg!("members-named", name = &one.name), card)
    });
    page.go(msg!("members-invite"), Route::new("invite-to")).choice(to_pools).choice(to_initiatives)
}
