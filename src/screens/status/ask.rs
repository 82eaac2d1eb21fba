use async_trait::async_trait;

use super::{date_field, drafted_date, sum_field};
use crate::aid;
use crate::domain::{CollectionKind, Money, Refusal, Role, State};
use crate::screens::sentences::{drafted_sum, heard_by, monthly_sum_field, told, told_at};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Form, Input, Page, Route, Screen, Step, Taken, To};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// Green → Orange: "I need N every month".
pub struct AskMonthly;

#[async_trait]
impl Screen<World> for AskMonthly {
    fn name(&self) -> &'static str {
        "ask-monthly"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        if let Some(question) = monthly_form(cx).question(cx) {
            return Ok(question);
        }
        let sum = drafted_sum(cx, "sum").ok_or(Fault::Lost)?;
        let near = told(cx, aid::heard_of_asking(&aid(cx), me(cx)?.id, CollectionKind::Monthly).await)?;
        Ok(sure(msg!("ask-monthly-sure", sum = sum), vec![msg!("ask-monthly-means", near = heard_by(near))]))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        match monthly_form(cx).take(cx, &input) {
            Taken::Here(step) => Ok(step),
            Taken::NotMine => ask(cx, &input, CollectionKind::Monthly).await,
        }
    }
}

fn monthly_form(cx: &Here<'_>) -> Form<'static> {
    Form::new(vec![monthly_sum_field(cx, msg!("ask-monthly-sum", example = cx.world.settings.reading.unit.whole(500)))])
}

/// Any → Red: "I need N by a date".
pub struct AskEmergency;

#[async_trait]
impl Screen<World> for AskEmergency {
    fn name(&self) -> &'static str {
        "ask-emergency"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        if let Some(question) = emergency_form(cx).question(cx) {
            return Ok(question);
        }
        let sum = drafted_sum(cx, "sum").ok_or(Fault::Lost)?;
        let (date, _) = drafted_date(cx, aid(cx).today()).ok_or(Fault::Lost)?;
        let sure = sure(msg!("ask-emergency-sure", sum = sum, date = date), what_red_means(cx).await?);
        Ok(sure.light(msg!("ask-change-days"), Form::redo("date")))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        match emergency_form(cx).take(cx, &input) {
            Taken::Here(step) => Ok(step),
            Taken::NotMine => ask(cx, &input, CollectionKind::Emergency).await,
        }
    }
}

fn emergency_form(cx: &Here<'_>) -> Form<'static> {
    let date = date_field(cx, aid(cx).today(), msg!("ask-emergency-days"));
    Form::new(vec![sum_field(cx, msg!("ask-emergency-sum", example = cx.world.settings.reading.unit.whole(500))), date])
}

/// What becomes of whoever asks urgently: who hears of it, and what rests meanwhile.
async fn what_red_means(cx: &Here<'_>) -> Result<Vec<Msg>, Fault> {
    let (aid, who) = (aid(cx), me(cx)?.id);
    let near = told(cx, aid::heard_of_asking(&aid, who, CollectionKind::Emergency).await)?;
    let (_, open) = aid::standing_of(&aid, who).await?;
    let pauses = open.iter().any(|collection| collection.kind == CollectionKind::Monthly);
    let owed = aid::organizer(&aid, who).await?.count(Role::Supporter, &[State::Obligation, State::Overdue]);
    let means = msg!("ask-emergency-means", near = heard_by(near));
    let pauses = pauses.then(|| msg!("ask-emergency-pauses"));
    Ok([Some(means), pauses, (owed > 0).then(|| msg!("ask-emergency-puts-off"))].into_iter().flatten().collect())
}

/// The last page of the form: what will happen, and the one deed that makes it so.
fn sure(question: Msg, means: Vec<Msg>) -> Page {
    Page::new(question).lines(means).confirm(msg!("ask-yes"), "ask").light(msg!("ask-change-sum"), Form::redo("sum"))
}

/// Asks for help, and leads to the link that brings others to it.
async fn ask(cx: &mut Here<'_>, input: &Input, kind: CollectionKind) -> Result<Step, Fault> {
    if *input != Input::Chose("ask".into()) {
        return Err(Fault::Lost);
    }
    let (who, sum): (_, Option<Money>) = (me(cx)?.id, drafted_sum(cx, "sum"));
    let days = drafted_date(cx, aid(cx).today()).map(|(_, days)| days);
    let asked = match sum {
        Some(sum) => run(cx, async |work| aid::ask(work, who, kind, sum, days).await).await,
        None => Err(Refusal::NotPositive.into()),
    };
    let near = told_at(cx, To::Instead(Route::new("status")), asked)?;
    let done = match kind {
        CollectionKind::Monthly => msg!("ask-monthly-done", near = heard_by(near)),
        CollectionKind::Emergency | CollectionKind::Case | CollectionKind::Initiative => {
            msg!("ask-emergency-done", near = heard_by(near))
        }
    };
    told(cx, run(cx, async |work| aid::invite(work, who, who).await).await)?;
    Ok(Step::instead(Route::new("invite").with(who)).saying(done))
}
