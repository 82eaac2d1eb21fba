use async_trait::async_trait;

use super::words::case_at;
use crate::aid;
use crate::domain::{Called, Phase, PoolId, local_date};
use crate::screens::members::Place;
use crate::screens::world::{Here, World, aid, me};
use crate::store::pool::seen::Listed;
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::hours::Zone;
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The cases of a pool that have come to their end, the newest first: `cases/<pool>` and `cases/<pool>/<page>`.
pub struct EndedCases;

#[async_trait]
impl Screen<World> for EndedCases {
    fn name(&self) -> &'static str {
        "cases"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who, id) = (aid(cx), me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let pool = aid::pools::pool_seen(&aid, who, id).await?;
        let place = Place::of(Place::asked(cx.route.number(1)), pool.ended);
        let (listed, count) = aid::pools::ended_cases(&aid, who, id, Place::slice(place.number())).await?;
        Ok(view((id, &pool.pool.name), &listed, count, place, &cx.world.settings.rules.zone))
    }
}

fn view((id, name): (PoolId, &str), listed: &[Listed], count: u64, place: Place, zone: &Zone) -> Page {
    let page = place.says(Page::new(msg!("cases-title", pool = name, count = count)));
    let page = listed.iter().fold(page, |page, one| page.go(label(one, zone), case_at(one.case.id)));
    place.turns(page, 0, |number| Route::new("cases").with(id).with(number))
}

fn label(one: &Listed, zone: &Zone) -> Msg {
    let how = if one.case.phase == Phase::Settled { msg!("case-how-settled") } else { msg!("case-how-over") };
    let name = one.name.clone().unwrap_or_else(Called::former);
    let date = Msg::day_month(local_date(one.ended_at.unwrap_or(one.case.opened_at), zone));
    msg!("cases-one", date = date, name = &name, sum = one.case.sum, how = how)
}
