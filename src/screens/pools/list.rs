use async_trait::async_trait;

use super::words::pool_at;
use crate::aid;
use crate::screens::world::{Here, World, aid, me};
use crate::store::pool::seen::Mine;
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::msg;

/// What pools are, and those that I am in: `pools`.
pub struct Pools;

#[async_trait]
impl Screen<World> for Pools {
    fn name(&self) -> &'static str {
        "pools"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        Ok(view(&aid::pools::pools_of(&aid(cx), me(cx)?.id).await?))
    }
}

fn view(mine: &[Mine]) -> Page {
    let page = Page::new(msg!("pools-title")).say(msg!("pools-what")).say(msg!("pools-no-fund"));
    let page = page.say_if(mine.is_empty().then(|| msg!("pools-none")));
    let page = mine.iter().fold(page, |page, pool| {
        let label = match pool.waiting {
            0 => msg!("pools-one", name = &pool.name),
            waiting => msg!("pools-one-waiting", name = &pool.name, count = waiting),
        };
        page.go(label, pool_at(pool.id))
    });
    page.go(msg!("pools-open"), Route::new("pool-open"))
}
