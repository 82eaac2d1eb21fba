use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};

use super::Chance;
use crate::store::schedule;

/// The frame of whatever is done: of a turn, and of a step of the calendar. All of it is in the database when the
/// transaction is committed, or nothing.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The open transaction, in which everything is read and written.
    pub tx: &'a DatabaseTransaction,
    /// The time at which all of it happens.
    pub now: DateTime<Utc>,
    /// Where words and numbers come from.
    pub chance: &'a dyn Chance,
}

impl Moment<'_> {
    /// Notes what is to be done by and by: see `delivery::Calendar`. What was noted for the same time before, done or not,
    /// stays as it is.
    ///
    /// # Errors
    /// The database's own.
    pub async fn plan(&self, what: impl IntoIterator<Item = schedule::New>) -> Result<(), DbErr> {
        schedule::plan(self.tx, what, self.now).await
    }
}
