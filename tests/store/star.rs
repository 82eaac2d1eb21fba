//! A member with thousands of supporters, of whose lists a page looks at little; and who may see whom.

use exodus::domain::{CollectionId, CollectionKind, Ending, MemberId, Money, Opening, State};
use exodus::store::{self, Slice, collection, commitment, sight};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};

use crate::community::{become_of, emergency, help, lately, member, month_began, monthly, noon};
use crate::planning::{Seen, WAITING, however_it_is_planned, look, looking, run};
use crate::support::database::on_each;

/// The member whom all others support.
const STAR: MemberId = MemberId::new(1);

#[tokio::test]
async fn a_page_of_a_star_s_lists_looks_at_little_more_than_the_page() {
    however_it_is_planned(async |db, seen| {
        fill(db, seen).await?;
        look_at_lists(db).await
    })
    .await;
}

/// Every member but one supports one collection: a third each intends, has promised, and has helped.
async fn fill(db: &DatabaseConnection, seen: Seen) -> Result<(), DbErr> {
    let people = "INSERT INTO person (id, lang, created_at) SELECT i, 'en', $2 FROM generate_series(1, $1) AS i";
    run(db, people, [WAITING.into(), noon(1).into()]).await?;
    run(
        db,
        "INSERT INTO member (id, name, look, created_at)
         SELECT id, 'Member ' || id, 'member ' || id, created_at FROM person",
        [],
    )
    .await?;
    db.execute_unprepared("ANALYZE person; ANALYZE member").await?;
    monthly(db, STAR).await;
    match seen {
        Seen::Never | Seen::Full => {}
        Seen::Empty => look(db, "commitment").await?,
        Seen::Small | Seen::Done => {
            support(db, if let Seen::Small = seen { 30 } else { WAITING }).await?;
            run(db, "UPDATE commitment SET state = 'withdrawn'", []).await?;
            look(db, "commitment").await?;
        }
    }
    for _ in 0..8 {
        look_at_lists(db).await?;
    }
    support(db, WAITING).await?;
    if let Seen::Full = seen {
        look(db, "commitment").await?;
    }
    Ok(())
}

async fn support(db: &DatabaseConnection, up_to: i64) -> Result<(), DbErr> {
    let sql = "INSERT INTO commitment
                   (collection_id, supporter_id, receiver_id, sum, state, month, declared_at, settled_at)
               SELECT 1, i, 1, 100,
                   CASE i % 3 WHEN 0 THEN 'intention' WHEN 1 THEN 'obligation' ELSE 'fulfilled' END,
                   202611, $2, CASE i % 3 WHEN 2 THEN $2 END
               FROM generate_series(2, $1) AS i";
    run(db, sql, [up_to.into(), noon(2).into()]).await
}

async fn look_at_lists(db: &DatabaseConnection) -> Result<(), DbErr> {
    let star = collection::find(db, CollectionId::new(1)).await?.expect("the collection");
    let live = [State::Intention, State::Obligation, State::Overdue];
    for page in [0, 10] {
        let slice = Slice { skip: page * 8, take: 8 };
        looking(db, "in my favour", async |db| commitment::by_receiver(db, STAR, &live, slice).await).await?;
        looking(db, "received", async |db| {
            commitment::by_receiver(db, STAR, &[State::Fulfilled, State::FulfilledLate], slice).await
        })
        .await?;
        looking(db, "mine", async |db| commitment::by_supporter(db, MemberId::new(77), &live, slice).await).await?;
        looking(db, "circle", async |db| commitment::circle_listed(db, &star, month_began(), slice).await).await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_far_circle_sees_those_in_need() {
    on_each(async |db, _| {
        // anna - boris - vera - gleb - dina: each supports the one before.
        let mut chain: Vec<MemberId> = Vec::new();
        for name in ["Anna", "Boris", "Vera", "Gleb", "Dina"] {
            let one = member(&db, name).await;
            if let Some(before) = chain.last() {
                help(&db, one, &monthly(&db, *before).await, 100, State::Intention).await;
            }
            chain.push(one);
        }
        let seen_by = async || {
            let mut seen = Vec::new();
            for viewer in &chain {
                seen.push(sight::may_see(&db, *viewer, chain[0], lately()).await.unwrap());
            }
            seen
        };
        // Anna asks for help every month: so her far circle may find her, whether or not it was told.
        assert_eq!(seen_by().await, [true, true, true, true, false]);
        // An emergency puts what Boris intends on hold, and cuts nobody off.
        let sos = emergency(&db, chain[0]).await;
        assert_eq!(seen_by().await, [true, true, true, true, false]);
        let monthly = collection::open_of(&db, chain[0]).await.unwrap();
        for open in monthly.iter().filter(|open| open.id != sos.id) {
            collection::end(&db, open.id, Ending::Ended, noon(3)).await.unwrap();
        }
        assert_eq!(seen_by().await, [true, true, true, true, false]);
        collection::end(&db, sos.id, Ending::Ended, noon(3)).await.unwrap();
        assert_eq!(seen_by().await, [true, true, true, false, false], "the far circle is for those in need");
    })
    .await;
}

#[tokio::test]
async fn of_a_circle_the_newest_are_named_first() {
    on_each(async |db, _| {
        let anna = member(&db, "Anna").await;
        let opening = Opening { kind: CollectionKind::Monthly, target: Money::from_minor(50_000), ends_on: None };
        let fund = collection::insert(&db, anna, opening, noon(1)).await.unwrap();
        for number in 0..30 {
            let helper = member(&db, &format!("{number:02}")).await;
            let state = [State::Intention, State::Obligation, State::Claimed, State::Fulfilled][number % 4];
            let declared = help(&db, helper, &fund, 100, State::Intention).await;
            become_of(&db, declared, state, noon(2)).await;
        }
        let names = async |skip, take| {
            let listed = commitment::circle_listed(&db, &fund, month_began(), Slice { skip, take }).await.unwrap();
            listed.into_iter().map(|one| one.name).collect::<Vec<_>>()
        };
        assert_eq!(names(0, 3).await, ["29", "28", "27"]);
        assert_eq!(names(8, 3).await, ["21", "20", "19"]);
        assert_eq!(names(28, 8).await, ["01", "00"]);
        assert_eq!(store::commitment::circle_size(&db, &fund, month_began(), anna).await.unwrap().0, 30);
    })
    .await;
}
