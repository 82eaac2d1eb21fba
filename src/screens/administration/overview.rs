use async_trait::async_trait;

use super::admin;
use crate::aid::{self, Figures};
use crate::domain::{AnnouncementId, Status};
use crate::screens::sentences::{state_name, status_name};
use crate::screens::world::{Here, World, aid};
use crate::store::pool::seen::Figures as Counted;
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The community in figures, and what leads on from there.
pub struct Administration;

#[async_trait]
impl Screen<World> for Administration {
    fn name(&self) -> &'static str {
        "admin"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, admin) = (aid(cx), admin(cx)?);
        let page = view(&aid::figures(&aid, admin).await?, aid::last_announced(&aid, admin).await?);
        let has_pages = cx.world.settings.ways_in.now().iter().any(|way| way.signs_in.is_some());
        Ok(if has_pages { page.go(msg!("admin-to-status"), Route::new("admin-status")) } else { page })
    }
}

fn view(figures: &Figures, last: Option<AnnouncementId>) -> Page {
    let members = &figures.members;
    let needs = |status: Status| members.in_need.get(&status).copied().unwrap_or(0);
    let (orange, red) = (needs(Status::Orange), needs(Status::Red));
    let green = members.all.saturating_sub(members.suspended + orange + red);
    let by_status = [(Status::Green, green), (Status::Orange, orange), (Status::Red, red)];
    let mut counted = vec![msg!("admin-members-count", count = members.all)];
    counted.extend(by_status.map(|(status, count)| msg!("admin-status", status = status_name(status), count = count)));
    counted.extend((members.suspended > 0).then(|| msg!("admin-suspended-count", count = members.suspended)));
    let mut help = vec![msg!("admin-help")];
    let lines = figures.commitments.iter();
    help.extend(
        lines
            .map(|(state, count, sum)| msg!("admin-help-line", state = state_name(*state), count = *count, sum = *sum)),
    );
    if help.len() == 1 {
        help = vec![msg!("admin-no-help")];
    }
    help.extend((figures.guarantees > 0).then(|| msg!("admin-guarantees", count = figures.guarantees)));
    let mut notices = vec![msg!("admin-notices", waiting = figures.waiting)];
    notices.extend((figures.unreachable > 0).then(|| msg!("admin-notices-unreachable", count = figures.unreachable)));
    notices.extend((figures.failed > 0).then(|| msg!("admin-notices-failed", count = figures.failed)));
    let page = Page::new(msg!("admin-title"))
        .lines(counted)
        .lines(help)
        .say_if((figures.pools.pools > 0).then(|| pools(figures)))
        .say_if((figures.initiatives > 0).then(|| msg!("admin-initiatives", count = figures.initiatives)))
        .lines(notices)
        .go(msg!("admin-to-members", count = members.all), Route::new("admin-members"))
        .go(msg!("admin-announce"), Route::new("announce"))
        .go(msg!("admin-to-clearing"), Route::new("admin-clearing"));
    let page = match figures.initiatives {
        0 => page,
        count => page.go(msg!("admin-to-initiatives", count = count), Route::new("initiatives")),
    };
    match last {
        Some(id) => page.go(msg!("admin-last-announcement"), Route::new("announcement").with(id)),
        None => page,
    }
}

fn pools(figures: &Figures) -> Msg {
    let Counted { pools, members, cases } = figures.pools;
    msg!("admin-pools", pools = pools, members = members, cases = cases)
}
