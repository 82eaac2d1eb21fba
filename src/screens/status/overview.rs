use async_trait::async_trait;

use crate::aid;
use crate::conversation::{Fault, Page, Route, Screen};
use crate::domain::{Collection, CollectionKind, Status};
use crate::msg;
use crate::screens::sentences::status_name;
use crate::screens::world::{Here, World, aid, me};

/// What I say of my situation, and how I can say something else.
pub struct StatusScreen;

#[async_trait]
impl Screen<World> for StatusScreen {
    fn name(&self) -> &'static str {
        "status"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (status, open) = aid::standing_of(&aid(cx), me(cx)?.id).await?;
        Ok(view(status, &open))
    }
}

fn view(status: Status, open: &[Collection]) -> Page {
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
    match monthly {
        Some(monthly) => about_monthly(page, monthly, emergency.is_some()),
        None if emergency.is_none() => page.go(msg!("status-to-orange"), Route::new("ask-monthly")),
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
