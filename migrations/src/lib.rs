//! The tables of mutual aid, step by step and forward only: a step that has been released is never edited,
//! the next change is a new file at the end of the list. They come after those that every bot has, which the store brings
//! itself: a member is a person.
//!
//! One file holds one topic. The SQL stays within what SQLite, PostgreSQL and the distributed databases that
//! speak PostgreSQL all run: no triggers, no advisory locks. Each step is one transaction on both databases, so a
//! start that is cut in the middle leaves nothing half made.

mod m0001_members;
mod m0002_help;
mod m0003_invites;
mod m0004_journal;
mod m0005_notifications;
mod m0006_telling;
mod m0007_payment_details;
mod m0008_pairs;
mod m0009_announcements;
mod m0010_clearing;
mod m0011_guarantees;
mod m0012_pools;
mod m0013_initiatives;
mod m0014_chains;
mod m0015_programs;

use sea_orm_migration::prelude::*;

/// All steps, oldest first.
pub fn steps() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_members::Migration),
        Box::new(m0002_help::Migration),
        Box::new(m0003_invites::Migration),
        Box::new(m0004_journal::Migration),
        Box::new(m0005_notifications::Migration),
        Box::new(m0006_telling::Migration),
        Box::new(m0007_payment_details::Migration),
        Box::new(m0008_pairs::Migration),
        Box::new(m0009_announcements::Migration),
        Box::new(m0010_clearing::Migration),
        Box::new(m0011_guarantees::Migration),
        Box::new(m0012_pools::Migration),
        Box::new(m0013_initiatives::Migration),
        Box::new(m0014_chains::Migration),
        Box::new(m0015_programs::Migration),
    ]
}

/// A foreign key from `column` to the `id` of `table`. Rows that others point at are never deleted.
fn refers(column: &'static str, table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col(column).to(table, "id").to_owned()
}

/// Runs these statements, one after another.
async fn all(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for sql in statements {
        manager.get_connection().execute_unprepared(sql).await?;
    }
    Ok(())
}
