use async_trait::async_trait;

use chrono::{DateTime, NaiveDate, Utc};

use crate::aid::clearing::{self, Around, Last};
use crate::domain::{ClearingId, local_date};
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step};
use exodus_engine::hours::Zone;
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// Whether my promises, and those to me, may be set off against others; what that means, and what came of it: `clearing`.
pub struct Clearing;

const ALLOW: &str = "allow";
const REFUSE: &str = "refuse";

#[async_trait]
impl Screen<World> for Clearing {
    fn name(&self) -> &'static str {
        "clearing"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let around = clearing::around(&aid(cx), me(cx)?.id).await?;
        Ok(view(&around, &cx.world.settings.rules.zone))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let who = me(cx)?.id;
        let said = match deed.as_str() {
            ALLOW => {
                told(cx, run(cx, async |work| clearing::allow(work, who).await).await)?;
                msg!("clearing-allowed")
            }
            REFUSE => {
                told(cx, run(cx, async |work| clearing::refuse(work, who).await).await)?;
                msg!("clearing-refused")
            }
            _ => return Err(Fault::Lost),
        };
        Ok(Step::stay().saying(said))
    }
}

fn view(around: &Around, zone: &Zone) -> Page {
    let day = |at: DateTime<Utc>| local_date(at, zone);
    let page = Page::new(msg!("clearing-title"));
    let page = match around.since {
        None => page
            .say(msg!("clearing-what"))
            .say(msg!("clearing-means"))
            .say(msg!("clearing-is-off", date = day(around.next))),
        // Whoever has allowed it has read what it is.
        Some(since) => page
            .say(msg!("clearing-is-on", since = day(since), date = day(around.next)))
            .lines(what_may_take_part(around))
            .say(msg!("clearing-means")),
    };
    let page = match &around.last {
        None => page.say(msg!("clearing-none-yet")),
        Some(last) => page.lines(vec![everybody(last, day(last.at)), own(last)]),
    };
    let page = match around.since {
        None => page.switch(msg!("clearing-allow"), ALLOW),
        Some(_) => page.switch(msg!("clearing-refuse"), REFUSE),
    };
    // Of the last one that concerned them, also where nothing of theirs was set off since.
    page.row(around.mine.map(|mine| Choice::go(msg!("clearing-own-lines"), route_to(mine))).into_iter().collect())
}

fn route_to(clearing: ClearingId) -> Route {
    Route::new("set-off").with(clearing)
}

/// What of the reader's promises, and of those to them, would take part if it were now; and what does not any more.
fn what_may_take_part(around: &Around) -> Vec<Msg> {
    let [mine, for_me] = around.now;
    let mut lines = vec![msg!("clearing-now")];
    lines.extend((mine.0 > 0).then(|| msg!("clearing-mine", count = mine.0, sum = mine.1)));
    lines.extend((for_me.0 > 0).then(|| msg!("clearing-for-me", count = for_me.0, sum = for_me.1)));
    match lines.len() {
        1 if around.in_need => return vec![msg!("clearing-nothing-in-need")],
        1 => lines = vec![msg!("clearing-nothing-now")],
        _ => {}
    }
    lines.extend(around.told.then(|| msg!("clearing-told-already")));
    lines
}

/// What the last one came to, without names.
fn everybody(last: &Last, date: NaiveDate) -> Msg {
    let set_off = last.totals.set_off;
    match set_off.count {
        0 => msg!("clearing-last-nothing", date = date),
        count => msg!("clearing-last", date = date, sum = set_off.sum, count = count, members = set_off.members),
    }
}

fn own(last: &Last) -> Msg {
    match last.own.given.0 {
        0 => msg!("clearing-last-not-me"),
        _ => msg!("clearing-last-me", sum = last.own.given.1),
    }
}
