//! An account is linked by a code: once, by whoever was shown it, and to nobody's loss.

use chrono::TimeDelta;
use exodus::domain::MemberId;
use exodus::store;
use exodus_engine::conversation::{Fault, Heard, Moment, OsChance, Tell};
use exodus_engine::locale::Msg;
use exodus_engine::person::settings;
use exodus_engine::testing::Counted;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::community::{member, monthly, noon};
use crate::everybody::pay;
use crate::house::{House, KEYBOARD, deed, presses, update};
use crate::support::database::on_each;

/// How often each race is run: who wins is chance.
const RUNS: usize = 4;

/// A code that this member has drawn.
async fn code_of(house: &House, who: &str) -> String {
    let page = house.presses(who, "/accounts").await;
    let page = house.presses(who, &deed(&page, "draw")).await;
    Counted::last_code_in(&page.text.plain()).expect("a code is shown").to_owned()
}

/// Whose this address is.
async fn whose(db: &DatabaseConnection, address: &str) -> Option<MemberId> {
    let account = store::account::find_by_account(db, "terminal", address).await.expect("an answer");
    account.map(|(account, _)| account.person_id)
}

async fn says(house: &House, who: &str, words: &str) -> String {
    house.says(who, words).await.text.plain()
}

/// What is said of a code, as the first of this page.
fn told(house: &House, page: &str, key: &'static str) -> bool {
    page.starts_with(&house.words("en", &Msg::new(key)))
}

async fn waits(db: &DatabaseConnection, kind: &str) -> Vec<Option<String>> {
    let sql = "SELECT messenger FROM outbox WHERE kind = $1 ORDER BY id";
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [kind.into()])).await;
    rows.expect("rows").iter().map(|row| row.try_get_by_index(0).expect("a column")).collect()
}

#[tokio::test]
async fn a_code_links_one_account_and_all_that_do_not_count_are_one() {
    on_each(async |db, _| {
        let anna = member(&db, "anna").await;
        let house = House::on(db);
        let code = code_of(&house, "anna").await;
        let page = says(&house, "phone", &format!("hi, my code is {}, right?", code.to_lowercase())).await;
        assert!(told(&house, &page, "link-done"), "{page}");
        assert!(page.contains("anna"), "it is she who stands in the menu: {page}");
        assert_eq!(whose(&house.db, "phone").await, Some(anna));
        assert_eq!(waits(&house.db, "account-linked").await, [Some("terminal".to_owned())]);

        let used = says(&house, "one", &format!("start {code}")).await;
        let (replaced, counts) = (code_of(&house, "phone").await, code_of(&house, "anna").await);
        let replaced = says(&house, "two", &format!("start {replaced}")).await;
        let unknown = says(&house, "three", "start ABCDEFG2").await;
        house.clock.move_to(noon(3) + TimeDelta::minutes(10));
        let expired = says(&house, "four", &format!("start {counts}")).await;
        for page in [&used, &replaced, &expired, &unknown] {
            assert!(told(&house, page, "link-none"), "{page}");
            assert_eq!(*page, used);
        }
        for stranger in ["one", "two", "three", "four"] {
            assert_eq!(whose(&house.db, stranger).await, None);
        }
        let own = says(&house, "anna", &format!("link {counts}")).await;
        assert!(told(&house, &own, "link-none"), "{own}");
    })
    .await;
}

#[tokio::test]
async fn an_own_code_from_an_own_account_does_nothing_and_still_counts() {
    on_each(async |db, _| {
        let anna = member(&db, "anna").await;
        let house = House::on(db);
        let code = code_of(&house, "anna").await;
        house.clock.move_to(noon(3) + TimeDelta::minutes(9));
        let page = says(&house, "anna", &format!("link {code}")).await;
        assert!(told(&house, &page, "link-own"), "{page}");
        says(&house, "phone", &code).await;
        assert_eq!(whose(&house.db, "phone").await, Some(anna));
    })
    .await;
}

