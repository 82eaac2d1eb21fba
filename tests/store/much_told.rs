//! Somebody who has been told very much: whoever looks for one thing in it looks at little more than that.

use chrono::TimeDelta;
use exodus::domain::{About, CommitmentId, MemberId};
use exodus::store::outbox::{self, TELLS};
use sea_orm::{DatabaseConnection, DbErr};

use crate::community::{member, noon};
use crate::planning::{Seen, WAITING, however_it_is_planned, look, looking, run};

/// Whom all of it was told.
const STAR: MemberId = MemberId::new(1);

#[tokio::test]
async fn what_somebody_answers_is_found_among_all_that_they_were_told() {
    however_it_is_planned(async |db, seen| {
        fill(db, seen).await?;
        find(db).await
    })
    .await;
}

async fn fill(db: &DatabaseConnection, seen: Seen) -> Result<(), DbErr> {
    assert_eq!(member(db, "Star").await, STAR);
    match seen {
        Seen::Never | Seen::Full => {}
        Seen::Empty => look(db, "outbox").await?,
        Seen::Small | Seen::Done => {
            tell(db, 0, if let Seen::Small = seen { 30 } else { WAITING }).await?;
            look(db, "outbox").await?;
        }
    }
    // A plan is kept when a statement was run a few times.
    for _ in 0..8 {
        find(db).await?;
    }
    tell(db, WAITING, WAITING).await?;
    if let Seen::Full = seen {
        look(db, "outbox").await?;
    }
    Ok(())
}

/// One notice about each commitment; half of them were answered.
async fn tell(db: &DatabaseConnection, before: i64, count: i64) -> Result<(), DbErr> {
    let row = |number: i64| outbox::New {
        recipient: STAR,
        kind: "notice-claimed".into(),
        facts: "{}".into(),
        about: Some(About::Commitment(CommitmentId::new(number)).to_string()),
        record: None,
        priority: TELLS,
        by_day: false,
        due_at: noon(1),
        word: number.to_string(),
        number,
    };
    outbox::push_many(db, (before + 1..=before + count).map(row), noon(1)).await?;
    let sent = "UPDATE outbox SET sent_at = $1, answered_at = CASE number % 2 WHEN 0 THEN $1 END WHERE number > $2";
    run(db, sent, [(noon(1) + TimeDelta::hours(1)).into(), before.into()]).await
}

async fn find(db: &DatabaseConnection) -> Result<(), DbErr> {
    looking(db, "answered_last", async |db| outbox::answered_last(db, STAR).await).await?;
    Ok(())
}
