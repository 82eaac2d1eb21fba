//! The database schema, step by step and forward only: a step that has been released is never edited,
//! the next change is a new file at the end of the list.
//!
//! One file holds one topic. The SQL stays within what SQLite, PostgreSQL and the distributed databases that
//! speak PostgreSQL all run: no triggers, no advisory locks. Each step is one transaction on both databases, so a
//! start that is cut in the middle leaves nothing half made.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m0001_members;
mod m0002_help;
mod m0003_invites;
mod m0004_journal;
mod m0005_outbox;
mod m0006_conversation;
mod m0007_matrix;
mod m0008_shown;
mod m0010_schedule;
mod m0011_notification_settings;
mod m0012_lease;
mod m0013_outbox_ways;
mod m0014_journal_alone;
mod m0015_pause_set;
mod m0016_clean_up;
mod m0017_outbox_paths;
mod m0018_schedule_by_name;
mod m0023_telegram_bot;
mod m0024_outbox_refused;
mod m0025_matrix_order;
mod m0026_double_tap;
mod m0027_telling;
mod m0028_page_word;
mod m0029_notice_word;
mod m0030_told_apart;
mod m0031_session_by_change;
mod m0033_commitment_paths;
mod m0034_invite_inviter;
mod m0036_said;
mod m0040_acquaintance;
mod m0041_member_place;
mod m0042_records;
mod m0043_unanswered;

/// All steps, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_members::Migration),
            Box::new(m0002_help::Migration),
            Box::new(m0003_invites::Migration),
            Box::new(m0004_journal::Migration),
            Box::new(m0005_outbox::Migration),
            Box::new(m0006_conversation::Migration),
            Box::new(m0007_matrix::Migration),
            Box::new(m0008_shown::Migration),
            Box::new(m0010_schedule::Migration),
            Box::new(m0011_notification_settings::Migration),
            Box::new(m0012_lease::Migration),
            Box::new(m0013_outbox_ways::Migration),
            Box::new(m0014_journal_alone::Migration),
            Box::new(m0015_pause_set::Migration),
            Box::new(m0016_clean_up::Migration),
            Box::new(m0017_outbox_paths::Migration),
            Box::new(m0018_schedule_by_name::Migration),
            Box::new(m0023_telegram_bot::Migration),
            Box::new(m0024_outbox_refused::Migration),
            Box::new(m0025_matrix_order::Migration),
            Box::new(m0026_double_tap::Migration),
            Box::new(m0027_telling::Migration),
            Box::new(m0028_page_word::Migration),
            Box::new(m0029_notice_word::Migration),
            Box::new(m0030_told_apart::Migration),
            Box::new(m0031_session_by_change::Migration),
            Box::new(m0033_commitment_paths::Migration),
            Box::new(m0034_invite_inviter::Migration),
            Box::new(m0036_said::Migration),
            Box::new(m0040_acquaintance::Migration),
            Box::new(m0041_member_place::Migration),
            Box::new(m0042_records::Migration),
            Box::new(m0043_unanswered::Migration),
        ]
    }
}

/// A foreign key from `column` to the `id` of `table`. Rows that others point at are never deleted.
fn refers(column: &'static str, table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col(column).to(table, "id").to_owned()
}
