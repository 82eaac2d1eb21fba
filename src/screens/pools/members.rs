use async_trait::async_trait;

use crate::aid;
use crate::domain::PoolId;
use crate::screens::members::Place;
use crate::screens::world::{Here, World, aid, me};
use crate::store::pool::seen::Known;
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::msg;

/// Who is in a pool: those of my near circle by name, and how many there are besides. `pool-members/<pool>` and
/// `pool-members/<pool>/<page>`.
pub struct PoolMembers;

#[async_trait]
impl Screen<World> for PoolMembers {
    fn name(&self) -> &'static str {
        "pool-members"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who, id) = (aid(cx), me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let pool = aid::pools::pool_seen(&aid, who, id).await?.pool;
        let asked = Place::asked(cx.route.number(1));
        let (known, count, all) = aid::pools::pool_members(&aid, who, id, Place::slice(asked)).await?;
        let place = Place::of(asked, count);
        let known = match known.is_empty() && count > 0 {
            true => aid::pools::pool_members(&aid, who, id, Place::slice(place.number())).await?.0,
            false => known,
        };
        Ok(view((id, &pool.name), &known, (count, all.saturating_sub(1)), place))
    }
}

fn view((id, name): (PoolId, &str), known: &[Known], (count, others): (u64, u64), place: Place) -> Page {
    let page = place.says(Page::new(msg!("pool-members-title", pool = name, count = others)));
    let unseen = others.saturating_sub(count);
    let page = page.say_if((unseen > 0).then(|| msg!("pool-members-unseen", count = unseen)));
    let card =
        |page: Page, one: &Known| page.go(msg!("pool-member", name = &one.name), Route::new("card").with(one.id));
    let page = known.iter().fold(page, card);
    place.turns(page, 0, |number| Route::new("pool-members").with(id).with(number))
}
