use async_trait::async_trait;

use super::words::{case_at, pool_at, terms_lines};
use crate::aid;
use crate::aid::pools::{CaseLine, PoolSeen};
use crate::domain::MemberId;
use crate::screens::sentences::{told, told_at};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::msg;

/// A pool, as one of its members sees it: `pool/<pool>`; `pool/<pool>/leave` and `pool/<pool>/close` ask whether they are
/// sure.
pub struct PoolScreen;

/// What is asked about, and done.
const LEAVE: &str = "leave";
const CLOSE: &str = "close";

#[async_trait]
impl Screen<World> for PoolScreen {
    fn name(&self) -> &'static str {
        "pool"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who, id) = (aid(cx), me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let seen = aid::pools::pool_seen(&aid, who, id).await?;
        Ok(match cx.route.arg(1) {
            Some(LEAVE) if seen.pool.is_open() => view_leaving(&seen, who),
            Some(CLOSE) if seen.pool.is_open() && seen.looks_after => {
                view_closing(&seen, aid::pools::count_to_hear_of_closing(&aid, who, id).await?)
            }
            _ => view(&seen, who),
        })
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, id) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let pools = || To::Instead(Route::new("pools"));
        match (deed.as_str(), cx.route.arg(1)) {
            (LEAVE, Some(LEAVE)) => {
                let left = run(cx, async |work| aid::pools::leave_pool(work, who, id).await).await;
                let closed = told_at(cx, pools(), left)?;
                Ok(Step::from(pools()).saying(if closed { msg!("pool-left-closed") } else { msg!("pool-left") }))
            }
            (CLOSE, Some(CLOSE)) => {
                let told = told(cx, run(cx, async |work| aid::pools::close_pool(work, who, id).await).await)?;
                Ok(Step::from(pools()).saying(msg!("pool-close-done", count = told)))
            }
            _ => Err(Fault::Lost),
        }
    }
}

fn view(seen: &PoolSeen, who: MemberId) -> Page {
    let pool = &seen.pool;
    let page = Page::new(msg!("pool-title", name = &pool.name));
    if !pool.is_open() {
        let page = terms_lines(page.line(msg!("pool-closed")), pool);
        return ended(page, seen);
    }
    let (volume, left) = (seen.volume, seen.contribution.saturating_sub(seen.given));
    let page = terms_lines(page, pool)
        .say(msg!("pool-counts", count = volume.members, sum = volume.sum))
        .line(msg!("pool-mine", sum = seen.contribution));
    let page = match seen.given.is_positive() {
        true => page.line(msg!("pool-given", given = seen.given, left = left)),
        false => page,
    };
    let page = page.say(msg!("pools-nothing-paid"));
    let page = seen.cases.iter().fold(page, |page, line| page.choice(case(line, who)));
    let has_case = seen.cases.iter().any(|line| line.case.owner == who);
    let page = match has_case {
        true => page,
        false => page.go(msg!("pool-open-case"), Route::new("case-open").with(pool.id)),
    };
    let page = page.row(vec![
        Choice::go(msg!("pool-invite"), Route::new("pool-invite").with(pool.id)),
        Choice::go(msg!("pool-members"), Route::new("pool-members").with(pool.id)),
    ]);
    let page = ended(page, seen);
    let page = match pool.terms().only() {
        Some(_) => page,
        None => page.go(msg!("pool-contribution"), Route::new("contribution").with(pool.id)),
    };
    let page = page.go(msg!("pool-leave"), pool_at(pool.id).with(LEAVE));
    match seen.looks_after {
        true => page
            .go(msg!("pool-group"), Route::new("pool-group").with(pool.id))
            .go(msg!("pool-close"), pool_at(pool.id).with(CLOSE)),
        false => page,
    }
}

fn ended(page: Page, seen: &PoolSeen) -> Page {
    match seen.ended {
        0 => page,
        count => page.go(msg!("pool-ended", count = count), Route::new("cases").with(seen.pool.id)),
    }
}

/// What is discussed, and what is asked of whoever looks.
fn case(line: &CaseLine, who: MemberId) -> Choice {
    let label = match &line.mine {
        _ if line.case.owner == who => msg!("pool-case-mine", sum = line.case.sum),
        Some(mine) if mine.is_waited_for() => msg!("pool-case-waiting", name = &line.name, share = mine.share),
        _ => msg!("pool-case", name = &line.name, sum = line.case.sum),
    };
    Choice::go(label, case_at(line.case.id))
}

/// Staying first: the answer that led here, said twice, does nothing.
fn view_leaving(seen: &PoolSeen, who: MemberId) -> Page {
    let is_discussed = |mine| seen.cases.iter().any(|it| (it.case.owner == who) == mine && it.case.phase.is_open());
    let (others, has_case) = (is_discussed(false), is_discussed(true));
    let page = Page::new(msg!("pool-leave-sure", pool = &seen.pool.name)).say(match (seen.is_alone, others) {
        (true, _) => msg!("pool-leave-last"),
        (false, true) => msg!("pool-leave-means"),
        (false, false) => msg!("pool-leave-nothing-asked"),
    });
    page.say_if(has_case.then(|| msg!("pool-leave-mine")))
        .go(msg!("pool-leave-no"), pool_at(seen.pool.id))
        .grave(msg!("pool-leave-yes"), LEAVE)
}

fn view_closing(seen: &PoolSeen, others: usize) -> Page {
    Page::new(msg!("pool-close-sure", pool = &seen.pool.name))
        .say(msg!("pool-close-means", count = others))
        .go(msg!("pool-close-no"), pool_at(seen.pool.id))
        .grave(msg!("pool-close-yes"), CLOSE)
}
