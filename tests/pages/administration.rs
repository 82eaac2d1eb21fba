//! Who administers the community, what they see and do, and what it means for those whom they suspend.

use exodus::domain::{AnnouncementId, Category, CollectionId, MemberId, Mode, Ring, State};
use exodus::store;
use exodus_engine::conversation::{Heard, Rendered};
use exodus_engine::msg;

use crate::community::{emergency, help, member, monthly, noon};
use crate::house::{ADMINISTRATOR, House, NUMBERED, deed, dump, presses};
use crate::support::database::on_each;

/// Every route of the administration, and one that leads to somebody there.
const ROUTES: [&str; 7] =
    ["/admin", "/admin-members", "/admin-members/1", "/admin-member/1", "/suspend/1", "/announce", "/announcement/1"];

const WHY: &str = "Three complaints about unpaid promises";

async fn house() -> (House, MemberId, MemberId) {
    let house = House::in_memory().await;
    let (anna, boris) = (member(&house.db, "anna").await, member(&house.db, "boris").await);
    member(&house.db, ADMINISTRATOR).await;
    let asks = monthly(&house.db, anna).await;
    help(&house.db, boris, &asks, 12_300, State::Obligation).await;
    (house, anna, boris)
}

/// The administrator suspends somebody.
async fn suspend(house: &House, whom: MemberId) -> Rendered {
    for place in ["/menu", "/admin", "/admin-members", &format!("/admin-member/{whom}"), &format!("/suspend/{whom}")] {
        house.presses(ADMINISTRATOR, place).await;
    }
    let page = house.says(ADMINISTRATOR, WHY).await;
    assert!(page.text.plain().contains(WHY));
    house.presses(ADMINISTRATOR, &deed(&page, "suspend")).await
}

async fn restore(house: &House, whom: MemberId) {
    let page = house.presses(ADMINISTRATOR, &format!("/admin-member/{whom}")).await;
    house.presses(ADMINISTRATOR, &deed(&page, "restore")).await;
}

#[tokio::test]
async fn only_whoever_writes_from_a_named_account_finds_it() {
    let (house, anna, _) = house().await;
    // Another account of the administrator does not administer.
    let (_, administrator) =
        store::account::find_by_account(&house.db, "terminal", ADMINISTRATOR).await.unwrap().unwrap();
    store::account::insert(&house.db, administrator.id, "terminal", "elsewhere", noon(1)).await.unwrap();
    store::announcement::insert(&house.db, administrator.id, "SECRET words", administrator.id, noon(1)).await.unwrap();
    let lost = house.words("en", &msg!("page-lost"));
    for who in ["anna", "boris", "elsewhere"] {
        let menu = house.presses(who, "/menu").await;
        assert!(!presses(&menu).contains(&"/admin"), "{who}");
        let kept = dump(&house.db).await;
        for route in ROUTES {
            let text = house.presses(who, route).await.text.plain();
            assert!(text.starts_with(&lost) && !text.contains("SECRET"), "{who} at {route}: {text}");
            for deed in ["suspend", "restore", "send"] {
                let session = store::session::load(&house.db, "terminal", who).await.unwrap().unwrap();
                let press = format!("{}:{deed}", session.word);
                let (offered, rev) = (format!("{}\n\t{press}\tx", session.offered), session.rev);
                let forged = store::session::Model { offered, route: route.trim_start_matches('/').into(), ..session };
                assert!(store::session::save(&house.db, &forged, rev).await.unwrap());
                house.presses(who, &press).await;
            }
        }
        assert_eq!(dump(&house.db).await, kept, "{who}");
    }
    let menu = house.presses(ADMINISTRATOR, "/menu").await;
    assert!(presses(&menu).contains(&"/admin"));
    for route in ROUTES {
        let text = house.presses(ADMINISTRATOR, route).await.text.plain();
        assert!(!text.starts_with(&lost), "{route}: {text}");
    }
    let text = house.presses(ADMINISTRATOR, &format!("/admin-member/{anna}")).await.text.plain();
    assert!(
        text.contains("anna") && !text.contains('€') && !text.contains("boris"),
        "who gives how much is not theirs: {text}"
    );
    for route in ["/card/1", "/commitment/1", "/circle/1"] {
        let text = house.presses(ADMINISTRATOR, route).await.text.plain();
        assert!(text.starts_with(&lost), "an administrator is a member like any other: {route}: {text}");
    }
}

