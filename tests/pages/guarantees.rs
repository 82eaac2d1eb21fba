//! Mutual guarantees: who may accept one by which link, what ends it, and that nothing else comes of it.

use chrono::TimeDelta;
use exodus::domain::guarantee::{DAYS, MOST_OFFERED};
use exodus::domain::{InviteId, MemberId};
use exodus::store;
use exodus_engine::conversation::{Heard, Incoming, Rendered};
use exodus_engine::msg;
use sea_orm::DatabaseConnection;

use crate::community::{member, noon};
use crate::house::{House, KEYBOARD, deed, dump, presses, update};
use crate::support::database::on_each;

/// How often each race is run: who wins is chance.
const RUNS: usize = 4;

const TOKEN: &str = "offer-token-0000000001";

async fn offer(house: &House, token: &str, by: MemberId) -> InviteId {
    store::invite::insert_offer(&house.db, token, by, noon(20), noon(1)).await.unwrap()
}

async fn held(house: &House, one: MemberId, other: MemberId) -> bool {
    store::guarantee::since(&house.db, one, other).await.unwrap().is_some()
}

/// The page behind a link.
async fn opens(house: &House, who: &str, token: &str) -> Rendered {
    house.says(who, &format!("start {token}")).await
}

fn can_accept(page: &Rendered) -> bool {
    presses(page).iter().any(|press| press.ends_with(":yes"))
}

/// Says that there is no such invite, and stays.
fn leads_nowhere(house: &House, page: &Rendered) -> bool {
    page.text.plain().starts_with(&house.words("en", &msg!("start-no-invite")))
}

async fn waiting(house: &House, who: MemberId) -> Vec<String> {
    let rows = store::outbox::of_person(&house.db, who).await.unwrap();
    rows.into_iter().map(|row| row.kind).collect()
}

#[tokio::test]
async fn one_accepts_and_for_everybody_else_the_link_is_as_if_there_never_was_one() {
    let house = House::in_memory().await;
    let (anna, boris) = (member(&house.db, "anna").await, member(&house.db, "boris").await);
    let clara = member(&house.db, "clara").await;
    for who in ["anna", "boris", "clara"] {
        house.presses(who, "/menu").await;
    }
    offer(&house, TOKEN, anna).await;
    // It was passed on: both have a look, and nothing comes of that.
    let (his, hers) = (opens(&house, "boris", TOKEN).await, opens(&house, "clara", TOKEN).await);
    assert!(can_accept(&his) && can_accept(&hers));
    assert!(!store::acquaintance::stands(&house.db, clara, anna).await.unwrap());
    house.presses("boris", &deed(&his, "yes")).await;
    assert!(held(&house, anna, boris).await && held(&house, boris, anna).await);
    assert_eq!(waiting(&house, anna).await, ["notice-guaranteed"]);
    // The question that she still sees does nothing any more, and the link leads nowhere.
    let page = house.presses("clara", &deed(&hers, "yes")).await;
    assert!(page.text.plain().starts_with(&house.words("en", &msg!("guaranteed-too-late"))), "{}", page.text.plain());
    assert!(leads_nowhere(&house, &opens(&house, "clara", TOKEN).await));
    assert!(!held(&house, clara, anna).await);
    // Who has accepted it reads that they hold it.
    let again = opens(&house, "boris", TOKEN).await;
    assert!(!can_accept(&again) && again.text.plain().contains("already"), "{}", again.text.plain());
    // And when it has ended, the old link does not bring it back.
    let page = house.presses("boris", &format!("/guarantee/{anna}/end")).await;
    house.presses("boris", &deed(&page, "end")).await;
    assert!(!held(&house, anna, boris).await);
    assert_eq!(waiting(&house, anna).await, ["notice-guaranteed", "notice-guarantee-ended"]);
    assert!(leads_nowhere(&house, &opens(&house, "boris", TOKEN).await));
}

