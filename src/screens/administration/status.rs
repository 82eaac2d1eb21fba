use async_trait::async_trait;

use super::admin;
use crate::aid;
use crate::domain::ProgramId;
use crate::screens::fresh::Fresh;
use crate::screens::profile::site;
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// The way to the status page, in a browser: `admin-status`; `admin-status/<program>` shows the link, which counts once.
#[derive(Default)]
pub struct AdminStatus {
    fresh: Fresh,
}

/// The deed.
const OPEN: &str = "open";

#[async_trait]
impl Screen<World> for AdminStatus {
    fn name(&self) -> &'static str {
        "admin-status"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        admin(cx)?;
        let Some(site) = site(&cx.world.settings.ways_in) else { return Ok(Page::new(msg!("admin-status-off"))) };
        let made: Option<ProgramId> = cx.route.id(0);
        let token = made.and_then(|id| self.fresh.get(id, cx.turn.at.now));
        let page = match token {
            Some(token) => {
                Page::new(msg!("admin-status-link", link = Arg::Verbatim(format!("{site}admin/in/{token}"))))
                    .say(msg!("admin-status-counts"))
            }
            None => Page::new(msg!("admin-status-title")).say(msg!("admin-status-what")),
        };
        Ok(page.light(msg!("admin-status-open"), OPEN).go(msg!("admin-status-back"), Route::new("admin")))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, admin) = (me(cx)?.id, admin(cx)?.clone());
        match input {
            Input::Chose(deed) if deed == OPEN => {}
            Input::Chose(_) => return Err(Fault::Lost),
            Input::Wrote(_) => return Ok(Step::stay()),
        }
        let (id, token) = told(cx, run(cx, async |work| aid::programs::open_status(work, &admin, who).await).await)?;
        self.fresh.put(id, token, cx.turn.at.now);
        Ok(Step::instead(Route::new("admin-status").with(id)))
    }
}
