//! What the screens of initiatives share: which one it is, where it is, its paragraphs, and the day it lasts to.

use chrono::{Days, NaiveDate};

use crate::aid;
use crate::aid::initiatives::Initiative;
use crate::domain::day::{self, NoDay};
use crate::domain::initiative::DAYS;
use crate::domain::{CollectionId, Refusal};
use crate::screens::sentences::why;
use crate::screens::world::{Here, aid, me};
use exodus_engine::conversation::{Fault, Field, Page, Route};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// Where an initiative is.
pub(super) fn initiative_at(id: CollectionId) -> Route {
    Route::new("initiative").with(id)
}

/// The initiative that the route names, if I may see it.
pub(super) async fn seen(cx: &Here<'_>) -> Result<Initiative, Fault> {
    let id = cx.route.id(0).ok_or(Fault::Lost)?;
    Ok(aid::initiatives::seen(&aid(cx), me(cx)?.id, cx.world.admin.as_ref(), id).await?)
}

/// The same, if it is mine.
pub(super) async fn my_own(cx: &Here<'_>) -> Result<Initiative, Fault> {
    let initiative = seen(cx).await?;
    if initiative.collection.owner == me(cx)?.id { Ok(initiative) } else { Err(Fault::Lost) }
}

/// The same, if it is open as well.
pub(super) async fn mine(cx: &Here<'_>) -> Result<Initiative, Fault> {
    let initiative = my_own(cx).await?;
    if initiative.collection.is_open() { Ok(initiative) } else { Err(Fault::Lost) }
}

/// What is shown of its sum or its date where those can't be changed any more, because it has the votes that it needs.
pub(super) fn view_reached(id: CollectionId) -> Page {
    Page::new(why(Refusal::ReachedAlready)).go(msg!("commitment-to-initiative"), initiative_at(id))
}

/// People's own paragraphs, each a line.
pub(super) fn text(page: Page, words: &str) -> Page {
    page.lines(words.lines().map(|line| msg!("initiative-words", words = line)).collect())
}

/// The question for the last day of an initiative, by the name `date`: in a month, in three, or whatever day people name.
/// One that is to come after another is later than that.
pub(super) fn day_field(cx: &Here<'_>, question: Msg, after: Option<NaiveDate>) -> Field<'static> {
    let (settings, today) = (cx.world.settings.clone(), aid(cx).today());
    let order = settings.reading.order(&cx.lang);
    let longest = *DAYS.end();
    let in_days = move |days: u32| today + Days::new(days.into());
    let example = Msg::day_month(in_days(60));
    let field = Field::new("date", question.with("example", example.clone()), move |typed| {
        let day =
            day::read(&settings.reading.days, typed, today, longest.into(), order).map_err(|fault| match fault {
                NoDay::NotADay => msg!("day-not-understood", example = example.clone()),
                NoDay::NoSuchDay => msg!("day-none", example = example.clone()),
                NoDay::Past => msg!("day-past", example = example.clone()),
                NoDay::TooLate => msg!("initiative-too-late", last = in_days(longest), longest = longest),
            })?;
        match after {
            Some(after) if day <= after => Err(why(Refusal::NotLater)),
            _ => Ok(day.to_string()),
        }
    });
    let settings = cx.world.settings.clone();
    let field = field.claiming(move |typed| settings.reading.is_meant_for_day(typed, (today, longest), order));
    let offered = [30u32, 90].into_iter().filter(|days| after.is_none_or(|after| in_days(*days) > after));
    offered.fold(field, |field, days| field.offer(msg!("days", count = days), days.to_string()))
}

/// That day as a draft keeps it, and how many days it is from today.
pub(super) fn drafted_day(cx: &Here<'_>) -> Option<(NaiveDate, u32)> {
    let date: NaiveDate = cx.answer("date")?.parse().ok()?;
    Some((date, u32::try_from((date - aid(cx).today()).num_days()).ok()?))
}
