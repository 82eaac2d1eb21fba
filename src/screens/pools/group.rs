use async_trait::async_trait;

use super::words::pool_at;
use crate::aid;
use crate::aid::pools::PoolGroups;
use crate::screens::groups::how_to_bind_a_pool;
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Screen, Step};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// The group chats of a pool that I look after: how one is bound, and unbinding them. `pool-group/<pool>`.
pub struct PoolGroup;

/// The deed.
const LET_GO: &str = "let-go";

#[async_trait]
impl Screen<World> for PoolGroup {
    fn name(&self) -> &'static str {
        "pool-group"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let groups = load(cx).await?;
        let named = (!groups.is_only).then_some(groups.pool.id);
        let command = how_to_bind_a_pool(&cx.world.settings.ways_in, cx.turn.messenger, named);
        Ok(view(&groups, command))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, groups) = (me(cx)?.id, load(cx).await?);
        if input != Input::Chose(LET_GO.into()) {
            return Err(Fault::Lost);
        }
        let let_go = run(cx, async |work| aid::pools::let_pool_groups_go(work, who, groups.pool.id).await).await;
        let count = told(cx, let_go)?;
        Ok(Step::stay().saying(msg!("pool-group-let-go-done", count = count)))
    }
}

async fn load(cx: &Here<'_>) -> Result<PoolGroups, Fault> {
    let id = cx.route.id(0).ok_or(Fault::Lost)?;
    Ok(aid::pools::pool_groups(&aid(cx), me(cx)?.id, id).await?)
}

fn view(groups: &PoolGroups, command: Arg) -> Page {
    let page = Page::new(msg!("pool-group-title", pool = &groups.pool.name, count = groups.count))
        .say(msg!("pool-group-how", command = command))
        .say(msg!("pool-group-who-reads"));
    let page = match groups.count {
        0 => page,
        // It can be bound again as it was.
        count => page.deed(msg!("pool-group-let-go", count = count), LET_GO),
    };
    page.go(msg!("case-to-pool"), pool_at(groups.pool.id))
}
