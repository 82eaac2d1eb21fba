//! A member's own status: Green, Orange, Red; set, changed and ended here.

mod ask;
mod change;
mod end;
mod overview;

pub use ask::{AskEmergency, AskMonthly};
pub use change::{ChangeDate, ChangeSum};
pub use end::EndCollection;
pub use overview::StatusScreen;

use chrono::{Days, NaiveDate};

use super::sentences::sum_field;
use super::world::Here;
use crate::domain::collection::{DAYS, days_to_month_end};
use crate::domain::day::{self, NoDay};
use exodus_engine::conversation::Field;
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// The question for the last day of an emergency, by the name `date`: in a week, in two, at the end of this month, or
/// whatever day people name.
fn date_field(cx: &Here<'_>, today: NaiveDate, question: Msg) -> Field<'static> {
    let settings = cx.world.settings.clone();
    let order = settings.reading.order(&cx.lang);
    let in_days = move |days: u32| today + Days::new(days.into());
    let longest = *DAYS.end();
    let example = Msg::day_month(in_days(14));
    let explained = question.with("example", example.clone());
    let field = Field::new("date", explained, move |typed| {
        day::read(&settings.reading.days, typed, today, longest.into(), order).map(|day| day.to_string()).map_err(
            |why| match why {
                NoDay::NotADay => msg!("day-not-understood", example = example.clone()),
                NoDay::NoSuchDay => msg!("day-none", example = example.clone()),
                NoDay::Past => msg!("day-past", example = example.clone()),
                NoDay::TooLate => msg!("day-too-late", last = Msg::day_month(in_days(longest))),
            },
        )
    });
    let settings = cx.world.settings.clone();
    let field = field.claiming(move |typed| settings.reading.is_meant_for_day(typed, (today, longest), order));
    let field =
        [7u32, 14].into_iter().fold(field, |field, days| field.offer(msg!("days", count = days), days.to_string()));
    match days_to_month_end(today) {
        Some(days) => field.offer(msg!("days-to-month-end", count = days), days.to_string()),
        None => field,
    }
}

/// The last day of an emergency as a draft keeps it, and how many days it is from today.
fn drafted_date(cx: &Here<'_>, today: NaiveDate) -> Option<(NaiveDate, u32)> {
    let date: NaiveDate = cx.answer("date")?.parse().ok()?;
    // On another day than it was typed, it may have passed; then the rule says so.
    Some((date, u32::try_from((date - today).num_days()).unwrap_or(0)))
}
