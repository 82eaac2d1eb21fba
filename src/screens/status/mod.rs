//! A member's own status: Green, Orange, Red; set, changed and ended here.

mod ask;
mod change;
mod end;
mod overview;

pub use ask::{AskEmergency, AskMonthly};
pub use change::{ChangeDate, ChangeSum};
pub use end::EndCollection;
pub use overview::StatusScreen;

use chrono::NaiveDate;

pub(super) use super::sentences::sum_field;
use crate::conversation::Field;
use crate::domain::collection::{DAYS, days_to_month_end};
use crate::locale::Msg;
use crate::msg;

/// The question for the days of an emergency, by the name `days`: a week, two, or to the end of this month.
fn days_field(today: NaiveDate, question: Msg) -> Field<'static> {
    let field = Field::new("days", question, |typed| match typed.trim().parse::<u32>() {
        Ok(days) if DAYS.contains(&days) => Ok(days.to_string()),
        _ => Err(msg!("refused-days")),
    });
    let field =
        [7u32, 14].into_iter().fold(field, |field, days| field.offer(msg!("days", count = days), days.to_string()));
    match days_to_month_end(today) {
        Some(days) => field.offer(msg!("days-to-month-end", count = days), days.to_string()),
        None => field,
    }
}
