use async_trait::async_trait;

use super::words::{case_at, pool_at, text};
use crate::aid;
use crate::aid::pools::{Asked, CaseSeen, Taken};
use crate::domain::{Answer, CaseEnding, CaseId, Money, Phase};
use crate::screens::sentences::{told, told_at};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Choice, Fault, Input, Nature, Page, Route, Screen, Step, To};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// A case of a pool: what has happened, how far it has come, and my share. `case/<case>`; `case/<case>/leave` asks whether to
/// leave the pool, `case/<case>/withdraw` whether to take it back.
pub struct CaseScreen;

/// Taking one's share; the sum that was read follows, in minor units.
const TAKE: &str = "take";
const LEAVE: &str = "leave";
const WITHDRAW: &str = "withdraw";

#[async_trait]
impl Screen<World> for CaseScreen {
    fn name(&self) -> &'static str {
        "case"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let id = cx.route.id(0).ok_or(Fault::Lost)?;
        let (aid, who) = (aid(cx), me(cx)?.id);
        let seen = aid::pools::case_seen(&aid, who, id).await?;
        let until = Msg::date_time(aid::zone_of(&aid, who).await?.local(seen.case.until));
        let is_over = cx.turn.at.now >= seen.case.until;
        Ok(match cx.route.arg(1) {
            Some(LEAVE) if seen.in_pool => view_leaving(&seen),
            Some(WITHDRAW) if seen.is_mine && seen.case.phase.is_open() => view_withdrawing(&seen),
            _ => view(&seen, until, is_over),
        })
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, id) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let (here, pools) = (|| To::Instead(case_at(id)), || To::Instead(Route::new("pools")));
        if let Some(read) = deed.strip_prefix(TAKE) {
            let read = read.strip_prefix('/').and_then(|read| read.parse().ok()).ok_or(Fault::Lost)?;
            return take_share(cx, id, Money::from_minor(read), here()).await;
        }
        match (deed.as_str(), cx.route.arg(1)) {
            (LEAVE, Some(LEAVE)) => {
                let pool = aid::pools::case_seen(&aid(cx), who, id).await?.case.pool;
                told_at(cx, pools(), run(cx, async |work| aid::pools::leave_pool(work, who, pool).await).await)?;
                Ok(Step::from(pools()).saying(msg!("pool-left")))
            }
            (WITHDRAW, Some(WITHDRAW)) => {
                let told = told(cx, run(cx, async |work| aid::pools::withdraw(work, who, id).await).await)?;
                Ok(Step::from(here()).saying(msg!("case-withdrawn", count = told)))
            }
            _ => Err(Fault::Lost),
        }
    }
}

/// Takes one's share; where it has grown, they read how it is now.
pub(super) async fn take_share(cx: &Here<'_>, id: CaseId, read: Money, place: To) -> Result<Step, Fault> {
    let who = me(cx)?.id;
    let taken = run(cx, async |work| aid::pools::confirm(work, who, id, read).await).await;
    let Taken { share, settled } = told_at(cx, place.clone(), taken)?;
    let done = if settled { msg!("case-taken-all", share = share) } else { msg!("case-taken", share = share) };
    Ok(Step::from(place).saying(done))
}

fn view(seen: &CaseSeen, until: Msg, is_over: bool) -> Page {
    let case = &seen.case;
    let title = match seen.is_mine {
        true => msg!("case-title-mine", pool = &seen.pool_name, sum = case.sum),
        false if case.phase.is_over() => {
            msg!("case-title-over", name = &seen.name, pool = &seen.pool_name, sum = case.sum)
        }
        false => msg!("case-title", name = &seen.name, pool = &seen.pool_name, sum = case.sum),
    };
    let page = text(Page::new(title), &seen.words);
    let page = match case.phase {
        Phase::Settled => settled(page, seen),
        Phase::Over => page.say(over(case.ending)),
        _ => running(page, seen, until, is_over),
    };
    let page = match seen.owed {
        Some(owed) => page.go(msg!("case-my-promise"), Route::new("commitment").with(owed)),
        None => page,
    };
    if seen.in_pool { page.go(msg!("case-to-pool"), pool_at(case.pool)) } else { page }
}