#[tokio::test]
async fn who_has_something_here_is_refused_and_who_has_nothing_joins_and_is_gone() {
    on_each(async |db, _| {
        let (anna, boris, clara) = (member(&db, "anna").await, member(&db, "boris").await, member(&db, "clara").await);
        monthly(&db, boris).await;
        store::account::insert(&db, clara, "terminal", "clara-too", noon(1)).await.unwrap();
        let house = House::on(db);
        says(&house, "clara-too", "menu").await;
        let of_clara = code_of(&house, "clara").await;
        let code = code_of(&house, "anna").await;

        let page = says(&house, "boris", &format!("start {code}")).await;
        assert!(told(&house, &page, "link-taken"), "{page}");
        assert_eq!(whose(&house.db, "boris").await, Some(boris));
        assert_eq!(store::member::find(&house.db, boris).await.unwrap().unwrap().name, "boris");

        let (dan, eva) = (member(&house.db, "dan").await, member(&house.db, "eva").await);
        pay(&house.db, dan, &["Card"], "1234").await;
        store::member::set_about(&house.db, eva, Some("I bake bread.")).await.unwrap();
        for (who, id) in [("dan", dan), ("eva", eva)] {
            let page = says(&house, who, &format!("start {code}")).await;
            assert!(told(&house, &page, "link-taken"), "{who}: {page}");
            assert_eq!(whose(&house.db, who).await, Some(id));
        }
        assert_eq!(store::payment_detail::of(&house.db, dan).await.unwrap().len(), 1);

        let page = says(&house, "clara", &format!("start {code}")).await;
        assert!(told(&house, &page, "link-done"), "{page}");
        for address in ["clara", "clara-too"] {
            assert_eq!(whose(&house.db, address).await, Some(anna));
        }
        assert_eq!(store::member::find(&house.db, clara).await.unwrap().unwrap().name, "");
        let chat = store::session::load(&house.db, "terminal", "clara-too").await.unwrap();
        assert_eq!(chat, None, "it stood there as somebody else");
        let page = says(&house, "phone", &of_clara).await;
        assert!(told(&house, &page, "link-none"), "a code of somebody who is gone: {page}");
    })
    .await;
}

#[tokio::test]
async fn what_is_begun_with_one_account_is_not_mixed_with_what_is_begun_with_another() {
    on_each(async |db, _| {
        member(&db, "anna").await;
        let house = House::on(db);
        let code = code_of(&house, "anna").await;
        says(&house, "phone", &code).await;
        // A sum is asked for here, and a name there.
        for (who, place) in [("anna", "/ask-monthly"), ("phone", "/name")] {
            assert!(house.presses(who, place).await.asks, "{place} asks");
        }
        let sure = says(&house, "anna", "500").await;
        assert!(sure.contains("500"), "{sure}");
        let named = says(&house, "phone", "Anna Maria").await;
        assert!(named.contains("Anna Maria") && !named.contains("500"), "{named}");
        // What was begun here is as it was left; what was done there is seen.
        let done = says(&house, "anna", "yes, ask").await;
        assert!(done.contains("Orange"), "{done}");
        let profile = house.presses("anna", "/profile").await.text.plain();
        assert!(profile.contains("Anna Maria"), "{profile}");
    })
    .await;
}

