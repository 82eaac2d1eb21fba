use async_trait::async_trait;

use super::commitment::route_of;
use super::deeds;
use super::shown::view_not_now;
use crate::aid::{self, Helping, Refused};
use crate::domain::{DeedKind, Money, Note, Refusal};
use crate::notices::Did;
use crate::screens::sentences::{drafted_sum, read_sum, told_at, unfit};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Field, Form, Input, Page, Route, Screen, Step, Taken, To};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// What I have given of what I promised: a part of it or all, with a note. Done as soon as both are answered, and told.
pub struct Given;

#[async_trait]
impl Screen<World> for Given {
    fn name(&self) -> &'static str {
        "given"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let helping = load(cx).await?;
        if !helping.available.contains(&DeedKind::ClaimPart) {
            return Ok(view_not_now(&helping));
        }
        // All answered, and not done: it was refused, and is asked anew.
        Ok(form(cx, &helping).question(cx).unwrap_or_else(|| view_not_now(&helping)))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, helping) = (me(cx)?.id, load(cx).await?);
        if !helping.available.contains(&DeedKind::ClaimPart) {
            // The page says why.
            return Ok(Step::stay());
        }
        let form = form(cx, &helping);
        match form.take(cx, &input) {
            Taken::Here(step) if step.saying.is_some() || !form.is_complete(cx) => return Ok(step),
            Taken::Here(_) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let sum = drafted_sum(cx, SUM).ok_or(Fault::Lost)?;
        let note = cx.answer(NOTE).filter(|note| !note.is_empty()).map(|note| Note::kept(note.to_owned()));
        let id = helping.commitment.id;
        let left = helping.commitment.sum.saturating_sub(sum);
        let claimed = run(cx, async |work| aid::claim(work, who, id, sum, note.as_ref()).await).await;
        let place = match claimed {
            // Less is left of it by now: they are asked anew how much.
            Err(Refused::Rule(Refusal::MoreThanOwed { .. })) => Route::new("given").with(id),
            _ => route_of(id),
        };
        let now = told_at(cx, To::Instead(place), claimed)?;
        let did = if left > Money::ZERO { Did::Part(left) } else { Did::Deed(DeedKind::ClaimPart) };
        // What is left can be given there.
        Ok(Step::instead(route_of(id)).saying(deeds::done(cx, &now, did).await?))
    }
}

const SUM: &str = "sum";
const NOTE: &str = "note";

async fn load(cx: &Here<'_>) -> Result<Helping, Fault> {
    let id = cx.route.id(0).ok_or(Fault::Lost)?;
    Ok(aid::helping(&aid(cx), me(cx)?.id, id).await?)
}

fn form(cx: &Here<'_>, helping: &Helping) -> Form<'static> {
    let (owed, name, settings) = (helping.commitment.sum, &helping.name, cx.world.settings.clone());
    let all = settings.reading.unit.plain(owed);
    let sum = Field::new(SUM, msg!("given-question", sum = owed, name = name), move |typed| {
        if settings.reading.is_all(typed) {
            return Ok(owed.minor().to_string());
        }
        let sum = read_sum(&settings, typed)?;
        let is_more = sum.parse().is_ok_and(|minor| Money::from_minor(minor) > owed);
        if is_more { Err(msg!("given-too-much", sum = owed)) } else { Ok(sum) }
    });
    let settings = cx.world.settings.clone();
    // What is given to an initiative, or was shared out in a pool, is between the two.
    let public = Arg::variant(if helping.collection.kind.has_circle() { "yes" } else { "no" });
    let note = Field::new(
        NOTE,
        msg!("given-note-question", name = name, max = Note::LONGEST, public = public),
        move |typed| {
            if settings.reading.is_no_note(typed) {
                return Ok(String::new());
            }
            Note::read(typed).map(|note| note.as_str().to_owned()).map_err(unfit)
        },
    )
    .in_any_words();
    Form::new(vec![sum.offer(msg!("given-all", sum = owed), all), note.offer(msg!("given-no-note"), "")])
}
