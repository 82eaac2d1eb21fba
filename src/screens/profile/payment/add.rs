use async_trait::async_trait;

use super::list;
use crate::aid;
use crate::domain::payment::{self, MOST};
use crate::domain::{PaymentDetail, PaymentName, PaymentValue};
use crate::screens::sentences::{no_more, told_at, unfit};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Field, Form, Input, Page, Screen, Step, Taken, To};
use exodus_engine::msg;

/// One more way to pay me: what it is called, and what is needed; kept as soon as both are given.
pub struct AddPayment;

#[async_trait]
impl Screen<World> for AddPayment {
    fn name(&self) -> &'static str {
        "payment-add"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let have = aid::payment_details(&aid(cx), me(cx)?.id).await?;
        if have.len() >= MOST {
            return Ok(Page::new(msg!("payment-full", max = MOST)).go(msg!("payment-show"), list()));
        }
        form(cx, have).question(cx).ok_or(Fault::Lost)
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let who = me(cx)?.id;
        let form = form(cx, aid::payment_details(&aid(cx), who).await?);
        match form.take(cx, &input) {
            Taken::Here(step) if step.saying.is_some() || !form.is_complete(cx) => return Ok(step),
            Taken::Here(_) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let (Some(Ok(name)), Some(Ok(value))) =
            (cx.answer("name").map(PaymentName::read), cx.answer("value").map(PaymentValue::read))
        else {
            return Err(Fault::Lost);
        };
        let added = run(cx, async |work| aid::add_payment_detail(work, who, &name, &value).await).await;
        told_at(cx, To::Instead(list()), added)?;
        Ok(Step::instead(list()).saying(msg!("payment-added", name = name.as_str())))
    }
}

fn form(cx: &Here<'_>, have: Vec<PaymentDetail>) -> Form<'static> {
    let question = msg!("payment-name-question", max = PaymentName::LONGEST);
    let name = Field::new("name", question, move |typed| {
        let name = PaymentName::read(typed).map_err(unfit)?;
        payment::add(&have, &name).map_err(no_more)?;
        Ok(name.as_str().to_owned())
    })
    .in_any_words();
    let called = cx.answer("name").and_then(|name| PaymentName::read(name).ok());
    let shown = called.as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default();
    let question = msg!("payment-value-question", name = shown, max = PaymentValue::LONGEST);
    let value = Field::new("value", question, move |typed| {
        let value = PaymentValue::read(typed).map_err(unfit)?;
        match called.as_ref().is_some_and(|name| name.is_like(value.as_str())) {
            // The message with the name came twice.
            true => Err(msg!("payment-value-is-name")),
            false => Ok(value.as_str().to_owned()),
        }
    })
    .in_any_words();
    Form::new(vec![name, value])
}
