use async_trait::async_trait;

use super::route_of;
use crate::aid;
use crate::domain::PaymentDetail;
use crate::domain::payment::MOST;
use crate::screens::world::{Here, World, aid, me};
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// My payment details: `payment`.
pub struct Payment;

#[async_trait]
impl Screen<World> for Payment {
    fn name(&self) -> &'static str {
        "payment"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        Ok(view(&aid::payment_details(&aid(cx), me(cx)?.id).await?))
    }
}

fn view(details: &[PaymentDetail]) -> Page {
    let page = Page::new(msg!("payment-title")).line(msg!("payment-means"));
    let page = match details {
        [] => page.say(msg!("payment-none")),
        details => page.lines(details.iter().map(|detail| line(detail, details.len() > 1)).collect()),
    };
    let page = details
        .iter()
        .fold(page, |page, detail| page.go(msg!("payment-choice", name = &detail.name), route_of(detail.id)));
    match details.len() < MOST {
        true => page.go(msg!("payment-add"), Route::new("payment-add")),
        false => page.say(msg!("payment-full", max = MOST)),
    }
}

/// Where there are several, the default one has a mark.
fn line(detail: &PaymentDetail, is_one_of_several: bool) -> Msg {
    let (name, value) = (&detail.name, &detail.value);
    match is_one_of_several && detail.is_default {
        true => msg!("payment-line-default", name = name, value = value),
        false => msg!("payment-line", name = name, value = value),
    }
}
