use async_trait::async_trait;

use super::typed;
use crate::aid;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Screen, Step};
use exodus_engine::hours::QuietHours;
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// The hours of the day in which I am not written to.
pub struct QuietHoursScreen;

/// Hours that many choose.
const OFFERED: [&str; 3] = ["22-7", "23-8", "0-9"];

/// The deed that ends them.
const NONE: &str = "none";

#[async_trait]
impl Screen<World> for QuietHoursScreen {
    fn name(&self) -> &'static str {
        "quiet-hours"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        Ok(view(aid::notified(&aid(cx), me(cx)?.id).await?.quiet))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let quiet = match &input {
            Input::Chose(deed) if deed == NONE => None,
            Input::Chose(deed) if OFFERED.contains(&deed.as_str()) => QuietHours::parse(deed),
            Input::Chose(_) => return Err(Fault::Lost),
            Input::Wrote(said) => match QuietHours::parse(said) {
                None => return Ok(Step::stay().saying(msg!("quiet-not-understood", typed = typed(said)))),
                hours => hours,
            },
        };
        run(cx, async |work| aid::be_quiet(work, me(cx)?.id, quiet).await).await?;
        Ok(Step::back().saying(match quiet {
            Some(quiet) => msg!("quiet-done", hours = hours(quiet)),
            None => msg!("quiet-none-done"),
        }))
    }
}

fn view(now: Option<QuietHours>) -> Page {
    let page = Page::new(match now {
        Some(quiet) => msg!("quiet-now", hours = hours(quiet)),
        None => msg!("quiet-none-now"),
    });
    let offered = OFFERED.into_iter().filter_map(|offer| Some((offer, QuietHours::parse(offer)?)));
    offered
        .filter(|(_, quiet)| Some(*quiet) != now)
        .fold(page.say(msg!("quiet-question")).asking(), |page, (offer, quiet)| {
            page.light(msg!("quiet-offer", hours = hours(quiet)), offer)
        })
        .light(msg!("quiet-off"), NONE)
}

fn hours(quiet: QuietHours) -> Arg {
    Arg::Verbatim(quiet.to_string())
}
