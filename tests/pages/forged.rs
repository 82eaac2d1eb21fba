//! What nobody was offered and somebody sends all the same: nothing changes, and nothing of others is revealed.

use exodus::domain::{About, CollectionId, CommitmentId, MemberId, PaymentName, PaymentValue, Ring, State};
use exodus::store;
use exodus::store::outbox::NoticeId;
use exodus_engine::conversation::{Heard, Rendered};
use exodus_engine::msg;

use crate::community::{emergency, help, member, monthly, noon, november};
use crate::forged_presses::FORGED;
use crate::house::{ADMINISTRATOR, House, KEYBOARD, NUMBERED, deed, dump, presses, update};
use crate::places::{PLACES, UNKNOWN};

/// Anna is helped by Boris; Mallory knows neither.
async fn house() -> (House, MemberId) {
    let house = House::in_memory().await;
    let db = &house.db;
    let (anna, boris) = (member(db, "Anna").await, member(db, "Boris").await);
    let mallory = member(db, "Mallory").await;
    let (held, administrator) = (member(db, "Held").await, member(db, ADMINISTRATOR).await);
    store::member::suspend(db, held, "a reason", noon(2)).await.unwrap();
    store::announcement::insert(db, administrator, "Hello", mallory, noon(2)).await.unwrap();
    let clearing = store::clearing::begin(db, store::clearing::Kind::Month, november(), noon(1)).await.unwrap();
    assert!(store::clearing::decide(db, clearing, noon(1)).await.unwrap());
    let (name, value) = (PaymentName::read("Anna's card").unwrap(), PaymentValue::read("123 456 500").unwrap());
    store::payment_detail::insert(db, anna, &name, &value, true).await.unwrap();
    let asks = monthly(db, anna).await;
    let urgent = emergency(db, boris).await;
    help(db, boris, &asks, 12_300, State::Claimed).await;
    help(db, anna, &urgent, 45_600, State::Obligation).await;
    store::invite::insert(db, "anna-token", anna, anna, noon(1)).await.unwrap();
    store::invite::insert(db, "mallory-token", mallory, mallory, noon(1)).await.unwrap();
    let old = store::invite::insert(db, "revoked-token", boris, anna, noon(1)).await.unwrap();
    store::invite::revoke(db, old.id, noon(2)).await.unwrap();
    store::invite::insert_offer(db, "offer-token", anna, noon(30), noon(1)).await.unwrap();
    store::guarantee::make(db, (anna, boris), noon(2)).await.unwrap();
    let (pool, _) = crate::pool::pool(db, &[anna, boris], "Neighbours", "The roof").await;
    crate::pool::invite_to(db, pool, anna, "pool-token").await;
    crate::initiative::initiative(db, anna, "A well", "Water for all").await;
    let (sides, owed) = crate::chain::owing(db, ["Gives", "Passes", "Gets"]).await;
    crate::chain::offered(db, sides, &owed).await;
    let claimed = store::outbox::New {
        recipient: anna,
        kind: "notice-claimed".into(),
        facts: format!(r#"{{"name":{{"member":{boris}}},"sum":{{"sum":12300}}}}"#),
        about: Some(About::Commitment(CommitmentId::new(1)).to_string()),
        record: None,
        priority: 0,
        by_day: false,
        due_at: noon(1),
        word: "1".into(),
        number: 1,
    };
    store::outbox::push_many(db, [claimed], noon(1)).await.unwrap();
    store::outbox::sent(db, NoticeId::new(1), None, noon(1)).await.unwrap();
    (house, mallory)
}

#[tokio::test]
async fn a_route_or_a_deed_of_somebody_else_leads_home_and_changes_nothing() {
    let (house, _) = house().await;
    house.says("Mallory", "/menu").await;
    let kept = dump(&house.db).await;
    let long = "x".repeat(10_000);
    for caps in [KEYBOARD, NUMBERED] {
        for data in FORGED.iter().copied().chain([long.as_str()]) {
            let page = house.hear("Mallory", caps, Heard::Press(data.to_owned())).await;
            let text = page.text.plain();
            for secret in ["Anna", "Boris", "123", "456", "500"] {
                assert!(!text.contains(secret), "{data:?} reveals {secret}:\n{text}");
            }
            let broken = house.words("en", &msg!("page-broken"));
            assert!(!text.contains(&broken), "{data:?} breaks the turn");
            assert_eq!(dump(&house.db).await, kept, "{data:?} changes something");
            assert!(presses(&page).iter().any(|press| *press == "/menu" || *press == "/profile"), "{data:?}: {text}");
        }
    }
}

#[tokio::test]
async fn what_only_others_were_offered_is_not_done() {
    let (house, _) = house().await;
    let hers = house.presses("Anna", "/commitment/1").await;
    let confirm = deed(&hers, "confirm");
    house.says("Mallory", "/menu").await;
    house.presses("Boris", "/commitment/1").await;
    let kept = dump(&house.db).await;
    for who in ["Mallory", "Boris"] {
        for data in [confirm.as_str(), "n1:confirm", "n1:not-received", "1:forgive", "2:confirm"] {
            house.presses(who, data).await;
            assert_eq!(dump(&house.db).await, kept, "{who} presses {data}");
        }
    }
    // She may, once.
    house.presses("Anna", &confirm).await;
    let confirmed = dump(&house.db).await;
    assert_ne!(confirmed, kept);
    house.presses("Anna", &confirm).await;
    house.presses("Anna", "n1:confirm").await;
    assert_eq!(dump(&house.db).await, confirmed);
}

#[tokio::test]
async fn why_an_invite_leads_nowhere_is_told_to_nobody() {
    let (house, _) = house().await;
    let bare = house.says("Mallory", "/start no-token-at-all").await;
    let kept = dump(&house.db).await;
    let long = "a".repeat(10_000);
    for token in [
        "nothing",
        "revoked-token",
        "anna-toke",
        "anna-tokenn",
        "ANNA-TOKEN",
        "anna token",
        "../menu",
        "menu",
        "card/1",
        "💥",
        "'--",
        "%",
        "anna_token",
        long.as_str(),
    ] {
        let page = house.says("Mallory", &format!("/start {token}")).await;
        let shown: String = token.chars().take(40).collect();
        assert_eq!(page.text, bare.text, "{shown:?}");
        assert_eq!(dump(&house.db).await, kept, "{shown:?}");
    }
    let own = house.says("Mallory", "/start mallory-token").await;
    assert!(own.text.plain().starts_with(&house.words("en", &msg!("invite-own"))), "{}", own.text.plain());
    assert_eq!(dump(&house.db).await, kept);
}

#[tokio::test]
async fn a_newcomer_can_not_tell_a_revoked_invite_from_none() {
    let (house, _) = house().await;
    let mut ends = Vec::new();
    for (who, words) in
        [("one", "/start"), ("two", "/start nothing"), ("three", "/start revoked-token"), ("four", "hello")]
    {
        let kept = dump(&house.db).await;
        let welcome = house.says(who, words).await;
        assert_eq!(dump(&house.db).await, kept, "{who}");
        let mut choice = update(who, Heard::Press(deed(&welcome, "en")));
        choice.name = "Nobody".into();
        let menu = house.turn(KEYBOARD, &choice).await.expect("a turn").expect("an answer").rendered;
        ends.push(menu.text.plain());
    }
    ends.dedup();
    assert_eq!(ends.len(), 1, "{ends:#?}");
}

#[tokio::test]
async fn a_newcomer_sees_nothing_but_the_welcome() {
    let (house, _) = house().await;
    let kept = dump(&house.db).await;
    let welcome = house.says("stranger", "/start").await.text;
    for data in [
        "/menu",
        "/card/1",
        "/commitment/1",
        "/network",
        "/expand",
        "/circle/1",
        "/invited/anna-token",
        "/language",
        "/faq",
        "n1:confirm",
        "/x",
    ] {
        let page = house.presses("stranger", data).await;
        assert!(page.text.plain().ends_with(&welcome.plain()), "{data}: {}", page.text.plain());
        assert_eq!(dump(&house.db).await, kept, "{data}");
    }
}

#[tokio::test]
async fn a_deed_that_a_screen_does_not_know_is_an_old_bookmark_wherever_it_is_pressed() {
    let (house, mallory) = house().await;
    let link = store::invite::find_by_token(&house.db, "anna-token", None, noon(1)).await.unwrap().unwrap();
    store::acquaintance::by_invite(&house.db, (mallory, link.for_id), &link, noon(2)).await.unwrap();
    let screens: std::collections::BTreeSet<&str> =
        PLACES.iter().map(|(_, place)| place.split('/').next().unwrap()).collect();
    assert_eq!(screens.into_iter().collect::<Vec<_>>(), house.screens, "each screen has a place");
    house.says("stranger", "/start").await;
    for (who, place) in PLACES {
        for deed in UNKNOWN {
            house.presses(who, &format!("/{place}")).await;
            // As if the page had offered it: by a release that called its deeds otherwise.
            let session = store::session::load(&house.db, "terminal", who).await.unwrap().unwrap();
            let press = format!("{}:{deed}", session.word);
            let offered = format!("{}\n\t{press}\tAn old button", session.offered);
            let (rev, kept) = (session.rev, dump(&house.db).await);
            assert!(store::session::save(&house.db, &store::session::Model { offered, ..session }, rev).await.unwrap());
            let page = house.presses(who, &press).await;
            assert_eq!(dump(&house.db).await, kept, "{who} at {place} does {deed:?}");
            // To whom nothing else is open, there is no menu to be led to.
            let lost = if ["stranger", "Held"].contains(&who) { msg!("page-stale") } else { msg!("page-lost") };
            let lost = house.words("en", &lost);
            assert!(page.text.plain().starts_with(&lost), "{who} at {place}, {deed:?}: {}", page.text.plain());
        }
    }
}

#[tokio::test]
async fn a_ring_is_told_as_it_was_offered_and_no_wider_one() {
    let (house, mallory) = house().await;
    // Boris - Anna - Clara - Mallory: somebody is in each ring.
    let clara = member(&house.db, "Clara").await;
    help(
        &house.db,
        clara,
        &store::collection::find(&house.db, CollectionId::new(1)).await.unwrap().unwrap(),
        100,
        State::Intention,
    )
    .await;
    help(&house.db, mallory, &monthly(&house.db, clara).await, 100, State::Intention).await;
    let offered = |page: &Rendered| {
        let press = presses(page).into_iter().find(|press| press.contains(":tell-"));
        press.map(|press| press.split_once(':').unwrap().1.to_owned())
    };
    let page = house.presses("Boris", "/status").await;
    assert_eq!(offered(&page).as_deref(), Some("tell-network/2"));
    // The calendar is faster.
    store::collection::set_ring(&house.db, CollectionId::new(2), Ring::Network).await.unwrap();
    let page = house.presses("Boris", &deed(&page, "tell-network/2")).await;
    let ring = async || store::collection::find(&house.db, CollectionId::new(2)).await.unwrap().unwrap().ring;
    assert_eq!((ring().await, offered(&page).as_deref()), (Ring::Network, Some("tell-far/2")));
    house.presses("Boris", &deed(&page, "tell-far/2")).await;
    assert_eq!(ring().await, Ring::Far);
}
