use async_trait::async_trait;

use crate::aid;
use crate::conversation::{Fault, Input, Page, Route, Screen, Step};
use crate::domain::{Collection, CollectionKind, Ring, Status};
use crate::msg;
use crate::screens::sentences::{status_name, told};
use crate::screens::world::{Here, World, aid, me};

/// The deed that has the next ring told.
const TELL: &str = "tell";

/// What I say of my situation, and how I can say something else.
pub struct StatusScreen;

#[async_trait]
impl Screen<World> for StatusScreen {
    fn name(&self) -> &'static str {
        "status"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let who = me(cx)?.id;
        let (status, open) = aid::standing_of(&aid(cx), who).await?;
        let next = match asked_now(&open) {
            Some(collection) => aid::next_ring(&aid(cx), who, collection).await?,
            None => None,
        };
        Ok(view(status, &open, next))
    }

    async fn act(&self, cx: &mut Here<'_>, _: Input) -> Result<Step, Fault> {
        let who = me(cx)?.id;
        let (_, open) = aid::standing_of(&aid(cx), who).await?;
        let Some(collection) = asked_now(&open) else { return Ok(Step::stay()) };
        Ok(Step::stay().saying(match told(cx, aid::tell_next(&aid(cx), who, collection.id).await)? {
            Ring::Far => msg!("status-far-told"),
            _ => msg!("status-network-told"),
        }))
    }
}

/// The open collection that help goes to now: a monthly one is paused beside an emergency.
fn asked_now(open: &[Collection]) -> Option<&Collection> {
    open.iter().max_by_key(|collection| collection.kind == CollectionKind::Emergency)
}

fn view(status: Status, open: &[Collection], next: Option<Ring>) -> Page {
    let of_kind = |kind| open.iter().find(|collection| collection.kind == kind);
    let monthly = of_kind(CollectionKind::Monthly);
    let emergency = of_kind(CollectionKind::Emergency);
    let page = Page::new(msg!("status-now", status = status_name(status))).line(match status {
        Status::Green => msg!("status-green-means"),
        Status::Orange => msg!("status-orange-means"),
        Status::Red => msg!("status-red-means"),
    });
    let page = match emergency {
        Some(emergency) => about_emergency(page, emergency),
        None => page.go(msg!("status-to-red"), Route::new("ask-emergency")),
    };
    let page = match monthly {
        Some(monthly) => about_monthly(page, monthly, emergency.is_some()),
        None if emergency.is_none() => page.go(msg!("status-to-orange"), Route::new("ask-monthly")),
        None => page,
    };
    match next {
        Some(Ring::Far) => page.deed(msg!("status-tell-far"), TELL),
        Some(_) => page.deed(msg!("status-tell-network"), TELL),
        None => page,
    }
}

fn about_emergency(page: Page, emergency: &Collection) -> Page {
    let line = emergency.ends_on.map(|date| msg!("status-emergency", sum = emergency.target, date = date));
    page.say_if(line)
        .go(msg!("status-emergency-sum"), Route::new("change-sum").with(emergency.id))
        .go(msg!("status-emergency-date"), Route::new("change-date").with(emergency.id))
        .go(msg!("status-emergency-end"), Route::new("end").with(emergency.id))
}

fn about_monthly(page: Page, monthly: &Collection, paused: bool) -> Page {
    let line = if paused {
        msg!("status-monthly-paused", sum = monthly.target)
    } else {
        msg!("status-monthly", sum = monthly.target)
    };
    page.say(line)
        .go(msg!("status-monthly-sum"), Route::new("change-sum").with(monthly.id))
        .go(msg!("status-monthly-end"), Route::new("end").with(monthly.id))
}