#[tokio::test]
async fn what_waits_goes_to_an_account_that_is_linked_and_to_another_when_it_is_unlinked() {
    on_each(async |db, _| {
        let anna = member(&db, "anna").await;
        let house = House::on(db);
        let code = code_of(&house, "anna").await;
        let account = store::account::of_person(&house.db, anna).await.unwrap().remove(0);
        store::account::mark_unreachable(&house.db, account.id, noon(3)).await.unwrap();
        let tx = store::begin(&house.db).await.unwrap();
        let at = Moment { tx: &tx, now: noon(3), chance: &OsChance };
        at.tell([Tell::new(anna, "kept")]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(waits(&house.db, "kept").await, [None]);

        says(&house, "phone", &code).await;
        assert_eq!(waits(&house.db, "kept").await, [Some("terminal".to_owned())]);
        says(&house, "anna", "menu").await;
        let phone = store::account::of_person(&house.db, anna).await.unwrap().remove(1);
        store::person::set_written_to(&house.db, anna, phone.id).await.unwrap();
        let page = house.presses("anna", &format!("/accounts/unlink/{}", phone.id)).await;
        house.presses("anna", &deed(&page, &format!("unlink/{}", phone.id))).await;
        assert_eq!(whose(&house.db, "phone").await, None);
        assert_eq!(store::person::find(&house.db, anna).await.unwrap().unwrap().written_to, None);
        assert_eq!(waits(&house.db, "kept").await, [Some("terminal".to_owned())]);
        assert_eq!(store::session::load(&house.db, "terminal", "phone").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn nobody_unlinks_the_account_that_they_write_from_nor_one_of_somebody_else() {
    let house = House::in_memory().await;
    let (anna, boris) = (member(&house.db, "anna").await, member(&house.db, "boris").await);
    let account = async |who| store::account::of_person(&house.db, who).await.unwrap().remove(0).id;
    let (annas, boriss) = (account(anna).await, account(boris).await);
    let tx = store::begin(&house.db).await.unwrap();
    let at = Moment { tx: &tx, now: noon(3), chance: &OsChance };
    let own = settings::unlink(&at, anna, annas, ("terminal", "anna")).await;
    assert!(matches!(own, Err(Fault::Refused(_))), "{own:?}");
    let others = settings::unlink(&at, anna, boriss, ("terminal", "anna")).await;
    assert!(matches!(others, Err(Fault::Lost)), "{others:?}");
    let from_elsewhere = settings::unlink(&at, anna, annas, ("terminal", "boris")).await;
    assert!(matches!(from_elsewhere, Err(Fault::Raced)), "{from_elsewhere:?}");
    drop(tx);
    assert_eq!((whose(&house.db, "anna").await, whose(&house.db, "boris").await), (Some(anna), Some(boris)));
    for account in [annas, boriss] {
        let page = house.presses("anna", &format!("/accounts/unlink/{account}")).await;
        assert!(!presses(&page).iter().any(|press| press.contains(":unlink/")), "{}", page.text.plain());
    }
}

#[tokio::test]
async fn so_many_codes_are_tried_and_no_more() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    let code = code_of(&house, "anna").await;
    for guess in 0..10 {
        let page = says(&house, "guesser", &format!("start ABCDEF{}2", char::from(b'A' + guess))).await;
        assert!(told(&house, &page, "link-none"), "{page}");
    }
    let page = says(&house, "guesser", &format!("start {code}")).await;
    assert!(told(&house, &page, "link-too-often"), "{page}");
    says(&house, "guesser", &format!("psst, {code}")).await;
    assert_eq!(whose(&house.db, "guesser").await, None);
    says(&house, "phone", &code).await;
    assert_eq!(whose(&house.db, "phone").await, Some(anna));
}

/// Each run has members of its own.
async fn again(test: impl AsyncFn(DatabaseConnection, String)) {
    for _ in 0..RUNS {
        on_each(&test).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_code_that_is_typed_twice_at_once_links_one_account() {
    again(async |db, url| {
        let anna = member(&db, "anna").await;
        let other = store::connect(&url).await.expect("a second connection");
        let (one, two) = (House::on(db), House::on(other));
        let code = code_of(&one, "anna").await;
        let (here, there) = (update("here", Heard::Text(code.clone())), update("there", Heard::Text(code)));
        let (first, second) = tokio::join!(one.turn(KEYBOARD, &here), two.turn(KEYBOARD, &there));
        let pages = [first, second].map(|turn| turn.expect("a turn").expect("an answer").rendered.text.plain());
        let linked = [whose(&one.db, "here").await, whose(&one.db, "there").await];
        assert_eq!(linked.iter().filter(|whose| **whose == Some(anna)).count(), 1, "{linked:?}");
        for (page, whose) in pages.iter().zip(linked) {
            assert!(told(&one, page, if whose.is_some() { "link-done" } else { "link-none" }), "{page}");
        }
        assert_eq!(waits(&one.db, "account-linked").await.len(), 1);
        two.db.close().await.expect("closed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_accounts_that_unlink_each_other_at_once_leave_one() {
    again(async |db, url| {
        let anna = member(&db, "anna").await;
        store::account::insert(&db, anna, "terminal", "anna-too", noon(1)).await.unwrap();
        let other = store::connect(&url).await.expect("a second connection");
        let (one, two) = (House::on(db), House::on(other));
        let accounts = store::account::of_person(&one.db, anna).await.unwrap();
        let mut deeds = Vec::new();
        for (who, gone) in [("anna", accounts[1].id), ("anna-too", accounts[0].id)] {
            let page = one.presses(who, &format!("/accounts/unlink/{gone}")).await;
            deeds.push(update(who, Heard::Press(deed(&page, &format!("unlink/{gone}")))));
        }
        let (first, second) = tokio::join!(one.turn(KEYBOARD, &deeds[0]), two.turn(KEYBOARD, &deeds[1]));
        first.expect("a turn");
        second.expect("a turn");
        assert_eq!(store::account::of_person(&one.db, anna).await.unwrap().len(), 1);
        two.db.close().await.expect("closed");
    })
    .await;
}
