use async_trait::async_trait;

use super::{days_field, sum_field};
use crate::aid;
use crate::conversation::{Fault, Form, Input, Page, Route, Screen, Step, Taken, To};
use crate::domain::Collection;
use crate::msg;
use crate::screens::sentences::{drafted_sum, told_at};
use crate::screens::world::{Here, World, aid, me};

/// Another sum for my collection; its circle is told.
pub struct ChangeSum;

#[async_trait]
impl Screen<World> for ChangeSum {
    fn name(&self) -> &'static str {
        "change-sum"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let form = sum_form(cx, &mine(cx).await?);
        form.question(cx).ok_or(Fault::Lost)
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let collection = mine(cx).await?;
        let step = match sum_form(cx, &collection).take(cx, &input) {
            Taken::Here(step) => step,
            Taken::NotMine => return Err(Fault::Lost),
        };
        let Some(sum) = drafted_sum(cx, "sum") else { return Ok(step) };
        let changed = aid::change_sum(&aid(cx), me(cx)?.id, collection.id, sum).await;
        let told = told_at(cx, To::Instead(Route::new("status")), changed)?;
        Ok(Step::instead(Route::new("status")).saying(msg!("change-sum-done", sum = sum, told = told)))
    }
}

fn sum_form(cx: &Here<'_>, collection: &Collection) -> Form<'static> {
    Form::new(vec![sum_field(cx, msg!("change-sum-question", sum = collection.target))])
}

/// Another date for my emergency; its circle is told.
pub struct ChangeDate;

#[async_trait]
impl Screen<World> for ChangeDate {
    fn name(&self) -> &'static str {
        "change-date"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let form = date_form(cx, &mine(cx).await?).ok_or(Fault::Lost)?;
        form.question(cx).ok_or(Fault::Lost)
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let collection = mine(cx).await?;
        let form = date_form(cx, &collection).ok_or(Fault::Lost)?;
        let step = match form.take(cx, &input) {
            Taken::Here(step) => step,
            Taken::NotMine => return Err(Fault::Lost),
        };
        let Some(days) = cx.answer("days").and_then(|days| days.parse().ok()) else { return Ok(step) };
        let changed = aid::change_date(&aid(cx), me(cx)?.id, collection.id, days).await;
        let told = told_at(cx, To::Instead(Route::new("status")), changed)?;
        let date = aid(cx).today() + chrono::Days::new(days.into());
        Ok(Step::instead(Route::new("status")).saying(msg!("change-date-done", date = date, told = told)))
    }
}

fn date_form(cx: &Here<'_>, collection: &Collection) -> Option<Form<'static>> {
    let question = msg!("change-date-question", date = collection.ends_on?);
    Some(Form::new(vec![days_field(aid(cx).today(), question)]))
}

/// The open collection that the route names, if it is mine.
async fn mine(cx: &Here<'_>) -> Result<Collection, Fault> {
    let id = cx.route.number(0).ok_or(Fault::Lost)?;
    let collection = aid::my_collection(&aid(cx), me(cx)?.id, id).await?;
    if collection.is_open() { Ok(collection) } else { Err(Fault::Lost) }
}
