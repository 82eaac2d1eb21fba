use async_trait::async_trait;

use super::means;
use crate::aid::{self, Refused};
use crate::domain::{Called, MemberId, Refusal, local_date};
use crate::screens::sentences::{told, told_at};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// The guarantee that I hold with another member, and ending it. `guarantee/<member>`; `guarantee/<member>/end` asks whether
/// to end it.
pub struct Guarantee;

/// The argument, and the deed.
const END: &str = "end";

#[async_trait]
impl Screen<World> for Guarantee {
    fn name(&self) -> &'static str {
        "guarantee"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who, with) = (aid(cx), me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let Some(since) = aid::guarantee_since(&aid, who, with).await? else { return Ok(view_none()) };
        let name = aid::name_of(&aid, who, with).await?;
        if cx.route.arg(1) == Some(END) {
            let hears = told(cx, aid::hears_of_guarantee(&aid, with).await)?;
            return Ok(view_ending(with, &name, hears));
        }
        let since = local_date(since, &cx.world.settings.rules.zone);
        let page = Page::new(msg!("guarantee-title", name = name, date = since));
        let page = means(cx).into_iter().fold(page, Page::say);
        Ok(page
            .go(msg!("notice-card"), Route::new("card").with(with))
            .go(msg!("trust-back"), Route::new("trust"))
            .go(msg!("guarantee-end"), route_to(with).with(END)))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, with) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        // Where it was asked whether they are sure.
        if input != Input::Chose(END.into()) || cx.route.arg(1) != Some(END) {
            return Err(Fault::Lost);
        }
        let name = aid::name_of(&aid(cx), who, with).await?;
        let ended = run(cx, async |work| aid::end_guarantee(work, who, with).await).await;
        if let Err(Refused::Rule(Refusal::Unknown)) = ended {
            // The other side has ended it, since it was shown.
            return Err(Fault::Refused(Step::instead(Route::new("trust")).saying(msg!("guarantee-none"))));
        }
        let hears = told_at(cx, To::Instead(Route::new("trust")), ended)?;
        let told = Arg::variant(if hears { "yes" } else { "no" });
        Ok(Step::instead(Route::new("trust")).saying(msg!("guarantee-ended", name = name, told = told)))
    }
}

/// Where the guarantee with this member is.
pub fn route_to(with: MemberId) -> Route {
    Route::new("guarantee").with(with)
}

/// The same for everybody with whom there is none, whoever they are.
fn view_none() -> Page {
    Page::new(msg!("guarantee-none")).go(msg!("trust-back"), Route::new("trust"))
}

fn view_ending(with: MemberId, name: &Called, hears: bool) -> Page {
    // Keeping first: the answer that led here, said twice, does nothing.
    let told = Arg::variant(if hears { "yes" } else { "no" });
    Page::new(msg!("guarantee-end-sure", name = name, told = told))
        .go(msg!("guarantee-end-no"), route_to(with))
        .grave(msg!("guarantee-end-yes"), END)
}
