//! Very many chats: what is asked of them at each start, and whenever a process ends, looks at those that it is about.

use chrono::TimeDelta;
use exodus::store::session;
use sea_orm::{DatabaseConnection, DbErr};

use crate::community::noon;
use crate::planning::{WAITING, however_it_is_planned, looking, run};

#[tokio::test]
async fn the_pages_that_may_have_got_lost_are_found_without_reading_all_chats() {
    however_it_is_planned(async |db, _| {
        fill(db).await?;
        let today = (noon(20) - TimeDelta::days(1), noon(20));
        let unshown = looking(db, "unshown", async |db| session::unshown(db, "terminal", today, 20).await).await?;
        assert_eq!(unshown.len(), 5);
        let gone = looking(db, "forget_strangers_before", async |db| {
            session::forget_strangers_before(db, noon(1) - TimeDelta::days(30), 500).await
        });
        assert_eq!(gone.await?, 0);
        Ok(())
    })
    .await;
}

/// Many who have not written for a while, and a few who have.
async fn fill(db: &DatabaseConnection) -> Result<(), DbErr> {
    let chats = "INSERT INTO session (messenger, address, rev, shown, changed_at)
                 SELECT 'terminal', CAST($1 AS text) || n, 1, 0, $2 FROM generate_series(1, CAST($3 AS int)) AS n";
    run(db, chats, ["once-".into(), noon(1).into(), i32::try_from(WAITING).unwrap_or_default().into()]).await?;
    run(db, chats, ["now-".into(), noon(20).into(), 5.into()]).await
}