/// While it is discussed, or settled just now.
fn running(page: Page, seen: &CaseSeen, until: Msg, is_over: bool) -> Page {
    let phase = seen.case.phase;
    let page = page.say(match phase {
        Phase::Discussed if !is_over => msg!("case-until", time = until),
        Phase::AskedAgain if !is_over => msg!("case-until-again", time = until),
        Phase::Settling => msg!("case-settling"),
        _ if seen.asked == seen.confirmed => msg!("case-waits"),
        _ => msg!("case-leaving"),
    });
    let page = page.line(msg!("case-confirmed", taken = seen.confirmed, count = seen.asked));
    let page = match seen.comes_to < seen.case.sum {
        true => page.line(msg!("case-less", volume = seen.comes_to)),
        false => page,
    };
    let id = seen.case.id;
    if seen.is_mine {
        return match phase.is_open() {
            true => page
                .go(msg!("case-lower"), Route::new("case-lower").with(id))
                .go(msg!("case-withdraw"), case_at(id).with(WITHDRAW)),
            false => page,
        };
    }
    let Some(mine) = &seen.mine else { return page.say(msg!("case-not-mine")) };
    let page = page.say(share(mine));
    let page = match mine.is_waited_for() && phase.is_open() {
        true => {
            let take =
                Choice::grave(msg!("case-take-sum", share = mine.share), format!("{TAKE}/{}", mine.share.minor()));
            let take = take.of(Nature::Confirms);
            let page = page.called(msg!("case-take-words"), take.clone());
            page.say(msg!("case-take-means")).say(msg!("pools-nothing-paid")).choice(take)
        }
        false => page,
    };
    match phase.is_open() && seen.in_pool {
        true => page.go(msg!("case-leave"), case_at(id).with(LEAVE)),
        false => page,
    }
}

fn share(mine: &Asked) -> Msg {
    match mine.answer {
        _ if !mine.share.is_positive() => msg!("case-share-nothing"),
        Answer::Confirmed | Answer::Promised => {
            msg!("case-share-taken", share = mine.share, most = mine.most, grows = usize::from(mine.can_grow()))
        }
        Answer::None | Answer::Left => {
            msg!("case-share", share = mine.share, most = mine.most, grows = usize::from(mine.can_grow()))
        }
    }
}

fn settled(page: Page, seen: &CaseSeen) -> Page {
    let Some(totals) = &seen.totals else { return page };
    let page = page.say(match seen.promised.is_positive() {
        true => msg!("case-settled", promised = seen.promised),
        false => msg!("case-settled-released"),
    });
    let page = match totals.fulfilled.is_positive() {
        true => page.line(msg!("case-received", fulfilled = totals.fulfilled)),
        false => page,
    };
    match seen.case.collection.filter(|_| seen.is_mine && seen.is_owed) {
        Some(collection) => page.go(msg!("case-release"), Route::new("end").with(collection)),
        None => page,
    }
}

fn over(ending: Option<CaseEnding>) -> Msg {
    match ending {
        Some(CaseEnding::OwnerGone) => msg!("case-over-owner-gone"),
        Some(CaseEnding::Nobody) => msg!("case-over-nobody"),
        Some(CaseEnding::Closed) => msg!("case-over-closed"),
        Some(CaseEnding::Withdrawn) | None => msg!("case-over-withdrawn"),
    }
}

/// Staying first: the answer that led here, said twice, does nothing.
fn view_leaving(seen: &CaseSeen) -> Page {
    Page::new(msg!("pool-leave-sure", pool = &seen.pool_name))
        .say(msg!("pool-leave-means"))
        .go(msg!("pool-leave-no"), case_at(seen.case.id))
        .grave(msg!("pool-leave-yes"), LEAVE)
}

fn view_withdrawing(seen: &CaseSeen) -> Page {
    Page::new(msg!("case-withdraw-sure"))
        .go(msg!("case-withdraw-no"), case_at(seen.case.id))
        .grave(msg!("case-withdraw-yes"), WITHDRAW)
}
