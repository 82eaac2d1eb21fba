use async_trait::async_trait;

use super::list::route_of;
use crate::aid::{self, List};
use crate::domain::Money;
use crate::screens::world::{Here, World, aid, me};
use crate::store::commitment::Tallies;
use exodus_engine::conversation::{Fault, Page, Screen};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The Organizer menu: what I help with, what I am helped with, what waits for confirmation.
pub struct Organizer;

#[async_trait]
impl Screen<World> for Organizer {
    fn name(&self) -> &'static str {
        "organizer"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let tallies = aid::organizer(&aid(cx), me(cx)?.id).await?;
        Ok(view(&tallies))
    }
}

fn view(tallies: &Tallies) -> Page {
    let (to_confirm, _) = totals(tallies, List::ToConfirm);
    let page = Page::new(msg!("organizer-title"))
        .say_if((to_confirm > 0).then(|| msg!("organizer-waiting", count = to_confirm)));
    List::ALL.into_iter().fold(page, |page, list| page.go(label(tallies, list), route_of(list)))
}

fn label(tallies: &Tallies, list: List) -> Msg {
    let (count, sum) = totals(tallies, list);
    match list {
        List::Mine => msg!("organizer-mine", count = count, sum = sum),
        List::ForMe => msg!("organizer-for-me", count = count, sum = sum),
        List::Claimed => msg!("organizer-claimed", count = count, sum = sum),
        List::ToConfirm => msg!("organizer-to-confirm", count = count, sum = sum),
        List::Given => msg!("organizer-given", count = count, sum = sum),
        List::Received => msg!("organizer-received", count = count, sum = sum),
    }
}

/// How many commitments a list has, and how much they come to.
pub(super) fn totals(tallies: &Tallies, list: List) -> (u64, Money) {
    (tallies.count(list.role(), list.states()), tallies.sum(list.role(), list.states()))
}