#[tokio::test]
async fn nobody_guarantees_themselves_nor_twice_nor_by_what_is_over() {
    let house = House::in_memory().await;
    let (anna, boris) = (member(&house.db, "anna").await, member(&house.db, "boris").await);
    for who in ["anna", "boris"] {
        house.presses(who, "/menu").await;
    }
    let id = offer(&house, TOKEN, anna).await;
    assert!(!can_accept(&opens(&house, "anna", TOKEN).await), "it is her own");
    store::guarantee::make(&house.db, (anna, boris), noon(2)).await.unwrap();
    let page = opens(&house, "boris", TOKEN).await;
    assert!(!can_accept(&page), "he holds one");
    assert!(store::invite::offer(&house.db, anna, id, noon(3)).await.unwrap().is_some(), "it is not used up");
    store::guarantee::end(&house.db, anna, boris).await.unwrap();
    // The moment after its last one.
    let page = opens(&house, "boris", TOKEN).await;
    assert!(can_accept(&page));
    assert!(house.clock.move_to(noon(20)));
    let late = house.presses("boris", &deed(&page, "yes")).await;
    assert!(late.text.plain().starts_with(&house.words("en", &msg!("guaranteed-too-late"))), "{}", late.text.plain());
    assert!(leads_nowhere(&house, &opens(&house, "boris", TOKEN).await));
    // Taken back.
    let other =
        store::invite::insert_offer(&house.db, "offer-token-0000000002", anna, noon(30), noon(20)).await.unwrap();
    let page = opens(&house, "boris", "offer-token-0000000002").await;
    let sure = house.presses("anna", &format!("/offer/{other}/withdraw")).await;
    house.presses("anna", &deed(&sure, "withdraw")).await;
    house.presses("boris", &deed(&page, "yes")).await;
    assert!(leads_nowhere(&house, &opens(&house, "boris", "offer-token-0000000002").await));
    assert!(!held(&house, anna, boris).await);
    // What somebody else offers or holds is nobody's to see, to take back or to end.
    let third =
        store::invite::insert_offer(&house.db, "offer-token-0000000003", anna, noon(30), noon(20)).await.unwrap();
    store::guarantee::make(&house.db, (anna, boris), noon(2)).await.unwrap();
    member(&house.db, "clara").await;
    house.presses("clara", "/menu").await;
    for place in [format!("/offer/{third}"), format!("/offer/{third}/withdraw"), format!("/guarantee/{anna}/end")] {
        let before = dump(&house.db).await;
        let page = house.presses("clara", &place).await;
        // Of a guarantee that is not hers she reads what she would of one that has ended.
        let nothing = [msg!("page-lost"), msg!("guarantee-none")].map(|says| house.words("en", &says));
        assert!(nothing.iter().any(|says| page.text.plain().starts_with(says)), "{place}: {}", page.text.plain());
        assert_eq!(dump(&house.db).await, before, "{place}");
    }
}

#[tokio::test]
async fn a_newcomer_has_the_link_by_which_they_came_for_themselves() {
    let house = House::by_invite_alone().await;
    let anna = member(&house.db, "anna").await;
    let id = offer(&house, TOKEN, anna).await;
    let (his, hers) = (opens(&house, "boris", TOKEN).await, opens(&house, "clara", TOKEN).await);
    let page = house.presses("boris", &deed(&his, "en")).await;
    assert!(can_accept(&page), "{}", page.text.plain());
    let boris = store::account::find_by_account(&house.db, "terminal", "boris").await.unwrap().unwrap().1.id;
    assert!(store::acquaintance::stands(&house.db, boris, anna).await.unwrap() && !held(&house, boris, anna).await);
    // One link lets one in.
    house.presses("clara", &deed(&hers, "en")).await;
    assert!(store::account::find_by_account(&house.db, "terminal", "clara").await.unwrap().is_none());
    // Whoever offers it sees who has come; not now is not never.
    let offered = store::invite::offer(&house.db, anna, id, noon(3)).await.unwrap().unwrap();
    assert_eq!(offered.comer.as_deref(), Some("boris"));
    house.presses("boris", &deed(&page, "not-now")).await;
    let page = opens(&house, "boris", TOKEN).await;
    house.presses("boris", &deed(&page, "yes")).await;
    assert!(held(&house, boris, anna).await);
}

#[tokio::test]
async fn nobody_offers_more_than_so_many_and_each_ends_after_thirty_days() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    house.presses("anna", "/menu").await;
    let offers = async || store::invite::offers(&house.db, anna, noon(3)).await.unwrap();
    for expected in (1..=MOST_OFFERED).chain([MOST_OFFERED]) {
        let page = house.presses("anna", "/trust").await;
        house.presses("anna", &deed(&page, "offer")).await;
        assert_eq!(offers().await.len() as u64, expected);
    }
    let last = (noon(3) + TimeDelta::days(i64::from(DAYS) + 1)).date_naive().and_hms_opt(0, 0, 0).unwrap().and_utc();
    assert!(offers().await.iter().all(|offer| offer.ends_at == last));
    // They are no invites to her card.
    assert_eq!(store::invite::count_others_to_card(&house.db, (anna, anna), noon(3)).await.unwrap(), 0);
    assert_eq!(store::invite::made_by(&house.db, anna, noon(3), 100).await.unwrap(), []);
}

