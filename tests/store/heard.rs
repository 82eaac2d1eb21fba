//! How many hear of something: the same numbers as if everybody were looked at by name, and the same few statements and rows
//! for a crowd as for a handful.

use std::sync::{Arc, Mutex};

use exodus::aid::{self, Aid, Heard, Rules};
use exodus::domain::{CollectionId, CollectionKind, CommitmentId, MemberId, Money};
use exodus::store;
use exodus_engine::conversation::OsChance;
use exodus_engine::hours::Zone;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};

use crate::community::noon;
use crate::effort::Effort;
use crate::star_network::{numbered, run};
use crate::support::database::on_each;

/// The member whom all others support, with what they ask for and what they propose.
const STAR: MemberId = MemberId::new(1);
const INITIATIVE: CollectionId = CollectionId::new(2);
/// One of those who help.
const HELP: CommitmentId = CommitmentId::new(3);
/// Somebody of them is suspended.
const SUSPENDED: i64 = 5;

/// What is counted, in the order in which [`listen`] does.
#[derive(Debug, PartialEq)]
struct Counted {
    of_a_month: Heard,
    of_an_emergency: Heard,
    others: usize,
    voters: usize,
    audience: usize,
}

#[tokio::test]
async fn a_crowd_of_supporters_is_counted_by_as_few_statements_and_rows_as_a_handful() {
    on_each(async |mut db, _| {
        let said: Arc<Mutex<Vec<Statement>>> = Arc::default();
        let heard = said.clone();
        db.set_metric_callback(move |info| heard.lock().unwrap().push(info.statement.clone()));
        let effort = Effort::of(&db).await;
        let mut costs = Vec::new();
        for many in [30, 3_000] {
            fill(&db, many).await.unwrap();
            said.lock().unwrap().clear();
            let counted = effort.within(100 * many, &db, &format!("{many} who hear"), listen).await.unwrap();
            assert_eq!(counted, expected(many), "{many}");
            // They are let go of first: what they cost is asked of the same database.
            let asked = std::mem::take(&mut *said.lock().unwrap());
            costs.push(cost(&db, asked).await);
        }
        assert_eq!(costs[0], costs[1], "statements, and the rows that they bring");
    })
    .await;
}

/// How many questions these are, and how many rows answer them.
async fn cost(db: &DatabaseConnection, said: Vec<Statement>) -> (usize, usize) {
    let asked: Vec<Statement> = said.into_iter().filter(|said| said.sql.contains("SELECT")).collect();
    let (statements, mut rows) = (asked.len(), 0);
    for question in asked {
        rows += db.query_all_raw(question).await.unwrap().len();
    }
    (statements, rows)
}

async fn listen(tx: &sea_orm::DatabaseTransaction) -> Result<Counted, DbErr> {
    let (max_amount, guarantee_amount) = (Money::from_minor(100_000_000), Money::from_minor(10_000));
    let rules = Rules { zone: Zone::UTC, max_amount, guarantee_amount };
    let aid = Aid { tx, now: noon(3), rules: &rules, chance: &OsChance };
    let help = store::commitment::find(tx, HELP).await?.expect("one of them");
    let initiative = store::collection::find(tx, INITIATIVE).await?.expect("the initiative");
    Ok(Counted {
        of_a_month: aid::heard_of_asking(&aid, STAR, CollectionKind::Monthly).await.unwrap(),
        of_an_emergency: aid::heard_of_asking(&aid, STAR, CollectionKind::Emergency).await.unwrap(),
        others: aid::others(&aid, &help).await.unwrap(),
        voters: aid::initiatives::count_voters_told(&aid, &initiative).await.unwrap(),
        audience: aid::initiatives::count_audience(&aid, STAR).await.unwrap(),
    })
}

/// The same, one by one.
fn expected(many: i64) -> Counted {
    let all: Vec<i64> = (2..many + 2).filter(|id| *id != SUSPENDED).collect();
    let count = |such: fn(i64) -> bool| all.iter().filter(|id| such(**id)).count();
    let of = usize::try_from(many).unwrap();
    Counted {
        of_a_month: Heard { of, told: count(hears_of_network) },
        of_an_emergency: Heard { of, told: count(|id| intends(id) || hears_of_network(id)) },
        // The one whose help it is knows.
        others: count(|id| hears_of_circles(id) && id != HELP.number() + 1),
        voters: count(hears_of_circles),
        audience: count(hears_of_network),
    }
}

fn intends(id: i64) -> bool {
    (id - 1) % 3 == 0
}

fn hears_of_network(id: i64) -> bool {
    id % 10 != 0
}

fn hears_of_circles(id: i64) -> bool {
    id % 7 != 0
}

/// The star and so many who help: by turns they intend, have promised and have helped. All of them vote, too.
async fn fill(db: &DatabaseConnection, many: i64) -> Result<(), DbErr> {
    for table in ["acquaintance", "commitment", "collection", "member_notification", "member", "person"] {
        run(db, &format!("DELETE FROM {table}"), []).await?;
    }
    let people = "INSERT INTO person (id, lang, created_at) SELECT i, 'en', $2 FROM n";
    numbered(db, people, many + 1, [noon(1).into()]).await?;
    let members = "INSERT INTO member (id, name, look, created_at, suspended_at, suspended_why)
                   SELECT id, 'Member ' || id, 'member ' || id, created_at,
                          CASE WHEN id = 5 THEN created_at END, CASE WHEN id = 5 THEN 'why' END FROM person";
    run(db, members, []).await?;
    let ask =
        "INSERT INTO collection (id, owner_id, kind, target, opened_at) SELECT 1, 1, 'monthly', 50000000, $2 FROM n";
    numbered(db, ask, 1, [noon(1).into()]).await?;
    let propose = "INSERT INTO collection (id, owner_id, kind, target, opened_at, ends_on)
                   SELECT 2, 1, 'initiative', 50000000, $2, $3 FROM n";
    numbered(db, propose, 1, [noon(1).into(), noon(30).date_naive().into()]).await?;
    let help = "INSERT INTO commitment
                    (id, collection_id, supporter_id, receiver_id, sum, state, month, declared_at, settled_at)
                SELECT i, 1, i + 1, 1, 100,
                    CASE i % 3 WHEN 0 THEN 'intention' WHEN 1 THEN 'obligation' ELSE 'fulfilled' END,
                    202611, $2, CASE i % 3 WHEN 2 THEN $2 END
                FROM n";
    let vote = "INSERT INTO commitment (id, collection_id, supporter_id, receiver_id, sum, state, month, declared_at)
                SELECT i + 100000, 2, i + 1, 1, 100, 'intention', 202611, $2 FROM n";
    for sql in [help, vote] {
        numbered(db, sql, many, [noon(2).into()]).await?;
    }
    let know = "INSERT INTO acquaintance (member_id, other_id, since)
                SELECT supporter_id, receiver_id, declared_at FROM commitment WHERE collection_id = 1
                UNION ALL SELECT receiver_id, supporter_id, declared_at FROM commitment WHERE collection_id = 1";
    run(db, know, []).await?;
    let choose = "INSERT INTO member_notification (member_id, category, mode)
                  SELECT id, 'network', 'off' FROM member WHERE id % 10 = 0
                  UNION ALL SELECT id, 'supported', 'off' FROM member WHERE id % 7 = 0
                  UNION ALL SELECT id, 'own_help', 'digest' FROM member";
    run(db, choose, []).await
}
