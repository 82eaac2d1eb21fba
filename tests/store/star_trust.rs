//! The trust list of a member with thousands of guarantees of their own, and of those who stand beside them: what is looked at
//! follows from what they hold, and each of it is looked up once.

use exodus::domain::{MemberId, TrustRing};
use exodus::store::network::{self, Now, Whom};
use exodus::store::{Slice, trust_list};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, Statement};

use crate::community::{lately, month_began, november};
use crate::effort::Effort;
use crate::planning::{Seen, look, when_it_has_seen};
use crate::support::database::on_each;

/// Who holds a guarantee with so many others.
const STAR: MemberId = MemberId::new(1);
/// One of these.
const BESIDE: MemberId = MemberId::new(77);
/// How far behind a member of a ring stands whom they hold one with in the next.
const RING: i64 = 10_000;

#[tokio::test]
async fn what_is_looked_at_follows_from_what_they_hold() {
    on_each(async |db, _| {
        fill(&db, Seen::Full, 3_000).await.unwrap();
        look_around(&db, 3_000, 1).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn and_it_does_so_whether_the_server_has_looked_or_not() {
    when_it_has_seen(&[Seen::Never, Seen::Full], async |db, seen| {
        fill(db, seen, 1_200).await?;
        // As often as a server takes to decide whether it keeps a plan.
        look_around(db, 1_200, 6).await
    })
    .await;
}

/// The star holds one with each of so many, each of these with another, and each of those with one more: a list of three rings.
async fn fill(db: &DatabaseConnection, seen: Seen, many: i64) -> Result<(), DbErr> {
    let count =
        format!("WITH RECURSIVE n (i) AS (SELECT CAST(2 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i <= {many})");
    let at = "TIMESTAMPTZ '2026-11-01 12:00:00+00:00'";
    let at = if db.get_database_backend() == DbBackend::Postgres { at } else { "'2026-11-01 12:00:00+00:00'" };
    let everybody = format!(
        "SELECT 1 AS id UNION ALL SELECT i FROM n UNION ALL SELECT i + {RING} FROM n UNION ALL SELECT i + 2 * {RING} FROM n"
    );
    run(
        db,
        &format!(
            "INSERT INTO person (id, lang, created_at) {count} SELECT id, 'en', {at} FROM ({everybody}) all_of_them"
        ),
    )
    .await?;
    run(db, "INSERT INTO member (id, name, look, created_at) SELECT id, 'Member ' || id, 'member ' || id, created_at FROM person")
        .await?;
    let pairs = format!(
        "SELECT 1 AS one, i AS other FROM n UNION ALL SELECT i, i + {RING} FROM n
         UNION ALL SELECT i + {RING}, i + 2 * {RING} FROM n"
    );
    for sides in ["one, other", "other, one"] {
        run(
            db,
            &format!(
                "INSERT INTO guarantee (member_id, other_id, since) {count} SELECT {sides}, {at} FROM ({pairs}) pairs"
            ),
        )
        .await?;
    }
    run(db, &format!("INSERT INTO trust_list (members) VALUES ({})", 3 * many + 1)).await?;
    run(
        db,
        "INSERT INTO trust_list_member (member_id, list_id) SELECT m.id, l.id FROM member m CROSS JOIN trust_list l",
    )
    .await?;
    if db.get_database_backend() == DbBackend::Postgres && matches!(seen, Seen::Full) {
        for table in ["person", "member", "guarantee", "trust_list", "trust_list_member"] {
            look(db, table).await?;
        }
    }
    Ok(())
}

async fn look_around(db: &DatabaseConnection, many: i64, times: usize) -> Result<(), DbErr> {
    let effort = Effort::of(db).await;
    for _ in 0..times {
        let counted = async |db: &_| trust_list::of_member(db, STAR).await;
        let list = effort.within(6 * many, db, "the rings of the star", counted).await?.expect("a list");
        assert_eq!((list.mine, list.theirs), (many.unsigned_abs(), many.unsigned_abs()));
        let counted = async |db: &_| trust_list::of_member(db, BESIDE).await;
        let list = effort.within(2 * many, db, "the rings beside the star", counted).await?.expect("a list");
        assert_eq!((list.mine, list.theirs), (2, many.unsigned_abs()));
        for (who, what) in [(STAR, "of the star"), (BESIDE, "beside the star")] {
            for ring in [TrustRing::Mine, TrustRing::Theirs, TrustRing::Further] {
                let what = format!("{ring:?} {what}");
                let asked = async |db: &DatabaseTransaction| {
                    let before = entries_read(db).await?;
                    let listed = network::list(db, who, Whom::Trusted(ring), false, now(), PAGE).await?;
                    let entries = entries_read(db).await? - before;
                    assert!(entries <= 12 * many, "{what} read {entries} entries of indexes");
                    Ok(listed)
                };
                effort.within(4 * many, db, &what, asked).await?;
            }
        }
    }
    Ok(())
}

/// How many entries of indexes PostgreSQL has read up to now, and not told yet: also those for which it did not look at a row.
async fn entries_read(db: &DatabaseTransaction) -> Result<i64, DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(0);
    }
    let sql = "SELECT CAST(COALESCE(SUM(pg_stat_get_xact_tuples_returned(indexrelid)), 0) AS BIGINT)
               FROM pg_stat_user_indexes";
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    row.map_or(Ok(0), |row| row.try_get_by_index(0))
}

const PAGE: Slice = Slice { skip: 8, take: 8 };

fn now() -> Now {
    Now { lately: lately(), month: november(), month_began: month_began() }
}

async fn run(db: &DatabaseConnection, sql: &str) -> Result<(), DbErr> {
    db.execute_raw(Statement::from_string(db.get_database_backend(), sql)).await.map(drop)
}