/// Two processes, and their turns in the same moment.
async fn both(one: (&House, &Incoming), two: (&House, &Incoming)) {
    let (first, second) = tokio::join!(one.0.turn(KEYBOARD, one.1), two.0.turn(KEYBOARD, two.1));
    for turn in [first, second] {
        assert!(turn.expect("a turn").is_some(), "nobody is left without an answer");
    }
}

async fn again(test: impl AsyncFn(DatabaseConnection, String)) {
    for _ in 0..RUNS {
        on_each(&test).await;
    }
}

async fn about_to(house: &House, who: &str, page: &str, name: &str) -> Incoming {
    let page = house.presses(who, page).await;
    update(who, Heard::Press(deed(&page, name)))
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_accept_in_the_same_moment_one_does() {
    again(async |db, url| {
        let (anna, boris) = (member(&db, "anna").await, member(&db, "boris").await);
        let clara = member(&db, "clara").await;
        let other = store::connect(&url).await.unwrap();
        let (one, two) = (House::on(db), House::on(other));
        offer(&one, TOKEN, anna).await;
        let here = about_to(&one, "boris", &format!("/guaranteed/{TOKEN}"), "yes").await;
        let there = about_to(&two, "clara", &format!("/guaranteed/{TOKEN}"), "yes").await;
        both((&one, &here), (&two, &there)).await;
        assert_ne!(held(&one, anna, boris).await, held(&one, anna, clara).await);
        assert_eq!(store::trust_list::size_of(&one.db, anna).await.unwrap(), 2);
        two.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_accept_each_others_offers_in_the_same_moment_hold_one_guarantee() {
    again(async |db, url| {
        let (anna, boris) = (member(&db, "anna").await, member(&db, "boris").await);
        let other = store::connect(&url).await.unwrap();
        let (one, two) = (House::on(db), House::on(other));
        offer(&one, TOKEN, anna).await;
        offer(&one, "offer-token-0000000002", boris).await;
        let here = about_to(&one, "boris", &format!("/guaranteed/{TOKEN}"), "yes").await;
        let there = about_to(&two, "anna", "/guaranteed/offer-token-0000000002", "yes").await;
        both((&one, &here), (&two, &there)).await;
        assert!(held(&one, anna, boris).await);
        assert_eq!(store::guarantee::count(&one.db).await.unwrap(), 1);
        assert_eq!(waiting(&one, anna).await.len() + waiting(&one, boris).await.len(), 1);
        two.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_taken_back_or_accepted_and_not_both() {
    again(async |db, url| {
        let (anna, boris) = (member(&db, "anna").await, member(&db, "boris").await);
        let other = store::connect(&url).await.unwrap();
        let (one, two) = (House::on(db), House::on(other));
        let id = offer(&one, TOKEN, anna).await;
        let here = about_to(&one, "boris", &format!("/guaranteed/{TOKEN}"), "yes").await;
        let there = about_to(&two, "anna", &format!("/offer/{id}/withdraw"), "withdraw").await;
        both((&one, &here), (&two, &there)).await;
        let told = store::journal::of_member(&one.db, anna, []).await.unwrap();
        let withdrawn = told.iter().any(|row| row.what == "guarantee_withdrawn");
        assert_ne!(held(&one, anna, boris).await, withdrawn);
        two.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_holds_one_with_whoever_left_in_the_same_moment() {
    again(async |db, url| {
        let (anna, boris) = (member(&db, "anna").await, member(&db, "boris").await);
        let other = store::connect(&url).await.unwrap();
        let (one, two) = (House::on(db), House::on(other));
        offer(&one, TOKEN, anna).await;
        two.presses("anna", "/profile").await;
        let here = about_to(&one, "boris", &format!("/guaranteed/{TOKEN}"), "yes").await;
        let there = about_to(&two, "anna", "/leave", "leave").await;
        both((&one, &here), (&two, &there)).await;
        assert!(!held(&one, anna, boris).await);
        assert_eq!(store::trust_list::size_of(&one.db, boris).await.unwrap(), 0);
        two.db.close().await.unwrap();
    })
    .await;
}
