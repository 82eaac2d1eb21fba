use async_trait::async_trait;

use super::overview::totals;
use super::{commitment, deeds};
use crate::aid::{self, List};
use crate::domain::{MemberId, Money, Role, State, local_date};
use crate::notices::Did;
use crate::screens::sentences::{state_sign, told};
use crate::screens::world::{Here, World, aid, me, run};
use crate::store::Slice;
use crate::store::commitment::Listed;
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step};
use exodus_engine::hours::Zone;
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// How many commitments a page lists.
const A_PAGE: u64 = 8;

/// One list of the organizer, a page at a time: `list/<which>` and `list/<which>/<page>`.
pub struct Lists;

#[async_trait]
impl Screen<World> for Lists {
    fn name(&self) -> &'static str {
        "list"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, me) = (aid(cx), me(cx)?.id);
        let list = cx.route.arg(0).and_then(of_name).ok_or(Fault::Lost)?;
        let tallies = aid::organizer(&aid, me).await?;
        let (count, sum) = totals(&tallies, list);
        if count == 0 {
            let (waits, _) = totals(&tallies, List::Claimed);
            let lapsed = if list == List::Mine { aid::lapsed(&aid, me, A_PAGE).await? } else { Vec::new() };
            if !lapsed.is_empty() {
                return Ok(view_lapsed(&lapsed, waits > 0));
            }
            let asks = list == List::ForMe && aid::is_in_need(&aid, me).await?;
            return Ok(if asks { view_asking(me) } else { view_empty(list, me, waits > 0) });
        }
        let asked = cx.route.number(1).and_then(|number| u64::try_from(number).ok()).unwrap_or(0);
        let last = (count - 1) / A_PAGE;
        let number = asked.min(last);
        let listed = aid::listed(&aid, me, list, Slice { skip: number * A_PAGE, take: A_PAGE }).await?;
        let zone = &cx.world.settings.rules.zone;
        Ok(view(list, title(list, count, sum), &listed, zone, (number, last)))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let id = deed.strip_prefix(AGAIN).and_then(|id| id.parse().ok()).ok_or(Fault::Lost)?;
        let who = me(cx)?.id;
        let now = told(cx, run(cx, async |work| aid::again(work, who, id).await).await)?;
        Ok(Step::go(commitment::route_of(now.id)).saying(deeds::done(cx, &now, Did::Again).await?))
    }
}

/// The deed that declares an intention again which has lapsed; its number follows.
const AGAIN: &str = "again/";

/// What has lapsed and can be declared again, where there is nothing else. `waits`: something that I have done waits for
/// others.
fn view_lapsed(lapsed: &[Listed], waits: bool) -> Page {
    let page = lapsed.iter().fold(Page::new(msg!("list-mine-lapsed")), |page, one| {
        let label = msg!("digest-again", sum = one.commitment.sum, name = &one.name);
        page.deed(label, format!("{AGAIN}{}", one.commitment.id))
    });
    if waits { page.go(msg!("digest-claimed"), route_of(List::Claimed)) } else { page }
}

/// The name of a list in routes.
fn name_of(list: List) -> &'static str {
    match list {
        List::Mine => "mine",
        List::ForMe => "for-me",
        List::Claimed => "claimed",
        List::ToConfirm => "to-confirm",
        List::Given => "given",
        List::Received => "received",
    }
}

fn of_name(name: &str) -> Option<List> {
    List::ALL.into_iter().find(|list| name_of(*list) == name)
}

/// Where a list begins.
pub(super) fn route_of(list: List) -> Route {
    Route::new("list").with(name_of(list))
}

fn view(list: List, title: Msg, listed: &[Listed], zone: &Zone, (number, last): (u64, u64)) -> Page {
    let page = listed.iter().fold(Page::new(title), |page, one| {
        page.go(label(list, one, zone), Route::new("commitment").with(one.commitment.id))
    });
    let [a_page, number, last] = [A_PAGE, number, last].map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    page.turning(a_page, number, last, |number| route_of(list).with(number))
}

fn title(list: List, count: u64, sum: Money) -> Msg {
    match list {
        List::Mine => msg!("list-mine", count = count, sum = sum),
        List::ForMe => msg!("list-for-me", count = count, sum = sum),
        List::Claimed => msg!("list-claimed", count = count, sum = sum),
        List::ToConfirm => msg!("list-to-confirm", count = count, sum = sum),
        List::Given => msg!("list-given", count = count, sum = sum),
        List::Received => msg!("list-received", count = count, sum = sum),
    }
}

/// Sign, sum, direction, name, and for what is settled the day: "👍 120,50 € → Анна, 10 ноября".
fn label(list: List, one: &Listed, zone: &Zone) -> Msg {
    let (sign, sum, name) = (sign(one.commitment.state), one.commitment.sum, &one.name);
    let label = match list.role() {
        Role::Supporter => msg!("list-to", sign = sign, sum = sum, name = name),
        Role::Receiver => msg!("list-from", sign = sign, sum = sum, name = name),
    };
    match one.settled_at {
        Some(at) => msg!("list-settled", what = label, day = Msg::day_month(local_date(at, zone))),
        None => label,
    }
}

/// What is overdue shows first that it is, claimed or not.
fn sign(state: State) -> Msg {
    if state.is_overdue() { msg!("sign-overdue") } else { state_sign(state) }
}

/// Whoever asks already does not read that they can.
fn view_asking(me: MemberId) -> Page {
    Page::new(msg!("list-for-me-asking"))
        .go(msg!("list-invite"), Route::new("invite").with(me))
        .go(msg!("list-status"), Route::new("status"))
}

/// A list with nothing in it says what could be done instead. `waits`: something that I have done waits for others.
fn view_empty(list: List, me: MemberId, waits: bool) -> Page {
    match list {
        List::Mine if waits => Page::new(msg!("list-mine-done")).go(msg!("digest-claimed"), route_of(List::Claimed)),
        List::Mine => Page::new(msg!("list-mine-empty")).go(msg!("list-look-around"), Route::new("members")),
        List::ForMe => Page::new(msg!("list-for-me-empty"))
            .go(msg!("list-ask"), Route::new("status"))
            .go(msg!("list-invite"), Route::new("invite").with(me)),
        List::Claimed => Page::new(msg!("list-claimed-empty")).go(msg!("list-show-mine"), route_of(List::Mine)),
        List::ToConfirm => Page::new(msg!("list-to-confirm-empty")).go(msg!("list-show-for-me"), route_of(List::ForMe)),
        List::Given => Page::new(msg!("list-given-empty")).go(msg!("list-show-mine"), route_of(List::Mine)),
        List::Received => Page::new(msg!("list-received-empty")).go(msg!("list-show-for-me"), route_of(List::ForMe)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_found_by_its_route() {
        for list in List::ALL {
            assert_eq!(route_of(list).arg(0).and_then(of_name), Some(list));
        }
        assert_eq!(of_name("archive"), None);
    }
}
