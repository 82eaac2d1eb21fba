use async_trait::async_trait;

use crate::aid;
use crate::domain::MemberId;
use crate::screens::world::{Here, World, aid, me};
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::msg;

/// The Members menu.
pub struct Members;

#[async_trait]
impl Screen<World> for Members {
    fn name(&self) -> &'static str {
        "members"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let me = me(cx)?.id;
        let near = aid::count_near(&aid(cx), me).await?;
        Ok(view(me, near))
    }
}

fn view(me: MemberId, near: u64) -> Page {
    let page = if near == 0 { Page::new(msg!("members-alone")) } else { Page::new(msg!("members-near", count = near)) };
    page.say(msg!("members-how-to-grow"))
        .go(msg!("members-show-near", count = near), Route::new("near"))
        .go(msg!("members-invite"), Route::new("invite").with(me))
}
