use async_trait::async_trait;

use super::admin;
use crate::aid::clearing::{self, Trials};
use crate::domain::local_date;
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, run};
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step};
use exodus_engine::hours::Zone;
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// What a clearing would set off now, in totals and without names: `admin-clearing`.
pub struct ClearingTrial;

/// The deed.
const TRY: &str = "try";

#[async_trait]
impl Screen<World> for ClearingTrial {
    fn name(&self) -> &'static str {
        "admin-clearing"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let trials = clearing::trial(&aid(cx), admin(cx)?).await?;
        Ok(view(&trials, &cx.world.settings.rules.zone))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let admin = admin(cx)?.clone();
        match input {
            Input::Chose(deed) if deed == TRY => {}
            Input::Chose(_) => return Err(Fault::Lost),
            _ => return Ok(Step::stay()),
        }
        told(cx, run(cx, async |work| clearing::try_out(work, &admin).await).await)?;
        Ok(Step::stay().saying(msg!("trial-begun")))
    }
}

fn view(trials: &Trials, zone: &Zone) -> Page {
    let told = trials.told.map(|at| msg!("trial-of-told", date = local_date(at, zone)));
    let page = Page::new(msg!("trial-title"))
        .say(msg!("trial-what"))
        .say_if(told)
        .say(msg!("trial-consents", count = trials.consents));
    let Some(trial) = &trials.last else { return page.deed(msg!("trial-try"), TRY) };
    let time = Msg::date_time(zone.local(trial.at));
    match trial.totals {
        None => page
            .say(msg!("trial-under-way", time = time))
            .choice(Choice::go(msg!("announced-look-again"), Route::new("admin-clearing"))),
        Some(totals) => {
            let (owed, set_off) = (totals.owed, totals.set_off);
            page.lines(vec![
                msg!("trial-of", time = time),
                msg!("trial-owed", count = owed.count, sum = owed.sum, members = owed.members),
                msg!("trial-set-off", count = set_off.count, sum = set_off.sum, members = set_off.members),
            ])
            .deed(msg!("trial-try-again"), TRY)
        }
    }
}
