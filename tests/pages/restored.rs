//! After a restore, or a failover that lost its last seconds: what people have before them is younger than the database,
//! and what they press there means what it stood for, or nothing.

use exodus::domain::{CommitmentId, State};
use exodus::{msg, store};
use sea_orm::DatabaseConnection;

use crate::community::{help, member, monthly};
use crate::house::{House, deed, presses};
use crate::support::copies::restored;
use crate::support::database::on_each;

/// Boris has given anna 10 €, and dora 400 €: whether that has reached her, nobody but anna knows.
async fn claims(db: &DatabaseConnection) -> (CommitmentId, CommitmentId) {
    let (anna, boris, dora) = (member(db, "anna").await, member(db, "boris").await, member(db, "dora").await);
    let asks = monthly(db, anna).await;
    let ten = help(db, boris, &asks, 1_000, State::Claimed).await.id;
    (ten, help(db, dora, &asks, 40_000, State::Claimed).await.id)
}

async fn state(db: &DatabaseConnection, id: CommitmentId) -> State {
    store::commitment::find(db, id).await.expect("a row").expect("the commitment").state
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deed_of_a_page_that_the_database_does_not_know_is_not_done() {
    on_each(async |db, url| {
        let (ten, much) = claims(&db).await;
        let house = House::on(db);
        house.says("anna", "/menu").await;
        let copy = restored(&house.db, &url).await;
        // In the life that is lost, she was about to confirm the ten.
        let old = deed(&house.presses("anna", &format!("/commitment/{ten}")).await, "confirm");

        let house = House::on(store::connect(&copy.url).await.expect("the copy opens"));
        let open = house.presses("anna", &format!("/commitment/{much}")).await;
        let page = house.presses("anna", &old).await;
        assert_eq!((state(&house.db, ten).await, state(&house.db, much).await), (State::Claimed, State::Claimed));
        let (text, stale) = (page.text.plain(), house.words("en", &msg!("page-stale")));
        assert!(text.starts_with(&stale) && text.ends_with(&open.text.plain()), "{text}");
        assert!(presses(&page).iter().all(|press| *press != old));
        house.presses("anna", &deed(&page, "confirm")).await;
        assert_eq!((state(&house.db, ten).await, state(&house.db, much).await), (State::Claimed, State::Fulfilled));
        house.db.close().await.expect("the copy closes");
        copy.forget().await;
    })
    .await;
}
