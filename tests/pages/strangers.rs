//! What people may cost whom the bot does not know.

use exodus::store;
use exodus_engine::conversation::Heard;
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::community::{member, noon};
use crate::house::{House, KEYBOARD, update};

/// How many of so many texts in a row are answered.
async fn answered(house: &House, who: &str, texts: usize) -> usize {
    let mut answered = 0;
    for _ in 0..texts {
        let answer = house.turn(KEYBOARD, &update(who, Heard::Text("hello".into()))).await.expect("a turn");
        answered += usize::from(answer.is_some());
    }
    answered
}

#[tokio::test]
async fn a_stranger_gets_so_many_pages_in_a_minute_and_members_as_many_as_they_like() {
    let house = House::in_memory().await.wary();
    member(&house.db, "anna").await;
    assert_eq!(answered(&house, "a stranger", 40).await, 30);
    assert_eq!(answered(&house, "another", 1).await, 1);
    assert_eq!(answered(&house, "anna", 40).await, 40);
    let handled = store::seen_update::Entity::find().count(&house.db).await.expect("a count");
    assert_eq!(handled, 30 + 1 + 40, "what is not answered leaves nothing behind");
    house.clock.move_to(noon(3) + chrono::TimeDelta::minutes(1));
    assert_eq!(answered(&house, "a stranger", 1).await, 1);
}

#[tokio::test]
async fn so_many_strangers_are_heard_in_an_hour_and_who_has_been_here_is_heard_still() {
    let house = House::in_memory().await.wary();
    let mut heard = 0;
    for number in 0..2_005 {
        heard += answered(&house, &number.to_string(), 1).await;
    }
    assert_eq!(heard, 2_000);
    assert_eq!(store::session::Entity::find().count(&house.db).await.expect("a count"), 2_000);
    assert_eq!(answered(&house, "7", 1).await, 1);
    member(&house.db, "anna").await;
    assert_eq!(answered(&house, "anna", 1).await, 1);
    house.clock.move_to(noon(3) + chrono::TimeDelta::hours(1));
    assert_eq!(answered(&house, "2001", 1).await, 1);
}
