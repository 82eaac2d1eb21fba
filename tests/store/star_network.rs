//! The network of a member with thousands of supporters, and of those who stand beside it: what is looked at follows from
//! what there is to show, and never from what there is in the community.

use exodus::domain::{MemberId, Relation};
use exodus::store::namesake::{self, Read};
use exodus::store::network::{self, Count, Now, Whom};
use exodus::store::{Slice, sight, tie};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, Value};

use crate::community::{lately, month_began, noon, november};
use crate::effort::Effort;
use crate::planning::{Seen, look, when_it_has_seen};
use crate::support::database::on_each;

/// The member whom so many others help.
const STAR: MemberId = MemberId::new(1);
/// How many ties are followed in a step that leads further.
const FOLLOWED: i64 = 1_000;
/// One of those who help the star.
const HELPER: MemberId = MemberId::new(77);
/// Somebody whom five help, each of whom five help: in a part of the community that has no tie with the star's.
const PLAIN: MemberId = MemberId::new(10_001);
/// A member who helps as many as help the star, and one of these.
const GIVER: MemberId = MemberId::new(20_001);
const HELPED: MemberId = MemberId::new(20_077);
/// Somebody whom nobody knows.
const STRANGER: MemberId = MemberId::new(30_000);

#[tokio::test]
async fn what_is_looked_at_follows_from_what_there_is_to_show() {
    on_each(async |db, _| {
        fill(&db, Seen::Full, FOLLOWED + 100).await.unwrap();
        look_around(&db, FOLLOWED + 100, 1).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn and_it_does_so_whether_the_server_has_looked_or_not() {
    when_it_has_seen(&[Seen::Never, Seen::Full], async |db, seen| {
        // Fewer are as good: what would read all of a table reads more than it may.
        fill(db, seen, 1_200).await?;
        // As often as a server takes to decide whether it keeps a plan.
        look_around(db, 1_200, 6).await
    })
    .await;
}

/// Everybody who is helped asks for monthly help, and the stranger does: so all of them can be seen from afar.
async fn fill(db: &DatabaseConnection, seen: Seen, many: i64) -> Result<(), DbErr> {
    let on_postgres = db.get_database_backend() == DbBackend::Postgres;
    let tables = ["collection", "commitment", "acquaintance"];
    let look_at = async |these: &[&str]| -> Result<(), DbErr> {
        for table in these {
            if on_postgres {
                look(db, table).await?;
            }
        }
        Ok(())
    };
    for (first, last) in [(STAR, 2 + many), (PLAIN, 10_002 + many), (GIVER, 20_002 + many), (STRANGER, 30_000)] {
        let people = "INSERT INTO person (id, lang, created_at) SELECT $2 + i, 'en', $3 FROM n";
        let first = first.number() - 1;
        numbered(db, people, last - first, [first.into(), noon(1).into()]).await?;
    }
    // Several have one name.
    let members = "INSERT INTO member (id, name, look, created_at)
                   SELECT id, 'Member ' || id % 5000, 'member ' || id % 5000, created_at FROM person";
    run(db, members, []).await?;
    look_at(&["person", "member"]).await?;
    let ask = "INSERT INTO collection (id, owner_id, kind, target, opened_at)
               SELECT id, id, 'monthly', 50000 + id, created_at FROM member WHERE id = 1 OR id > 10000";
    run(db, ask, []).await?;
    help(db, many).await?;
    if let Seen::Full = seen {
        look_at(&tables).await?;
    }
    Ok(())
}

async fn help(db: &DatabaseConnection, many: i64) -> Result<(), DbErr> {
    let to_star = "INSERT INTO commitment
                       (collection_id, supporter_id, receiver_id, sum, state, month, declared_at, settled_at)
                   SELECT 1, i + 1, 1, 100,
                       CASE i % 3 WHEN 0 THEN 'intention' WHEN 1 THEN 'obligation' ELSE 'fulfilled' END,
                       202611, $2, CASE i % 3 WHEN 2 THEN $2 END
                   FROM n";
    let in_fives = "INSERT INTO commitment (collection_id, supporter_id, receiver_id, sum, state, month, declared_at)
                    SELECT 10001 + (i - 1) / 5, 10001 + i, 10001 + (i - 1) / 5, 100, 'intention', 202611, $2 FROM n";
    let by_giver = "INSERT INTO commitment (collection_id, supporter_id, receiver_id, sum, state, month, declared_at)
                    SELECT 20001 + i, 20001, 20001 + i, 100, 'intention', 202611, $2 FROM n";
    for sql in [to_star, in_fives, by_giver] {
        numbered(db, sql, many, [noon(2).into()]).await?;
    }
    let know = "INSERT INTO acquaintance (member_id, other_id, since)
                SELECT supporter_id, receiver_id, declared_at FROM commitment
                UNION ALL SELECT receiver_id, supporter_id, declared_at FROM commitment";
    run(db, know, []).await
}

async fn look_around(db: &DatabaseConnection, many: i64, times: usize) -> Result<(), DbErr> {
    let effort = Effort::of(db).await;
    look_from_aside(db, &effort, times).await?;
    look_from_the_star(db, &effort, many).await
}

/// What looks at no more than a member with five supporters has.
async fn look_from_aside(db: &DatabaseConnection, effort: &Effort, times: usize) -> Result<(), DbErr> {
    let named = [STAR, PLAIN, GIVER].map(|named| Read { reader: PLAIN, named, look: "member 1".to_owned() });
    for _ in 0..times {
        let asked = async |db: &_| namesake::doubles(db, &named, lately()).await;
        effort.within(10_000, db, "whom one of many may take for another", asked).await?;
    }
    let relations = Relation::ALL.map(Whom::Who);
    for whom in [Whom::Near, Whom::Network, Whom::Beyond].into_iter().chain(relations) {
        let what = format!("{whom:?} of one of many");
        for _ in 0..times {
            let asked = async |db: &_| network::list(db, PLAIN, whom, whom == Whom::Beyond, now(), PAGE).await;
            effort.within(2_000, db, &what, asked).await?;
        }
    }
    for _ in 0..times {
        let counted = async |db: &_| network::counts(db, PLAIN, relations, lately()).await;
        effort.within(1_000, db, "the counts of one of many", counted).await?;
    }
    for (viewer, whose, sees) in [
        (PLAIN, MemberId::new(10_002), true),
        (PLAIN, MemberId::new(10_008), true),
        (PLAIN, MemberId::new(10_040), true),
        (PLAIN, STAR, false),
        (STAR, PLAIN, false),
        (PLAIN, STRANGER, false),
        (HELPER, STAR, true),
        (STAR, HELPER, true),
        (HELPER, MemberId::new(78), true),
        (HELPER, STRANGER, false),
        (STAR, STRANGER, false),
        (STRANGER, STAR, false),
        (HELPED, GIVER, true),
        (GIVER, HELPED, true),
        (HELPED, MemberId::new(20_078), true),
        (HELPER, HELPED, false),
        (HELPED, HELPER, false),
    ] {
        let what = format!("whether {whose} is seen by {viewer}");
        let asked = async |db: &_| sight::may_see(db, viewer, whose, lately()).await;
        // Whom either knows is counted as far as it matters; nothing else is looked at that is not little.
        assert_eq!(effort.within(1_500, db, &what, asked).await?, sees, "{what}");
    }
    Ok(())
}

/// What looks at each of the thousands a few times, and at nobody else.
async fn look_from_the_star(db: &DatabaseConnection, effort: &Effort, many: i64) -> Result<(), DbErr> {
    let relations = Relation::ALL.map(Whom::Who);
    for (whom, only_in_need) in [(Whom::Near, false), (Whom::Near, true), (Whom::Network, false)] {
        let what = format!("{whom:?} of the star");
        let asked = async |db: &_| network::list(db, STAR, whom, only_in_need, now(), PAGE).await;
        let found = if only_in_need { 0 } else { many };
        assert_eq!(effort.within(8 * many, db, &what, asked).await?.count.found, found.unsigned_abs(), "{what}");
    }
    let asked = async |db: &_| network::counts(db, STAR, relations, lately()).await;
    let counted = effort.within(8 * many, db, "the counts of the star", asked).await?;
    assert_eq!(counted.map(|count| count.found), [many.unsigned_abs(), 0, 0, 0, 0, 0]);
    assert_eq!(counted[3], Count { found: 0, at_least: false });
    assert_eq!(tie::count_near(db, STAR).await?, many.unsigned_abs());

    // Of what lies behind the star, as many ties are followed as are followed of anybody.
    let asked = async |db: &_| network::list(db, HELPER, Whom::Network, false, now(), PAGE).await;
    let beside = effort.within(8 * many, db, "the network beside the star", asked).await?;
    let (followed, is_cut) = (many.min(FOLLOWED).unsigned_abs(), many > FOLLOWED);
    let close = |count: Count| count.found.abs_diff(followed) <= 1 && count.at_least == is_cut;
    assert!(close(beside.count), "{:?}", beside.count);
    let asked = async |db: &_| network::counts(db, HELPER, relations, lately()).await;
    let counted = effort.within(8 * many, db, "the counts beside the star", asked).await?;
    assert!(close(counted[3]), "{counted:?}");
    assert!(counted.iter().enumerate().all(|(place, count)| place == 3 || !count.at_least), "{counted:?}");

    // All that the star has is added up once.
    let asked = async |db: &_| network::helped_by(db, HELPER, STAR, now(), PAGE).await;
    effort.within(2 * many, db, "whom a helper of the star helps", asked).await?;
    let asked = async |db: &_| network::helped_by(db, GIVER, HELPED, now(), PAGE).await;
    let helped = effort.within(12 * many, db, "whom the giver helps", asked).await?;
    assert_eq!(helped.count, Count { found: many.unsigned_abs(), at_least: false });

    // Where both ends, or one and the middle, are such members, what one of them has is looked at: each of these by every
    // index that may lead on, and by every way in which that may end. A question for each pair would be a thousand times that.
    for (viewer, whose) in
        [(STAR, GIVER), (GIVER, STAR), (HELPED, STAR), (STAR, HELPED), (HELPER, GIVER), (GIVER, HELPER)]
    {
        let asked = async |db: &_| sight::may_see(db, viewer, whose, lately()).await;
        let what = format!("whether {whose} is seen by {viewer}, beside the star and the giver");
        assert!(!effort.within(24 * many, db, &what, asked).await?, "{what}");
    }
    Ok(())
}

const PAGE: Slice = Slice { skip: 8, take: 8 };

fn now() -> Now {
    Now { lately: lately(), month: november(), month_began: month_began() }
}

/// Runs it with the numbers from 1 to `up_to` in the table `n`; they are `$1`.
pub async fn numbered<const N: usize>(
    db: &DatabaseConnection,
    sql: &str,
    up_to: i64,
    values: [Value; N],
) -> Result<(), DbErr> {
    let count = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1) SELECT";
    let sql = sql.replacen("SELECT", count, 1);
    let values = [Value::from(up_to)].into_iter().chain(values);
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.map(drop)
}

pub async fn run<const N: usize>(db: &DatabaseConnection, sql: &str, values: [Value; N]) -> Result<(), DbErr> {
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.map(drop)
}
