//! Where the Matrix adapter remembers that people are spoken with.

use exodus::store::matrix::Memory;

use crate::support::database::on_each;

const ANNA: &str = "@anna:example.org";
const BORIS: &str = "@boris:example.org";

fn over(room: &str) -> Option<String> {
    Some(room.to_owned())
}

#[tokio::test]
async fn who_speaks_in_another_room_moves_there() {
    on_each(async |db, _| {
        let memory = Memory::new(db);
        assert_eq!(memory.settle(ANNA, "!old", 10).await.unwrap(), None);
        assert_eq!(memory.settle(ANNA, "!old", 20).await.unwrap(), None);
        assert_eq!(memory.settle(ANNA, "!new", 30).await.unwrap(), over("!old"));
        assert_eq!(memory.room_of(ANNA).await.unwrap(), Some(over("!new")));
        assert_eq!(memory.person_in("!old").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_room_that_is_looked_at_late_takes_nobody_from_where_they_went_after_it() {
    on_each(async |db, _| {
        let memory = Memory::new(db);
        assert_eq!(memory.met(ANNA, "!old", 10).await.unwrap(), None);
        assert_eq!(memory.met(ANNA, "!new", 20).await.unwrap(), over("!old"));
        assert_eq!(memory.met(ANNA, "!old", 10).await.unwrap(), over("!old"), "it is the old one that is over");
        assert_eq!(memory.met(ANNA, "!new", 20).await.unwrap(), None);
        assert_eq!(memory.met(ANNA, "!new", 5).await.unwrap(), None, "told again of the same room");
        assert_eq!(memory.room_of(ANNA).await.unwrap(), Some(over("!new")));
    })
    .await;
}

#[tokio::test]
async fn a_room_is_one_persons() {
    on_each(async |db, _| {
        let memory = Memory::new(db);
        memory.settle(ANNA, "!room", 10).await.unwrap();
        assert_eq!(memory.settle(BORIS, "!room", 20).await.unwrap(), None);
        assert_eq!(memory.person_in("!room").await.unwrap().as_deref(), Some(BORIS));
        assert_eq!(memory.room_of(ANNA).await.unwrap(), Some(None), "hers has to be made");
        assert_eq!(memory.met(ANNA, "!other", 5).await.unwrap(), None, "nothing keeps her from an older one");
        memory.person_left("!other").await.unwrap();
        assert_eq!(memory.room_of(ANNA).await.unwrap(), None);
    })
    .await;
}
