use async_trait::async_trait;

use super::{date_field, drafted_date};
use crate::aid;
use crate::domain::{Collection, Doubt, Money, Totals};
use crate::screens::sentences::{change_field, drafted_sum, heard_by, told_at};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Choice, Fault, Form, Input, Nature, Page, Route, Screen, Step, Taken, To};
use exodus_engine::msg;

/// Another sum for my collection; its circle is told.
pub struct ChangeSum;

#[async_trait]
impl Screen<World> for ChangeSum {
    fn name(&self) -> &'static str {
        "change-sum"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let collection = mine(cx).await?;
        if let Some(question) = sum_form(cx, &collection).question(cx) {
            return Ok(question);
        }
        let sum = drafted_sum(cx, "sum").ok_or(Fault::Lost)?;
        let (doubt, totals) = aid::doubt_about_target(&aid(cx), &collection, sum).await?;
        Ok(view_sure(&collection, sum, doubt, &totals))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let collection = mine(cx).await?;
        let form = sum_form(cx, &collection);
        let sure_of = match form.take(cx, &input) {
            Taken::Here(step) if step.saying.is_some() || !form.is_complete(cx) => return Ok(step),
            Taken::Here(_) => None,
            Taken::NotMine => match input {
                Input::Chose(deed) if deed == CHANGE || deed == END => Some(deed),
                _ => return Err(Fault::Lost),
            },
        };
        let sum = drafted_sum(cx, "sum").ok_or(Fault::Lost)?;
        let (doubt, _) = aid::doubt_about_target(&aid(cx), &collection, sum).await?;
        // What would end the emergency by now, and would not have when it was asked about, is asked about anew.
        let sure = match doubt {
            None => true,
            Some(Doubt::Ends) => sure_of.as_deref() == Some(END),
            Some(_) => sure_of.is_some(),
        };
        if !sure {
            return Ok(Step::stay());
        }
        let changed = run(cx, async |work| aid::change_sum(work, me(cx)?.id, collection.id, sum).await).await;
        let told = told_at(cx, To::Instead(Route::new("status")), changed)?;
        let done = match doubt {
            Some(Doubt::Ends) => msg!("change-sum-ended", sum = sum, told = heard_by(told)),
            _ => msg!("change-sum-done", sum = sum, told = heard_by(told)),
        };
        Ok(Step::instead(Route::new("status")).saying(done))
    }
}

/// The deed that changes a sum which was asked about; and the one that ends the emergency by it.
const CHANGE: &str = "change";
const END: &str = "change-and-end";

fn sum_form(cx: &Here<'_>, collection: &Collection) -> Form<'static> {
    let question = msg!("change-sum-question", sum = collection.target);
    Form::new(vec![change_field(cx, question, collection.target, collection.kind.is_of_a_month())])
}

/// What would end the emergency, or is rather a slip, is asked about.
fn view_sure(collection: &Collection, sum: Money, doubt: Option<Doubt>, totals: &Totals) -> Page {
    let (question, yes) = match doubt {
        Some(Doubt::Ends) => {
            let question = msg!("change-sum-ends", sum = sum, received = totals.fulfilled);
            (question, msg!("change-sum-ends-yes", sum = sum))
        }
        Some(Doubt::LessThanBound) => {
            (msg!("change-sum-less-than-bound", sum = sum, bound = totals.bound()), msg!("change-sum-yes", sum = sum))
        }
        Some(Doubt::Tenth) => {
            (msg!("change-sum-tenth", from = collection.target, sum = sum), msg!("change-sum-yes", sum = sum))
        }
        _ => (msg!("change-sum-tenfold", from = collection.target, sum = sum), msg!("change-sum-yes", sum = sum)),
    };
    let yes = match doubt {
        Some(Doubt::Ends) => Choice::grave(yes, END),
        _ => Choice::grave(yes, CHANGE).of(Nature::Usual),
    };
    let page = Page::new(question).light(msg!("ask-change-sum"), Form::redo("sum")).choice(yes);
    page.go(msg!("end-no"), Route::new("status"))
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
        if let Some(question) = form.question(cx) {
            return Ok(question);
        }
        let (date, _) = drafted_date(cx, aid(cx).today()).ok_or(Fault::Lost)?;
        let page = Page::new(msg!("change-date-sure", date = date));
        Ok(page.deed(msg!("change-date-yes"), CHANGE).light(msg!("ask-change-days"), Form::redo("date")))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let collection = mine(cx).await?;
        let form = date_form(cx, &collection).ok_or(Fault::Lost)?;
        let sure = match form.take(cx, &input) {
            Taken::Here(step) if step.saying.is_some() || !form.is_complete(cx) => return Ok(step),
            Taken::Here(_) => false,
            Taken::NotMine if input == Input::Chose(CHANGE.into()) => true,
            Taken::NotMine => return Err(Fault::Lost),
        };
        if !sure {
            return Ok(Step::stay());
        }
        let (date, days) = drafted_date(cx, aid(cx).today()).ok_or(Fault::Lost)?;
        let changed = run(cx, async |work| aid::change_date(work, me(cx)?.id, collection.id, days).await).await;
        let told = told_at(cx, To::Instead(Route::new("status")), changed)?;
        Ok(Step::instead(Route::new("status")).saying(msg!("change-date-done", date = date, told = heard_by(told))))
    }
}

fn date_form(cx: &Here<'_>, collection: &Collection) -> Option<Form<'static>> {
    let question = msg!("change-date-question", date = collection.ends_on?);
    Some(Form::new(vec![date_field(cx, aid(cx).today(), question)]))
}

/// The open collection that the route names, if it is mine.
async fn mine(cx: &Here<'_>) -> Result<Collection, Fault> {
    let id = cx.route.id(0).ok_or(Fault::Lost)?;
    let collection = aid::my_collection(&aid(cx), me(cx)?.id, id).await?;
    if collection.is_open() { Ok(collection) } else { Err(Fault::Lost) }
}
