use async_trait::async_trait;

use crate::aid;
use crate::domain::{PaymentDetail, PaymentName, PaymentValue};
use crate::screens::sentences::{told, unfit};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Screen, Step};
use exodus_engine::locale::LineFault;
use exodus_engine::msg;

/// Changes one way to pay me: `payment-edit/<id>/name`, `payment-edit/<id>/value`.
pub struct EditPayment;

/// What of it is changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Name,
    Value,
}

#[async_trait]
impl Screen<World> for EditPayment {
    fn name(&self) -> &'static str {
        "payment-edit"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (detail, part) = load(cx).await?;
        Ok(view(&detail, part))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (detail, part) = load(cx).await?;
        let Input::Wrote(typed) = input else { return Err(Fault::Lost) };
        match part {
            Part::Name => rename(cx, &detail, PaymentName::read(&typed)).await,
            Part::Value => change(cx, &detail, PaymentValue::read(&typed)).await,
        }
    }
}

async fn load(cx: &Here<'_>) -> Result<(PaymentDetail, Part), Fault> {
    let id = cx.route.id(0).ok_or(Fault::Lost)?;
    let part = match cx.route.arg(1) {
        Some("name") => Part::Name,
        Some("value") => Part::Value,
        _ => return Err(Fault::Lost),
    };
    Ok((aid::payment_detail(&aid(cx), me(cx)?.id, id).await?, part))
}

async fn rename(cx: &Here<'_>, of: &PaymentDetail, name: Result<PaymentName, LineFault>) -> Result<Step, Fault> {
    let name = match name {
        Ok(name) => name,
        Err(fault) => return Ok(Step::misread(unfit(fault))),
    };
    let who = me(cx)?.id;
    told(cx, run(cx, async |work| aid::rename_payment_detail(work, who, of.id, &name).await).await)?;
    Ok(Step::back().saying(msg!("payment-renamed", name = name.as_str())))
}

async fn change(cx: &Here<'_>, of: &PaymentDetail, value: Result<PaymentValue, LineFault>) -> Result<Step, Fault> {
    let value = match value {
        Ok(value) => value,
        Err(fault) => return Ok(Step::misread(unfit(fault))),
    };
    let who = me(cx)?.id;
    told(cx, run(cx, async |work| aid::change_payment_detail(work, who, of.id, &value).await).await)?;
    Ok(Step::back().saying(msg!("payment-changed", name = &of.name)))
}

fn view(detail: &PaymentDetail, part: Part) -> Page {
    let now = msg!("payment-line", name = &detail.name, value = &detail.value);
    let question = match part {
        Part::Name => msg!("payment-name-question", max = PaymentName::LONGEST),
        Part::Value => msg!("payment-value-question", name = &detail.name, max = PaymentValue::LONGEST),
    };
    Page::new(now).say(question).asking_in_any_words()
}
