use async_trait::async_trait;

use super::{list, route_of};
use crate::aid;
use crate::domain::PaymentDetail;
use crate::screens::sentences::told_at;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::msg;

/// One way to pay me: `payment-detail/<id>`; `payment-detail/<id>/delete` asks whether to delete it.
pub struct PaymentDetailScreen;

const DEFAULT: &str = "default";
const DELETE: &str = "delete";

#[async_trait]
impl Screen<World> for PaymentDetailScreen {
    fn name(&self) -> &'static str {
        "payment-detail"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let id = cx.route.id(0).ok_or(Fault::Lost)?;
        let detail = aid::payment_detail(&aid(cx), me(cx)?.id, id).await?;
        Ok(match cx.route.arg(1) {
            Some(DELETE) => view_deleting(&detail),
            _ => view(&detail),
        })
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, id) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        match deed.as_str() {
            DEFAULT => {
                let done = run(cx, async |work| aid::make_default(work, who, id).await).await;
                let name = told_at(cx, To::Instead(list()), done)?;
                Ok(Step::stay().saying(msg!("payment-now-default", name = name)))
            }
            DELETE => {
                let done = run(cx, async |work| aid::delete_payment_detail(work, who, id).await).await;
                let (gone, next) = told_at(cx, To::Instead(list()), done)?;
                Ok(Step::instead(list()).saying(match next {
                    Some(next) => msg!("payment-deleted-default", name = gone.name, next = next.name),
                    None => msg!("payment-deleted", name = gone.name),
                }))
            }
            _ => Err(Fault::Lost),
        }
    }
}

fn view(detail: &PaymentDetail) -> Page {
    let edit = |field: &str| Route::new("payment-edit").with(detail.id).with(field);
    let page = Page::new(msg!("payment-line", name = &detail.name, value = &detail.value));
    let page = page.say_if(detail.is_default.then(|| msg!("payment-is-default")));
    let page = page.go(msg!("payment-edit-value"), edit("value")).go(msg!("payment-edit-name"), edit("name"));
    let page = if detail.is_default { page } else { page.light(msg!("payment-make-default"), DEFAULT) };
    page.go(msg!("payment-delete"), route_of(detail.id).with(DELETE))
}

fn view_deleting(detail: &PaymentDetail) -> Page {
    // Keeping first: the answer that led here, said twice, does nothing.
    Page::new(msg!("payment-delete-sure"))
        .line(msg!("payment-line", name = &detail.name, value = &detail.value))
        .go(msg!("payment-keep"), route_of(detail.id))
        .grave(msg!("payment-delete-yes"), DELETE)
}
