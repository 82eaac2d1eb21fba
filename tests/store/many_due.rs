//! A calendar that is filled at once: whoever does what is due looks at little more than the first of it.

use std::ops::Range;

use chrono::TimeDelta;
use exodus::store::schedule::{self, PassedOver};
use exodus_engine::id::Id;
use sea_orm::{DatabaseConnection, DbErr};

use crate::community::noon;
use crate::planning::{Seen, WAITING, however_it_is_planned, look, looking, run};

#[tokio::test]
async fn the_calendar_looks_at_no_more_than_it_does() {
    however_it_is_planned(async |db, seen| {
        fill(db, seen).await?;
        do_what_is_due(db).await
    })
    .await;
}

/// The calendar a moment after very many daily messages were planned for the same morning.
async fn fill(db: &DatabaseConnection, seen: Seen) -> Result<(), DbErr> {
    match seen {
        Seen::Never | Seen::Full => {}
        Seen::Empty => look(db, "schedule").await?,
        Seen::Small | Seen::Done => {
            plan(db, 1..if let Seen::Small = seen { 30 } else { WAITING }).await?;
            run(db, "UPDATE schedule SET done_at = $1", [noon(1).into()]).await?;
            look(db, "schedule").await?;
        }
    }
    for about in 0..8 {
        plan(db, -about..1 - about).await?;
        do_what_is_due(db).await?;
    }
    plan(db, WAITING..2 * WAITING).await?;
    if let Seen::Full = seen {
        look(db, "schedule").await?;
    }
    Ok(())
}

async fn plan(db: &DatabaseConnection, about: Range<i64>) -> Result<(), DbErr> {
    let rows = about.map(|about| schedule::New { name: "daily-message", about, due_at: noon(2) });
    schedule::plan(db, rows, noon(1)).await
}

/// All that the calendar does with what is due, twice.
async fn do_what_is_due(db: &DatabaseConnection) -> Result<(), DbErr> {
    let (now, names, but) = (
        noon(3),
        ["month-close", "daily-message"],
        PassedOver { rows: vec![Id::new(412)], held: vec![("month-close", noon(9))] },
    );
    for _ in 0..2 {
        looking(db, "next_due", async |db| schedule::next_due(db, &names).await).await?;
        let first = looking(db, "first_due", async |db| schedule::first_due(db, &names, &but, now).await).await?;
        let Some(first) = first.map(|due| due.id) else { return Ok(()) };
        looking(db, "take", async |db| schedule::take(db, first).await).await?;
        looking(db, "go_on", async |db| schedule::go_on(db, first, "7").await).await?;
        looking(db, "move_to", async |db| schedule::move_to(db, first, noon(1)).await).await?;
        assert!(looking(db, "done", async |db| schedule::done(db, first, now).await).await?);
    }
    let long_ago = now - TimeDelta::days(99);
    looking(db, "forget_before", async |db| schedule::forget_before(db, long_ago, 9).await).await?;
    Ok(())
}