#[tokio::test]
async fn the_figures_are_those_of_the_records() {
    on_each(async |db, _| {
        let (anna, boris, vera) = (member(&db, "anna").await, member(&db, "boris").await, member(&db, "vera").await);
        member(&db, ADMINISTRATOR).await;
        let asks = monthly(&db, anna).await;
        monthly(&db, boris).await;
        emergency(&db, boris).await;
        help(&db, boris, &asks, 12_300, State::Obligation).await;
        help(&db, vera, &asks, 700, State::Obligation).await;
        help(&db, vera, &monthly(&db, member(&db, "gone").await).await, 100, State::Fulfilled).await;
        store::member::suspend(&db, vera, "x", noon(2)).await.unwrap();
        let house = House::on(db);
        house.presses(ADMINISTRATOR, "/menu").await;
        let text = house.presses(ADMINISTRATOR, "/admin").await.text.plain();
        for line in [
            "Members: 5",
            "Green ✅: 1",
            "Orange 🔆: 2",
            "Red 🆘: 1",
            "Suspended: 1",
            "promise: 2, €130",
            "Messages waiting to be sent: 0",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_is_suspended_reads_why_their_data_and_the_way_out_and_nothing_else() {
    let (house, anna, _) = house().await;
    // In the middle of a form, with a page that offers a deed.
    house.presses("anna", "/menu").await;
    let open = house.presses("anna", "/end/1").await;
    let end = deed(&open, "end");
    suspend(&house, anna).await;
    for place in house.screens.clone() {
        let text = house.presses("anna", &format!("/{place}")).await.text.plain();
        let is_theirs = ["my-data", "leave"].contains(&place);
        assert_eq!(text.contains(WHY), !is_theirs, "{place}: {text}");
    }
    for said in ["start", "menu", "help", "language", "500", "profile", "link ABCDEFG2"] {
        let text = house.hear("anna", NUMBERED, Heard::Text(said.to_owned())).await.text.plain();
        assert!(text.contains(WHY), "{said}: {text}");
    }
    let kept = dump(&house.db).await;
    house.presses("anna", &end).await;
    for route in ["/end/1", "/ask-monthly", "/commitment/1", "/status", "/accounts", "/language"] {
        for deed in ["end", "ask", "ask_to_fulfil", "draw", "ru", "forgive"] {
            house.presses("anna", "/menu").await;
            let session = store::session::load(&house.db, "terminal", "anna").await.unwrap().unwrap();
            let press = format!("{}:{deed}", session.word);
            let (offered, rev) = (format!("{}\n\t{press}\tx", session.offered), session.rev);
            let forged = store::session::Model { offered, route: route.trim_start_matches('/').into(), ..session };
            assert!(store::session::save(&house.db, &forged, rev).await.unwrap());
            let text = house.presses("anna", &press).await.text.plain();
            assert!(text.contains(WHY), "{route} {deed}: {text}");
        }
    }
    // But for what is the engine's, and theirs alone: the language they are spoken to in.
    let kept_now = dump(&house.db).await;
    assert_eq!(kept_now, kept);
    assert!(house.presses("anna", "/my-data/file").await.file.is_some());
    restore(&house, anna).await;
    let text = house.presses("anna", "/profile").await.text.plain();
    assert!(text.contains("anna") && !text.contains(WHY), "{text}");
    let page = {
        suspend(&house, anna).await;
        house.presses("anna", "/leave").await
    };
    house.presses("anna", &deed(&page, "leave")).await;
    assert!(store::account::find_by_account(&house.db, "terminal", "anna").await.unwrap().is_none());
}

#[tokio::test]
async fn nobody_is_asked_to_help_one_who_is_suspended_and_what_was_promised_stands() {
    on_each(async |db, _| {
        let (anna, boris, vera) = (member(&db, "anna").await, member(&db, "boris").await, member(&db, "vera").await);
        let administrator = member(&db, ADMINISTRATOR).await;
        let asks = monthly(&db, anna).await;
        help(&db, boris, &asks, 12_300, State::Obligation).await;
        help(&db, boris, &monthly(&db, vera).await, 100, State::Intention).await;
        let token = store::invite::insert(&db, "anna-token", anna, anna, noon(1)).await.unwrap();
        store::acquaintance::by_invite(&db, (vera, anna), &token, noon(1)).await.unwrap();
        let house = House::on(db);
        suspend(&house, anna).await;
        house.presses("vera", "/menu").await;
        let card = house.presses("vera", "/card/1").await;
        let text = card.text.plain();
        assert!(text.contains(&house.words("en", &msg!("card-suspended"))) && !text.contains("€500"), "{text}");
        assert!(!text.contains(WHY), "why is for them alone: {text}");
        assert!(!presses(&card).contains(&"/help/1"));
        let lost = house.words("en", &msg!("page-lost"));
        assert!(house.presses("vera", "/help/1").await.text.plain().starts_with(&lost));
        let network = house.presses("boris", "/network").await;
        assert!(network.buttons.iter().flatten().any(|one| one.label == "⏸ anna"), "{:?}", network.buttons);
        let invites = house.presses("boris", "/invite-to").await;
        assert!(invites.buttons.iter().flatten().all(|one| !one.label.contains("anna")), "{:?}", invites.buttons);
        // Her invite leads nowhere, as an unknown one does.
        let text = house.says("stranger", "start anna-token").await.text.plain();
        assert!(text.contains(&house.words("en", &msg!("welcome-invite"))), "{text}");
        // The obligation stands, and she is told nothing of what is done about it.
        let page = house.presses("boris", "/commitment/1").await;
        house.presses("boris", &deed(&page, "claim")).await;
        let told = store::outbox::of_person(&house.db, anna).await.unwrap();
        let kinds: Vec<&str> = told.iter().map(|row| row.kind.as_str()).collect();
        assert_eq!(kinds, ["notice-suspended"]);
        assert!(store::outbox::of_person(&house.db, administrator).await.unwrap().is_empty());
        assert_eq!(
            store::commitment::find(&house.db, exodus::domain::CommitmentId::new(1)).await.unwrap().unwrap().state,
            State::Claimed
        );
        restore(&house, anna).await;
        let card = house.presses("vera", "/card/1").await;
        assert!(presses(&card).contains(&"/help/1"));
        let told = store::outbox::of_person(&house.db, anna).await.unwrap();
        assert_eq!(told.last().unwrap().kind, "notice-restored");
        assert_eq!(Ring::Near, store::collection::find(&house.db, CollectionId::new(1)).await.unwrap().unwrap().ring);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_is_suspended_by_nobody() {
    let (house, ..) = house().await;
    let (_, administrator) =
        store::account::find_by_account(&house.db, "terminal", ADMINISTRATOR).await.unwrap().unwrap();
    house.presses(ADMINISTRATOR, "/menu").await;
    let page = house.presses(ADMINISTRATOR, &format!("/admin-member/{}", administrator.id)).await;
    assert!(presses(&page).iter().all(|press| !press.contains("suspend")), "{:?}", presses(&page));
    let text = house.presses(ADMINISTRATOR, &format!("/suspend/{}", administrator.id)).await.text.plain();
    assert!(text.starts_with(&house.words("en", &msg!("page-lost"))), "{text}");
}

#[tokio::test]
async fn a_message_to_all_is_shown_as_it_is_read_and_sent_by_one_press_once() {
    let (house, anna, boris) = house().await;
    house.presses(ADMINISTRATOR, "/menu").await;
    house.presses(ADMINISTRATOR, "/admin").await;
    house.presses(ADMINISTRATOR, "/announce").await;
    let page = house.says(ADMINISTRATOR, &"x".repeat(1_001)).await;
    assert!(page.asks, "too long: it asks again");
    let page = house.says(ADMINISTRATOR, "We meet on Sunday.\n\nBring <b>cake</b>.").await;
    assert!(page.text.plain().contains("We meet on Sunday.\n\nBring <b>cake</b>."), "{}", page.text.plain());
    assert!(page.text.plain().contains("3 members"), "{}", page.text.plain());
    // Who has switched that off reads nothing, and is not counted; who has the daily message reads it there.
    for (who, mode, count) in [(boris, Mode::Off, "2 members"), (anna, Mode::Digest, "2 members")] {
        store::notification::choose(&house.db, who, Category::Announcements, mode).await.unwrap();
        house.presses(ADMINISTRATOR, "/announce").await;
        let page = house.presses(ADMINISTRATOR, "/announce").await;
        assert!(page.text.plain().contains(count), "{}", page.text.plain());
    }
    let page = house.presses(ADMINISTRATOR, "/announce").await;
    let send = deed(&page, "send");
    let page = house.presses(ADMINISTRATOR, &send).await;
    assert!(page.text.plain().contains("On its way"), "{}", page.text.plain());
    house.presses(ADMINISTRATOR, &send).await;
    house.presses(ADMINISTRATOR, "/announce").await;
    assert!(store::announcement::find(&house.db, AnnouncementId::new(2)).await.unwrap().is_none());
}

#[tokio::test]
async fn who_have_the_same_name_are_told_apart() {
    let (house, _, boris) = house().await;
    let other = member(&house.db, "another").await;
    store::member::set_name(&house.db, other, "ANNA ").await.unwrap();
    house.presses(ADMINISTRATOR, "/menu").await;
    let page = house.presses(ADMINISTRATOR, "/admin-members").await;
    let labels: Vec<&str> = page.buttons.iter().flatten().map(|button| button.label.as_str()).collect();
    let annas: Vec<&&str> = labels.iter().filter(|label| label.to_lowercase().contains("anna")).collect();
    assert!(annas.len() == 2 && annas.iter().all(|label| label.contains(", since ")), "{labels:?}");
    assert!(labels.iter().any(|label| label.ends_with("boris")), "{labels:?}");
    let page = house.presses(ADMINISTRATOR, &format!("/admin-member/{boris}")).await;
    assert!(page.text.plain().contains("Accounts: terminal"), "{}", page.text.plain());
    let page = house.presses(ADMINISTRATOR, &format!("/suspend/{boris}")).await;
    assert!(page.text.plain().contains("A member since"), "{}", page.text.plain());
}

#[tokio::test]
async fn those_whose_help_waits_are_told_when_it_can_be_confirmed_again() {
    let (house, anna, boris) = house().await;
    suspend(&house, anna).await;
    house.presses("boris", "/menu").await;
    let page = house.presses("boris", "/commitment/1").await;
    assert!(page.text.plain().contains("Your promise stands"), "{}", page.text.plain());
    house.presses("boris", &deed(&page, "claim")).await;
    let page = house.presses("boris", "/commitment/1").await;
    assert!(presses(&page).iter().all(|press| !press.contains("remind")), "{:?}", presses(&page));
    restore(&house, anna).await;
    for (who, kind) in [(anna, "notice-restored"), (boris, "notice-restored-claimed")] {
        let told = store::outbox::of_person(&house.db, who).await.unwrap();
        assert_eq!(told.last().unwrap().kind, kind);
    }
    let told = store::outbox::of_person(&house.db, anna).await.unwrap();
    assert!(told.last().unwrap().facts.contains("12300"), "what waits for her: {}", told.last().unwrap().facts);
}
