use async_trait::async_trait;

use super::list::route_of;
use crate::aid::{self, List};
use crate::domain::Money;
use crate::screens::world::{Here, World, aid, me};
use crate::store::commitment::Tallies;
use exodus_engine::conversation::{Choice, Fault, Page, Route, Screen};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The Organizer menu: what I help with, what I am helped with, what waits for confirmation, what is overdue, the archives.
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
    List::ALL.into_iter().fold(page, |page, list| page.choice(to(tallies, list)))
}

/// What somebody has to look at first, as it stands on the main menu: what they have to confirm, what is overdue, what they
/// intend and have promised. Each where there is anything.
pub fn to_do(tallies: &Tallies) -> impl Iterator<Item = Choice> {
    let lists = [List::ToConfirm, List::Overdue, List::OverdueForMe, List::Mine];
    lists.into_iter().filter(|list| totals(tallies, *list).0 > 0).map(|list| to(tallies, list))
}

/// The way to a list, with what stands in it; to what stands there alone.
pub(super) fn to(tallies: &Tallies, list: List) -> Choice {
    let only = tallies.only(list.role(), list.states());
    let place = only.map_or_else(|| route_of(list), |only| Route::new("commitment").with(only));
    Choice::go(label(tallies, list), place)
}

fn label(tallies: &Tallies, list: List) -> Msg {
    let (count, sum) = totals(tallies, list);
    match list {
        List::Mine => msg!("organizer-mine", count = count, sum = sum),
        List::ForMe => msg!("organizer-for-me", count = count, sum = sum),
        List::Claimed => msg!("organizer-claimed", count = count, sum = sum),
        List::ToConfirm => msg!("organizer-to-confirm", count = count, sum = sum),
        List::Overdue => msg!("organizer-overdue", count = count, sum = sum),
        List::OverdueForMe => msg!("organizer-overdue-for-me", count = count, sum = sum),
        List::Given => msg!("organizer-given", count = count, sum = sum),
        List::Received => msg!("organizer-received", count = count, sum = sum),
    }
}

/// How many commitments a list has, and how much they come to.
pub(super) fn totals(tallies: &Tallies, list: List) -> (u64, Money) {
    (tallies.count(list.role(), list.states()), tallies.sum(list.role(), list.states()))
}
