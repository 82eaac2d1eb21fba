use async_trait::async_trait;

use crate::aid::{self, List};
use crate::domain::Status;
use crate::screens::sentences::{status_name, status_sign};
use crate::screens::world::{Here, World, aid, me};
use crate::screens::{organizer, pools};
use crate::store::commitment::Tallies;
use crate::store::pool::seen::Waiting;
use exodus_engine::conversation::{Choice, Fault, Page, Route, Screen};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The main menu: where everybody begins and always finds back to.
pub struct Menu;

#[async_trait]
impl Screen<World> for Menu {
    fn name(&self) -> &'static str {
        "menu"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (me, aid) = (me(cx)?, aid(cx));
        let (status, _) = aid::standing_of(&aid, me.id).await?;
        let tallies = aid::organizer(&aid, me.id).await?;
        let cases = aid::pools::waiting(&aid, me.id).await?;
        Ok(view(&me.name, status, &tallies, &cases, cx.world.admin.is_some()))
    }
}

fn view(name: &str, status: Status, tallies: &Tallies, cases: &[Waiting], administers: bool) -> Page {
    let waiting = tallies.count(List::ToConfirm.role(), List::ToConfirm.states());
    let status_now = msg!("menu-status", status = status_name(status));
    let page = Page::new(msg!("menu-hello", name = name))
        .line(status_now.clone())
        .row(vec![
            link(msg!("menu-organizer", count = waiting), "organizer"),
            link(msg!("menu-profile", sign = status_sign(status)), "profile"),
        ])
        .row(vec![link(msg!("menu-members"), "members"), link(msg!("menu-faq"), "faq")])
        .row(vec![link(to_status(status), "status")])
        .row(administers.then(|| link(msg!("menu-administration"), "admin")).into_iter().collect());
    // Counts lead straight to what they count.
    pools::to_answer(cases)
        .into_iter()
        .chain(organizer::to_do(tallies))
        .fold(page, Page::choice)
        // In whatever words.
        .called(msg!("menu-status-words"), link(status_now.clone(), "status"))
        .called(msg!("status-need-words"), link(status_now.clone(), "status"))
        .called(msg!("status-to-red-words"), link(status_now.clone(), "status"))
        .called(msg!("status-to-orange-words"), link(status_now.clone(), "status"))
        .called(msg!("status-to-green-words"), link(status_now.clone(), "status"))
}

/// Whoever is in need should not have to find where that is said.
fn to_status(status: Status) -> Msg {
    match status {
        Status::Green => msg!("menu-need-help"),
        Status::Orange | Status::Red => msg!("menu-my-request", sign = status_sign(status)),
    }
}

fn link(label: Msg, screen: &str) -> Choice {
    Choice::go(label, Route::new(screen))
}
