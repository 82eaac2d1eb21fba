//! The tables of the store that every bot has, step by step and forward only: a step that has been released is never edited,
//! the next change is a new file at the end of the list.
//!
//! One file holds one topic. The SQL stays within what SQLite, PostgreSQL and the distributed databases that
//! speak PostgreSQL all run: no triggers, no advisory locks. Each step is one transaction on both databases, so a
//! start that is cut in the middle leaves nothing half made.

mod m0001_people;
mod m0002_conversation;
mod m0003_outbox;
mod m0004_calendar;
mod m0005_processes;
mod m0006_matrix;
mod m0007_telegram;
mod m0008_groups;
mod m0009_web;
mod m0010_tabs;
mod m0011_deltachat;

use sea_orm_migration::prelude::*;

/// Which of these steps were done is written here; what was done of a bot's own steps, elsewhere.
pub const TABLE: &str = "engine_migration";

/// All steps, oldest first.
pub fn steps() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m0001_people::Migration),
        Box::new(m0002_conversation::Migration),
        Box::new(m0003_outbox::Migration),
        Box::new(m0004_calendar::Migration),
        Box::new(m0005_processes::Migration),
        Box::new(m0006_matrix::Migration),
        Box::new(m0007_telegram::Migration),
        Box::new(m0008_groups::Migration),
        Box::new(m0009_web::Migration),
        Box::new(m0010_tabs::Migration),
        Box::new(m0011_deltachat::Migration),
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
