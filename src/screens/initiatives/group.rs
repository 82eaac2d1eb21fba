use async_trait::async_trait;

use super::words::initiative_at;
use crate::aid;
use crate::aid::initiatives::InitiativeGroups;
use crate::screens::groups::how_to_bind_an_initiative;
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Screen, Step};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// The group chats of my initiative: how one is bound, and unbinding them. `initiative-group/<collection>`.
pub struct InitiativeGroup;

/// The deed.
const LET_GO: &str = "let-go";

#[async_trait]
impl Screen<World> for InitiativeGroup {
    fn name(&self) -> &'static str {
        "initiative-group"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let groups = load(cx).await?;
        let named = (!groups.is_only).then_some(groups.id);
        let command = how_to_bind_an_initiative(&cx.world.settings.ways_in, cx.turn.messenger, named);
        Ok(view(&groups, command))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, groups) = (me(cx)?.id, load(cx).await?);
        if input != Input::Chose(LET_GO.into()) {
            return Err(Fault::Lost);
        }
        let let_go = run(cx, async |work| aid::initiatives::let_initiative_groups_go(work, who, groups.id).await).await;
        let count = told(cx, let_go)?;
        Ok(Step::stay().saying(msg!("pool-group-let-go-done", count = count)))
    }
}

async fn load(cx: &Here<'_>) -> Result<InitiativeGroups, Fault> {
    let id = cx.route.id(0).ok_or(Fault::Lost)?;
    Ok(aid::initiatives::initiative_groups(&aid(cx), me(cx)?.id, id).await?)
}

fn view(groups: &InitiativeGroups, command: Arg) -> Page {
    let page = Page::new(msg!("initiative-group-title", title = &groups.title, count = groups.count));
    let page = match groups.is_open {
        true => page.say(msg!("initiative-group-how", command = command)).say(msg!("initiative-group-who-reads")),
        false => page.say(msg!("initiative-group-over", count = groups.count)),
    };
    let page = match groups.count {
        0 => page,
        // It can be bound again as it was, as long as it is open.
        count => page.deed(msg!("pool-group-let-go", count = count), LET_GO),
    };
    page.go(msg!("commitment-to-initiative"), initiative_at(groups.id))
}
