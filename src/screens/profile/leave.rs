//! Leaving the bot.

use async_trait::async_trait;

use crate::aid::{self, Leaving};
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, anybody, run_for_anybody};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step};
use exodus_engine::msg;

/// Whether I want to leave, and what that means: `leave`.
pub struct Leave;

/// The deed.
const LEAVE: &str = "leave";

#[async_trait]
impl Screen<World> for Leave {
    fn name(&self) -> &'static str {
        "leave"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let me = anybody(cx)?;
        Ok(view(aid::leaving(&aid(cx), me.id).await?, me.suspended.is_some()))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let who = anybody(cx)?.id;
        match input {
            Input::Chose(deed) if deed == LEAVE => {}
            _ => return Err(Fault::Lost),
        }
        told(cx, run_for_anybody(cx, async |work| aid::leave(work, who).await).await)?;
        cx.world.me = None;
        Ok(Step::farewell(msg!("leave-farewell")))
    }
}

fn view(leaving: Leaving, suspended: bool) -> Page {
    let Leaving { to_others, to_me, to_confirm, collections, guarantees, pools, initiatives } = leaving;
    let mut cancelled = Vec::new();
    cancelled.extend((to_others.0 > 0).then(|| msg!("leave-to-others", count = to_others.0, sum = to_others.1)));
    cancelled.extend((to_me.0 > 0).then(|| msg!("leave-to-me", count = to_me.0, sum = to_me.1)));
    cancelled.extend((guarantees > 0).then(|| msg!("leave-guarantees", count = guarantees)));
    let page = Page::new(msg!("leave-sure"));
    let page = match (cancelled.is_empty(), pools + initiatives) {
        (true, 0) => page.say(msg!("leave-nothing-lives")),
        (true, _) => page,
        (false, _) => page.lines(std::iter::once(msg!("leave-cancelled")).chain(cancelled).collect()),
    };
    let page = page
        .say_if((collections > 0).then(|| msg!("leave-collections", count = collections)))
        .say_if((pools > 0).then(|| msg!("leave-pools", count = pools)))
        .say_if((initiatives > 0).then(|| msg!("leave-initiatives", count = initiatives)))
        .say(msg!("leave-erased"))
        .say(msg!("leave-anew"))
        .say_if((to_confirm > 0 && !suspended).then(|| msg!("leave-confirm-first", count = to_confirm)));
    // Staying first: the answer that led here, said twice, does nothing.
    let page = match suspended {
        true => page.go(msg!("leave-no"), Route::new("menu")),
        false => page.go(msg!("leave-no"), Route::new("profile")),
    };
    let page = match to_confirm > 0 && !suspended {
        true => page.go(msg!("leave-to-confirm", count = to_confirm), Route::new("list").with("to-confirm")),
        false => page,
    };
    page.go(msg!("profile-my-data"), Route::new("my-data")).grave(msg!("leave-yes"), LEAVE)
}
