//! An outbox that is filled at once: whoever takes a notice in hand looks at little more than that, however many wait.

use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use exodus::domain::MemberId;
use exodus::store::outbox::{self, TELLS, TO_ALL, Urgency, Wanted};
use exodus_engine::conversation::{Chance, OsChance};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};

use crate::community::noon;
use crate::planning::{Seen, WAITING, however_it_is_planned, look, looking, run};

static NUMBERS: AtomicI64 = AtomicI64::new(1);

/// For whom the rows are.
#[derive(Clone, Copy, Debug)]
enum For {
    Everybody,
    /// A hundred members, in turn.
    AFew,
}

#[tokio::test]
async fn a_worker_looks_at_no_more_than_it_takes() {
    for whom in [For::Everybody, For::AFew] {
        however_it_is_planned(async |db, seen| {
            fill(db, seen, whom).await?;
            work(db).await
        })
        .await;
    }
}

/// The outbox as it is a moment after very many were told something, with a program that has been running for a while.
async fn fill(db: &DatabaseConnection, seen: Seen, whom: For) -> Result<(), DbErr> {
    let people = "INSERT INTO person (id, lang, created_at) SELECT i, 'en', $2 FROM generate_series(1, $1) AS i";
    run(db, people, [WAITING.into(), noon(1).into()]).await?;
    run(
        db,
        "INSERT INTO member (id, name, look, created_at)
         SELECT id, 'Member ' || id, 'member ' || id, created_at FROM person",
        [],
    )
    .await?;
    let accounts = "INSERT INTO account (person_id, messenger, address, created_at)
                    SELECT id, 'terminal', CAST(id AS TEXT), created_at FROM member";
    run(db, accounts, []).await?;
    db.execute_unprepared("ANALYZE person; ANALYZE member; ANALYZE account").await?;
    match seen {
        Seen::Never | Seen::Full => {}
        Seen::Empty => look(db, "outbox").await?,
        Seen::Small | Seen::Done => {
            push(db, whom, if let Seen::Small = seen { 30 } else { WAITING }).await?;
            run(db, "UPDATE outbox SET sent_at = $1", [noon(1).into()]).await?;
            look(db, "outbox").await?;
        }
    }
    // A plan is kept when a statement was run a few times.
    for _ in 0..8 {
        push(db, whom, 1).await?;
        work(db).await?;
    }
    push(db, whom, WAITING).await?;
    if let Seen::Full = seen {
        look(db, "outbox").await?;
    }
    Ok(())
}

/// Half of them of the moment, half to all.
async fn push(db: &DatabaseConnection, whom: For, waiting: i64) -> Result<(), DbErr> {
    let members = match whom {
        For::Everybody => WAITING,
        For::AFew => 100,
    };
    let row = |number: i64| outbox::New {
        recipient: MemberId::new(number % members + 1),
        kind: "notice-withdrawn".into(),
        facts: "{}".into(),
        about: None,
        record: None,
        priority: if number * 2 < waiting { TELLS } else { TO_ALL },
        by_day: false,
        due_at: noon(1),
        word: OsChance.word().expect("a word"),
        // Counted: of so many that are drawn, two would be alike now and then.
        number: NUMBERS.fetch_add(1, Ordering::Relaxed),
    };
    outbox::push_many(db, (0..waiting).map(row), noon(1)).await
}

/// As many as a release knows.
const KINDS: [&str; 3] = ["notice-withdrawn", "notice-daily", "notice-month"];

/// All that a worker does, one after another, each with an eye on how many rows the server looks at for it.
async fn work(db: &DatabaseConnection) -> Result<(), DbErr> {
    let (now, lease) = (noon(2), noon(2) + TimeDelta::minutes(1));
    let held: Vec<MemberId> = (50..66).map(MemberId::new).collect();
    for urgency in [Urgency::Asks, Urgency::Tells, Urgency::ToAll] {
        for not_to in [&[][..], &held] {
            let wanted = Wanted { messenger: "terminal", urgency, limit: 4, kinds: &KINDS, not_to };
            let claimed = looking(db, "claim", async |db| outbox::claim(db, wanted, now, lease).await).await?;
            let Some(row) = claimed.first() else { continue };
            looking(db, "put_off", async |db| outbox::put_off(db, row.id, now).await).await?;
            looking(db, "plan", async |db| outbox::plan(db, row.id, now).await).await?;
            looking(db, "later", async |db| outbox::later(db, row.id, now).await).await?;
            looking(db, "sent", async |db| outbox::sent(db, row.id, None, now).await).await?;
            let Some(row) = claimed.get(1) else { continue };
            looking(db, "failed", async |db| outbox::failed(db, row.id, "blocked", now).await).await?;
        }
    }
    looking(db, "expire", async |db| outbox::expire(db, now).await).await?;
    looking(db, "set_missing_ways", async |db| outbox::set_missing_ways(db).await).await?;
    let who = MemberId::new(77);
    looking(db, "set_way", async |db| outbox::set_way(db, who).await).await?;
    looking(db, "look_again", async |db| outbox::look_again(db, who, now).await).await?;
    looking(db, "bring_forward", async |db| outbox::bring_forward(db, now).await).await?;
    looking(db, "find_by_word", async |db| outbox::find_by_word(db, "B3XT6VPA").await).await?;
    looking(db, "find_by_number", async |db| outbox::find_by_number(db, who, 412).await).await?;
    let numbers = HashSet::from([(who, 412), (MemberId::new(78), 412)]);
    looking(db, "numbers_taken", async |db| outbox::numbers_taken(db, &numbers).await).await?;
    looking(db, "find_by_message", async |db| outbox::find_by_message(db, who, "412").await).await?;
    looking(db, "unanswered", async |db| outbox::unanswered(db, who, 9).await).await?;
    forget(db, now).await
}

async fn forget(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<(), DbErr> {
    let long_ago = now - TimeDelta::days(99);
    looking(db, "forget_told_before", async |db| outbox::forget_told_before(db, long_ago, 9).await).await?;
    looking(db, "forget_asked_before", async |db| outbox::forget_asked_before(db, long_ago, 9).await).await?;
    looking(db, "forget_given_up_before", async |db| outbox::forget_given_up_before(db, long_ago, 9).await).await?;
    Ok(())
}
