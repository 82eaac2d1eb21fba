//! One turn of a session at a time, and each update once.

use exodus::store::{self, seen_update, session};
use exodus_engine::id::Id;

use crate::community::noon;
use crate::support::database::on_each;

fn new() -> session::Model {
    session::Model {
        id: Id::new(0),
        messenger: "terminal".into(),
        address: "anna".into(),
        tab: String::new(),
        lang: None,
        route: "home".into(),
        trail: String::new(),
        draft: String::new(),
        rev: 0,
        word: String::new(),
        offered: String::new(),
        asks: false,
        live: None,
        message: None,
        thread: None,
        shown: 0,
        saying: None,
        did: None,
        said: String::new(),
        seq: 0,
        changed_at: noon(1),
    }
}

#[tokio::test]
async fn of_two_turns_on_one_revision_the_second_is_not_saved() {
    on_each(async |db, url| {
        let stored = session::insert(&db, new()).await.unwrap();
        let other = store::connect(&url).await.unwrap();
        let turn = |route: &str| session::Model { route: route.into(), rev: 1, ..stored.clone() };
        let (one, two) = (turn("one"), turn("two"));
        let (first, second) = tokio::join!(session::save(&db, &one, 0), session::save(&other, &two, 0));
        let (first, second) = (first.unwrap(), second.unwrap());
        assert!(first != second, "one of them is saved");
        let kept = session::load(&db, "terminal", "anna").await.unwrap();
        assert_eq!(kept, Some(if first { one } else { two }));
        other.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn everything_of_a_session_is_kept() {
    on_each(async |db, _| {
        assert_eq!(session::load(&db, "terminal", "anna").await.unwrap(), None);
        let stored = session::insert(&db, new()).await.unwrap();
        let changed = session::Model {
            lang: Some("ru".into()),
            route: "intention/412".into(),
            trail: "home\norganizer".into(),
            draft: "sum=50 €".into(),
            rev: 1,
            word: "K7Q2MZ4A".into(),
            offered: "a\nb".into(),
            asks: true,
            live: Some("77".into()),
            message: Some("77".into()),
            seq: 9_000_000_000,
            changed_at: noon(2),
            ..stored
        };
        assert!(session::save(&db, &changed, 0).await.unwrap());
        assert_eq!(session::load(&db, "terminal", "anna").await.unwrap(), Some(changed.clone()));
        let live = async || session::live(&db, "terminal", "anna").await.unwrap();
        // What belongs to a page that is gone changes nothing.
        session::set_live(&db, "terminal", "anna", 0, Some("66")).await.unwrap();
        session::bury(&db, "terminal", "anna", "66").await.unwrap();
        assert_eq!(live().await.as_deref(), Some("77"));
        session::set_live(&db, "terminal", "anna", 1, Some("78")).await.unwrap();
        assert_eq!(live().await.as_deref(), Some("78"));
        session::bury(&db, "terminal", "anna", "78").await.unwrap();
        let kept = session::load(&db, "terminal", "anna").await.unwrap();
        assert_eq!(kept, Some(session::Model { live: None, ..changed }));
    })
    .await;
}

#[tokio::test]
async fn an_update_is_taken_in_once() {
    on_each(async |db, _| {
        assert!(seen_update::note(&db, "telegram", "7", noon(1)).await.unwrap());
        assert!(!seen_update::note(&db, "telegram", "7", noon(2)).await.unwrap());
        assert!(seen_update::note(&db, "matrix", "7", noon(2)).await.unwrap());
        assert_eq!(seen_update::forget_before(&db, noon(2), 10).await.unwrap(), 1);
        assert!(seen_update::note(&db, "telegram", "7", noon(3)).await.unwrap());
    })
    .await;
}
