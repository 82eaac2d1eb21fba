use async_trait::async_trait;

use super::guarantee::route_to;
use super::means;
use crate::aid::{self, Offered, Refused, Stands};
use crate::domain::Refusal;
use crate::screens::sentences::{told, told_at};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The route of what is offered; the token follows.
pub const GUARANTEED: &str = "guaranteed";

/// Where the link of a guarantee leads: who offers it, what it means, Yes and No. `guaranteed/<token>`.
pub struct Guaranteed;

/// The deeds.
const YES: &str = "yes";
const NOT_NOW: &str = "not-now";

#[async_trait]
impl Screen<World> for Guaranteed {
    fn name(&self) -> &'static str {
        GUARANTEED
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (who, token) = (me(cx)?.id, cx.route.arg(0).ok_or(Fault::Lost)?);
        match aid::offered(&aid(cx), who, token).await {
            // Accepted, taken back or run out since it was shown, or whoever offered it has left: the same for all.
            Err(Refused::Rule(_)) => {
                Ok(Page::new(msg!("guaranteed-too-late")).go(msg!("trust-back"), Route::new("trust")))
            }
            offered => Ok(view(&offered?, means(cx))),
        }
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, token) = (me(cx)?.id, cx.route.arg(0).ok_or(Fault::Lost)?);
        match input {
            // Back to what was begun, if they came in the middle of something, or else home.
            Input::Chose(deed) if deed == NOT_NOW => Ok(Step::back()),
            Input::Chose(deed) if deed == YES => {
                let accepted = run(cx, async |work| aid::accept_guarantee(work, who, token).await).await;
                let other = match accepted {
                    // Somebody else has accepted it, or it was taken back, since it was shown.
                    Err(Refused::Rule(Refusal::Unknown)) => {
                        return Err(Fault::Refused(Step::home().saying(msg!("guaranteed-too-late"))));
                    }
                    accepted => told_at(cx, To::Instead(Route::new("trust")), accepted)?,
                };
                let name = told(cx, aid::name_of(&aid(cx), who, other).await)?;
                Ok(Step::instead(route_to(other)).saying(msg!("guaranteed-done", name = name)))
            }
            _ => Err(Fault::Lost),
        }
    }
}

fn view(offered: &Offered, means: [Msg; 2]) -> Page {
    let (id, name) = &offered.by;
    match offered.stands {
        Stands::Own => Page::new(msg!("guaranteed-own")).go(msg!("trust-back"), Route::new("trust")),
        Stands::Held => Page::new(msg!("guaranteed-held", name = name))
            .go(msg!("guaranteed-look"), route_to(*id))
            .go(msg!("trust-back"), Route::new("trust")),
        Stands::Offered => {
            let page = Page::new(msg!("guaranteed-title", name = name));
            let page = means.into_iter().fold(page, Page::say).say(msg!("guaranteed-question", name = name));
            let page = page.called(msg!("guaranteed-yes-words"), Choice::deed(msg!("guaranteed-yes"), YES));
            page.deed(msg!("guaranteed-yes"), YES).light(msg!("guaranteed-no"), NOT_NOW)
        }
    }
}
