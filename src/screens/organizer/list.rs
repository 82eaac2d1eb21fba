use async_trait::async_trait;
use chrono::Datelike;

use super::overview::{to, totals};
use super::{commitment, deeds, months};
use crate::aid::{self, Aid, List, Refused};
use crate::domain::{Commitment, MemberId, Money, Role, local_date};
use crate::notices::Did;
use crate::screens::sentences::{sign_of, told};
use crate::screens::world::{Here, World, aid, me, run};
use crate::store::Slice;
use crate::store::commitment::{Listed, Tallies};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step};
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
            let lapsed = if list == List::Mine { aid::lapsed(&aid, me, A_PAGE).await? } else { Vec::new() };
            let page = match list {
                List::ForMe if aid::is_in_need(&aid, me).await? => view_asking(me),
                List::Mine if !lapsed.is_empty() => view_lapsed(&lapsed),
                list => view_empty(list, me, &tallies),
            };
            return Ok(beside(list).fold(page, |page, list| with(page, &tallies, list)));
        }
        let asked = cx.route.number(1).and_then(|number| u64::try_from(number).ok()).unwrap_or(0);
        let last = (count - 1) / A_PAGE;
        let number = asked.min(last);
        let listed = aid::listed(&aid, me, list, Slice { skip: number * A_PAGE, take: A_PAGE }).await?;
        let months = if list.is_of_months() { aid::months(&aid, me, list, &listed).await? } else { Vec::new() };
        let page_of = (last > 0).then(|| msg!("people-page", number = number + 1, count = last + 1));
        let top = Page::new(title(list, count, sum));
        let top = page_of.into_iter().fold(top, Page::line).lines(months::lines(&months));
        let labels: Vec<Msg> = listed.iter().map(|one| label(list, one, &aid)).collect();
        let top = top.lines(months::notes(&listed, &labels));
        Ok(view(list, top, &listed, labels, (number, last)))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let id = deed.strip_prefix(AGAIN).and_then(|id| id.parse().ok()).ok_or(Fault::Lost)?;
        let who = me(cx)?.id;
        let again = run(cx, async |work| aid::again(work, who, id).await).await;
        if let Err(Refused::Rule(refusal)) = &again
            && let Some(place) = commitment::instead_of_again(cx, id, *refusal).await?
        {
            return Err(place);
        }
        let now = told(cx, again)?;
        Ok(Step::go(commitment::route_of(now.id)).saying(deeds::done(cx, &now, Did::Again).await?))
    }
}

/// The deed that declares an intention again which has lapsed; its number follows.
const AGAIN: &str = "again/";

/// What has lapsed and can be declared again, where there is nothing else.
fn view_lapsed(lapsed: &[Listed]) -> Page {
    lapsed.iter().fold(Page::new(msg!("list-mine-lapsed")), |page, one| {
        let label = msg!("digest-again", sum = one.commitment.sum, name = &one.name);
        page.deed(label, format!("{AGAIN}{}", one.commitment.id))
    })
}

/// Where something may stand that is looked for in this list and has gone on.
fn beside(list: List) -> impl Iterator<Item = List> {
    let lists: &[List] = match list {
        List::Mine | List::Given => &[List::Claimed, List::Overdue],
        List::ForMe | List::Received => &[List::ToConfirm, List::OverdueForMe],
        _ => &[],
    };
    lists.iter().copied()
}

/// The same with the way to this list, if there is anything in it.
fn with(page: Page, tallies: &Tallies, list: List) -> Page {
    if totals(tallies, list).0 > 0 { page.choice(to(tallies, list)) } else { page }
}

/// The name of a list in routes.
fn name_of(list: List) -> &'static str {
    match list {
        List::Mine => "mine",
        List::ForMe => "for-me",
        List::Claimed => "claimed",
        List::ToConfirm => "to-confirm",
        List::Overdue => "overdue",
        List::OverdueForMe => "overdue-for-me",
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

fn view(list: List, top: Page, listed: &[Listed], labels: Vec<Msg>, (number, last): (u64, u64)) -> Page {
    let page = listed
        .iter()
        .zip(labels)
        .fold(top, |page, (one, label)| page.go(label, Route::new("commitment").with(one.commitment.id)));
    let [a_page, number, last] = [A_PAGE, number, last].map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    page.turning(a_page, number, last, |number| route_of(list).with(number))
}

fn title(list: List, count: u64, sum: Money) -> Msg {
    match list {
        List::Mine => msg!("list-mine", count = count, sum = sum),
        List::ForMe => msg!("list-for-me", count = count, sum = sum),
        List::Claimed => msg!("list-claimed", count = count, sum = sum),
        List::ToConfirm => msg!("list-to-confirm", count = count, sum = sum),
        List::Overdue => msg!("list-overdue", count = count, sum = sum),
        List::OverdueForMe => msg!("list-overdue-for-me", count = count, sum = sum),
        List::Given => msg!("list-given", count = count, sum = sum),
        List::Received => msg!("list-received", count = count, sum = sum),
    }
}

/// Sign, sum, direction, name, and for what is settled the day: "👍 120,50 € → Анна, 10 ноября"; of another year with that.
fn label(list: List, one: &Listed, aid: &Aid<'_>) -> Msg {
    let (sign, sum, name) = (sign(&one.commitment), one.commitment.sum, &one.name);
    let label = match list.role() {
        Role::Supporter => msg!("list-to", sign = sign, sum = sum, name = name),
        Role::Receiver => msg!("list-from", sign = sign, sum = sum, name = name),
    };
    let Some(day) = one.commitment.settled_at.map(|at| local_date(at, &aid.rules.zone)) else { return label };
    match day.year() == aid.today().year() {
        true => msg!("list-settled", what = label, day = Msg::day_month(day)),
        false => msg!("list-settled", what = label, day = day),
    }
}

/// What is overdue shows first that it is, claimed or not.
fn sign(commitment: &Commitment) -> Msg {
    if commitment.state.is_overdue() { msg!("sign-overdue") } else { sign_of(commitment) }
}

/// Whoever asks already does not read that they can.
fn view_asking(me: MemberId) -> Page {
    Page::new(msg!("list-for-me-asking"))
        .go(msg!("list-invite"), Route::new("invite").with(me))
        .go(msg!("list-status"), Route::new("status"))
}

/// A list with nothing in it says what could be done instead.
fn view_empty(list: List, me: MemberId, tallies: &Tallies) -> Page {
    let has = |list| totals(tallies, list).0 > 0;
    match list {
        List::Mine if has(List::Overdue) => Page::new(msg!("list-mine-overdue")),
        List::Mine if has(List::Claimed) => Page::new(msg!("list-mine-done")),
        List::Overdue => Page::new(msg!("list-overdue-empty")).choice(to(tallies, List::Mine)),
        List::OverdueForMe => Page::new(msg!("list-overdue-for-me-empty")).choice(to(tallies, List::ForMe)),
        List::Mine => Page::new(msg!("list-mine-empty")).go(msg!("list-look-around"), Route::new("members")),
        List::ForMe => Page::new(msg!("list-for-me-empty"))
            .go(msg!("list-ask"), Route::new("status"))
            .go(msg!("list-invite"), Route::new("invite").with(me)),
        List::Claimed => Page::new(msg!("list-claimed-empty")).choice(to(tallies, List::Mine)),
        List::ToConfirm => Page::new(msg!("list-to-confirm-empty")).choice(to(tallies, List::ForMe)),
        List::Given => Page::new(msg!("list-given-empty")).choice(to(tallies, List::Mine)),
        List::Received => Page::new(msg!("list-received-empty")).choice(to(tallies, List::ForMe)),
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
