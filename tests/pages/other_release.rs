//! While one release takes the other's place, people press what the other one has shown them: nothing of it is lost, and they
//! read that it can't be done just now.

use exodus::domain::MemberId;
use exodus::store;
use exodus::store::outbox::NoticeId;
use exodus_engine::msg;

use crate::community::{member, noon};
use crate::house::House;

/// Anna has a notice of a kind that is not known here.
async fn house() -> (House, MemberId) {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    let new = store::outbox::New {
        recipient: anna,
        kind: "notice-of-tomorrow".to_owned(),
        facts: "{}".to_owned(),
        about: None,
        record: None,
        priority: 0,
        by_day: false,
        due_at: noon(1),
        word: "TOMORROW".to_owned(),
        number: 412,
    };
    store::outbox::push_many(&house.db, [new], noon(1)).await.expect("queued");
    store::outbox::sent(&house.db, NoticeId::new(1), None, noon(1)).await.expect("sent");
    (house, anna)
}

#[tokio::test]
async fn a_notice_of_another_release_is_left_to_it() {
    let (house, anna) = house().await;
    let not_now = house.words("en", &msg!("page-not-now"));
    house.presses("anna", "/profile").await;
    for press in ["nTOMORROW:confirm", "nTOMORROW/tomorrow/1"] {
        let page = house.presses("anna", press).await;
        assert!(page.text.plain().starts_with(&not_now), "{press}: {}", page.text.plain());
        assert!(
            page.text.plain().contains(&house.words("en", &msg!("profile-title"))),
            "{press}: they stay where they are"
        );
    }
    for words in ["№ 412", "412 confirm"] {
        let text = house.says("anna", words).await.text.plain();
        assert!(text.starts_with(&not_now) || text.contains("not one of the choices"), "{words}: {text}");
    }
    let row = store::outbox::of_person(&house.db, anna).await.expect("rows").remove(0);
    assert_eq!(row.answered_at, None);
}

#[tokio::test]
async fn a_page_of_another_release_is_left_to_it() {
    let (house, _) = house().await;
    let not_now = house.words("en", &msg!("page-not-now"));
    house.presses("anna", "/menu").await;
    let text = house.presses("anna", "/tomorrow/7").await.text.plain();
    assert!(text.starts_with(&not_now), "{text}");
    // As it was shown there: a deed of a screen that is not known here.
    let session = store::session::load(&house.db, "terminal", "anna").await.expect("a row").expect("a session");
    let press = format!("{}:do-it", session.word);
    let (rev, offered) = (session.rev, format!("1\t{press}\tDo it"));
    let open = store::session::Model { route: "tomorrow/7".to_owned(), offered, ..session };
    assert!(store::session::save(&house.db, &open, rev).await.expect("saved"));
    for text in [house.presses("anna", &press).await.text.plain(), house.says("anna", "what?").await.text.plain()] {
        assert!(text.contains(&not_now), "{text}");
    }
    let session = store::session::load(&house.db, "terminal", "anna").await.expect("a row").expect("a session");
    assert_eq!(session.route, "tomorrow/7", "the other release shows it again");
    // The way to the menu is there.
    let text = house.says("anna", "menu").await.text.plain();
    assert!(text.contains("anna") && !text.contains(&not_now), "{text}");
}
