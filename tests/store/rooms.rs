//! Where the Matrix adapter remembers that people are spoken with.

use exodus::store;
use exodus_engine::store::matrix::{Memory, Met, Silence};

use crate::community::{member, noon};
use crate::support::database::on_each;

const ANNA: &str = "@anna:example.org";
const BORIS: &str = "@boris:example.org";

/// They are greeted at once.
async fn met(memory: &Memory, who: &str, room: &str, at_ms: i64) -> Option<String> {
    let met = memory.met(who, room, at_ms).await.unwrap();
    memory.greeted(who).await.unwrap();
    met.over
}

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
        assert_eq!(met(&memory, ANNA, "!old", 10).await, None);
        assert_eq!(met(&memory, ANNA, "!new", 20).await, over("!old"));
        assert_eq!(met(&memory, ANNA, "!old", 10).await, over("!old"), "it is the old one that is over");
        assert_eq!(met(&memory, ANNA, "!new", 20).await, None);
        assert_eq!(met(&memory, ANNA, "!new", 5).await, None, "told again of the same room");
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
        assert_eq!(met(&memory, ANNA, "!other", 5).await, None, "nothing keeps her from an older one");
        memory.person_left("!other").await.unwrap();
        assert_eq!(memory.room_of(ANNA).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn who_has_come_is_to_be_greeted_once_unless_they_say_something() {
    on_each(async |db, _| {
        let memory = Memory::new(db);
        let first = Met { over: None, together: true };
        for _ in 0..2 {
            // Told again before the greeting is noted: the bot may have ended in between.
            assert_eq!(memory.met(ANNA, "!room", 10).await.unwrap(), first);
            assert_eq!(memory.ungreeted().await.unwrap(), ["!room"]);
            assert_eq!(memory.ungreeted_in("!room").await.unwrap().as_deref(), Some(ANNA));
        }
        // Meanwhile it is their room, and none that is older takes its place.
        assert_eq!(memory.met(ANNA, "!older", 5).await.unwrap(), Met { over: over("!older"), together: false });
        memory.greeted(ANNA).await.unwrap();
        assert_eq!(memory.met(ANNA, "!room", 10).await.unwrap(), Met::default());
        assert_eq!(memory.ungreeted_in("!room").await.unwrap(), None);
        // A room of ours is theirs before they come.
        memory.made(BORIS, "!made").await.unwrap();
        assert_eq!(memory.room_of(BORIS).await.unwrap(), Some(over("!made")));
        assert_eq!(memory.met(BORIS, "!made", 20).await.unwrap(), first);
        memory.settle(BORIS, "!made", 30).await.unwrap();
        assert_eq!(memory.met(BORIS, "!made", 20).await.unwrap(), Met::default(), "he has said something");
        assert_eq!(memory.ungreeted().await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn who_left_is_not_written_to_and_whose_room_was_deleted_is() {
    on_each(async |db, _| {
        let memory = Memory::new(db);
        met(&memory, ANNA, "!room", 10).await;
        memory.has_left(BORIS, "!room").await.unwrap();
        assert_eq!(memory.person_in("!room").await.unwrap().as_deref(), Some(ANNA));
        for is_deleted in [true, false] {
            memory.has_left(ANNA, "!room").await.unwrap();
            memory.have_left("!room").await.unwrap();
            assert_eq!((memory.room_of(ANNA).await.unwrap(), memory.person_in("!room").await.unwrap()), (None, None));
            if is_deleted {
                assert!(memory.was_deleted("!room").await.unwrap());
                assert_eq!(memory.room_of(ANNA).await.unwrap(), Some(None));
                assert_eq!(met(&memory, ANNA, "!room", 20).await, None);
            }
        }
        memory.is_over("!room").await.unwrap();
        assert!(!memory.was_deleted("!room").await.unwrap(), "nobody is remembered there");
        assert_eq!(memory.room_of(ANNA).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn strangers_are_known_by_having_no_account_and_silence_by_their_chat() {
    on_each(async |db, _| {
        let memory = Memory::new(db.clone());
        let anna = member(&db, "anna").await;
        store::account::insert(&db, anna, "matrix", ANNA, noon(1)).await.unwrap();
        met(&memory, ANNA, "!hers", 10).await;
        met(&memory, BORIS, "!his", 10).await;
        assert_eq!(memory.rooms_of_strangers().await.unwrap(), ["!his"]);
        assert_eq!(memory.stays_silent(ANNA, noon(2)).await.unwrap(), Silence::Known);
        assert_eq!(memory.stays_silent(BORIS, noon(2)).await.unwrap(), Silence::Kept);
    })
    .await;
}
