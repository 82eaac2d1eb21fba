//! All that is kept about a member, as a file.

use std::collections::BTreeSet;

use exodus::domain::{MemberId, State};
use exodus::store;
use exodus_engine::conversation::{Content, File, Heard, Rendered};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::Value;

use crate::community::{help, member, monthly, noon, november};
use crate::everybody::{ordinary, pay};
use crate::house::{House, KEYBOARD, NUMBERED, presses};
use crate::support::columns::tables;
use crate::support::database::on_each;

/// Tables in which nothing stands of a member: what the bot keeps for itself.
const NOBODYS: [&str; 18] = [
    "announcement",
    "clearing",
    "clearing_gate",
    "engine_migration",
    "seaql_migrations",
    "seen_update",
    "schedule",
    "lease",
    "pause",
    "telegram_bot",
    "deltachat_bot",
    "deltachat_chat",
    "deltachat_letter",
    "matrix_cursor",
    "matrix_room",
    "matrix_undecrypted",
    "telling",
    "trust_list",
];

fn file(page: &Rendered) -> &File {
    page.file.as_ref().expect("a file")
}

fn read(file: &File) -> Value {
    let Content::Bytes(bytes) = &file.content else { panic!("bytes") };
    serde_json::from_slice(bytes).expect("JSON")
}

async fn asked(house: &House, who: &str) -> Rendered {
    for place in ["/menu", "/profile", "/my-data"] {
        assert_eq!(house.presses(who, place).await.file, None);
    }
    house.presses(who, "/my-data/file").await
}

/// A group of their circle.
async fn bind(db: &DatabaseConnection, keeper: MemberId) {
    let (address, place, about) = ("-100", None, Some(keeper.number()));
    let group =
        store::chat::New { messenger: "terminal", address, place, keeper, lang: "en", card_kind: "group-card", about };
    store::chat::insert(db, group, noon(1)).await.unwrap();
}

/// They allow clearing, keep a promise out of it, and something was set off.
async fn clear(db: &DatabaseConnection, who: MemberId) {
    store::clearing_consent::allow(db, who, noon(1)).await.unwrap();
    let mine = store::commitment::by_receiver(db, who, &[State::Obligation], store::Slice::ALL).await.unwrap();
    let one = &mine[0].commitment;
    store::paid_directly::want(db, one.id, who, noon(1)).await.unwrap();
    let clearing = store::clearing::begin(db, store::clearing::Kind::Month, november(), noon(1)).await.unwrap();
    let (commitment, supporter, receiver, sum) = (one.id, one.supporter, one.receiver, one.sum);
    let line = exodus::domain::SetOff { commitment, supporter, receiver, sum, of: sum };
    store::set_off::push_many(db, clearing, &[line]).await.unwrap();
    assert!(store::clearing::decide(db, clearing, noon(1)).await.unwrap());
    store::set_off::done(db, clearing, &[line], noon(1)).await.unwrap();
}

/// How many rows of a table speak of a member.
async fn rows_of(db: &DatabaseConnection, table: &str, columns: &[&str], who: MemberId) -> i64 {
    let of: Vec<String> = columns.iter().map(|column| format!("{column} = {who}")).collect();
    let sql = format!("SELECT COUNT(*) FROM {table} WHERE {}", of.join(" OR "));
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

#[tokio::test]
async fn it_has_every_row_of_every_table_that_speaks_of_them() {
    on_each(async |db, _| {
        let (people, open) = ordinary(&db).await;
        let (_, orange) = people[1];
        pay(&db, orange, &["Card", "IBAN"], "1234").await;
        help(&db, orange, &open[3], 77_700, State::Obligation).await;
        store::member::set_about(&db, orange, Some("I bake bread.")).await.unwrap();
        store::notification::choose(&db, orange, exodus::domain::Category::Network, exodus::domain::Mode::Off)
            .await
            .unwrap();
        let made = store::invite::insert(&db, "orange-token", orange, orange, noon(1)).await.unwrap();
        store::invite::note_use(&db, made.id, people[0].1, noon(1)).await.unwrap();
        store::guarantee::make(&db, (orange, people[0].1), noon(2)).await.unwrap();
        // A pool that they opened, in which somebody else asks, and one in which they do.
        let (pool, _) = crate::pool::pool(&db, &[orange, people[0].1], "Neighbours", "The roof").await;
        crate::pool::pool(&db, &[people[0].1, orange], "Family", "The door").await;
        crate::pool::invite_to(&db, pool, orange, "pool-token").await;
        let well = crate::initiative::initiative(&db, orange, "A well", "Water for all").await;
        store::initiative::add_news(&db, well, "It has a place", noon(2)).await.unwrap();
        crate::initiative::initiative(&db, people[0].1, "A bench", "To sit on").await;
        let waits = store::digest_item::New {
            member: orange,
            kind: "notice-confirmed".into(),
            facts: "{}".into(),
            record: None,
        };
        // Somebody owes them, and they owe somebody else.
        let mine = help(&db, orange, &open[2], 500, State::Obligation).await;
        let to_me = store::commitment::by_receiver(&db, orange, &[State::Obligation], store::Slice::ALL).await.unwrap();
        let to_me = to_me.into_iter().map(|one| one.commitment).find(|one| one.supporter != mine.receiver).unwrap();
        crate::chain::offered(&db, [to_me.supporter, orange, mine.receiver], &[to_me, mine]).await;
        bind(&db, orange).await;
        clear(&db, orange).await;
        store::digest_item::push_many(&db, [waits], noon(1)).await.unwrap();
        let house = House::on(db);
        house.presses("orange", "/menu").await;
        house.presses("orange", "/accounts").await;
        let page = house.presses("orange", "/accounts").await;
        house.presses("orange", &crate::house::deed(&page, "draw")).await;
        crate::scenes::browsers(&house.db, orange).await;
        crate::scenes::program(&house.db, orange).await;
        let page = house.presses("orange", "/browsers").await;
        house.presses("orange", &crate::house::deed(&page, "draw")).await;
        let page = house.presses("supporter-0-2", "/menu").await;
        drop(page);
        // Something is told to them.
        let page = house.presses("supporter-0-1", "/commitment/2").await;
        house.presses("supporter-0-1", &crate::house::deed(&page, "claim")).await;

        let data = read(file(&asked(&house, "orange").await));
        let mut told = BTreeSet::new();
        for (table, columns) in tables(&house.db).await {
            if NOBODYS.contains(&table.as_str()) {
                continue;
            }
            let rows = data["tables"][&table].as_array().unwrap_or_else(|| panic!("{table} is left out"));
            let own: Vec<&str> = match table.as_str() {
                "person" | "member" => vec!["id"],
                "commitment" | "set_off" => vec!["supporter_id", "receiver_id"],
                "chain" => vec!["supporter_id", "middle_id", "receiver_id"],
                "paid_directly" | "pool_member" | "pool_share" => vec!["member_id"],
                "collection" | "pool_case" => vec!["owner_id"],
                "pool" => vec!["opened_by"],
                "invite" => vec!["inviter_id", "for_id"],
                "outbox" => vec!["recipient_id"],
                "chat" => vec!["keeper_id"],
                // Told by other columns: by the accounts; by commitments; by invites.
                "session" | "web_browser" | "program_reply" | "journal" | "invite_use" | "pool_invite"
                | "initiative" | "initiative_news" => vec![],
                _ => vec![columns.iter().map(String::as_str).find(|one| one.ends_with("_id")).expect("an id")],
            };
            if !own.is_empty() {
                let kept = rows_of(&house.db, &table, &own, orange).await;
                assert_eq!(rows.len() as i64, kept, "{table}");
            }
            assert!(!rows.is_empty(), "a life without any {table} proves nothing");
            told.insert(table);
        }
        assert!(told.len() >= 14, "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn sums_are_sums_and_others_have_names_as_far_as_one_may_know_them() {
    let house = House::in_memory().await;
    let db = &house.db;
    let (anna, boris, vera) = (member(db, "Anna").await, member(db, "Boris").await, member(db, "Vera").await);
    let asks = monthly(db, anna).await;
    help(db, boris, &asks, 12_350, State::Claimed).await;
    // Whom she has removed, and whom she invited once and can't see any more.
    let made = store::invite::insert(db, "token", anna, anna, noon(1)).await.unwrap();
    store::acquaintance::by_invite(db, (vera, anna), &made, noon(1)).await.unwrap();
    store::invite::note_use(db, made.id, vera, noon(1)).await.unwrap();
    assert!(store::acquaintance::remove(db, anna, vera, noon(2)).await.unwrap());
    let page = asked(&house, "Anna").await;
    assert_eq!(
        (file(&page).name.as_str(), file(&page).media_type.as_str()),
        ("exodus-my-data.json", "application/json")
    );
    let data = read(file(&page));
    let help = &data["tables"]["commitment"][0];
    assert_eq!(
        (&help["sum"], &help["supporter_id"], &help["receiver_id"]),
        (&"123.50".into(), &"Boris".into(), &"me".into())
    );
    assert_eq!(data["tables"]["collection"][0]["target"], "500");
    assert_eq!(data["currency"], "EUR");
    let text = data.to_string();
    assert!(text.contains("Boris") && !text.contains("Vera"), "{text}");
    // Whom she removed is told so nowhere, and reads her name no more.
    let of_vera = read(file(&asked(&house, "Vera").await)).to_string();
    assert!(of_vera.contains("acquaintance") && !of_vera.contains("removed"), "{of_vera}");
    assert!(!of_vera.contains("Anna"), "{of_vera}");
    // And nobody else reads any of it.
    let of_boris = read(file(&asked(&house, "Boris").await)).to_string();
    assert!(!of_boris.contains("token"), "{of_boris}");
}

#[tokio::test]
async fn a_vote_says_which_initiative_it_is_for() {
    let house = House::in_memory().await;
    let (anna, boris) = (member(&house.db, "Anna").await, member(&house.db, "Boris").await);
    let id = crate::initiative::initiative(&house.db, anna, "A well", "Water for all").await;
    let well = store::collection::find(&house.db, id).await.unwrap().unwrap();
    help(&house.db, boris, &well, 500, State::Intention).await;
    let of_boris = read(file(&asked(&house, "Boris").await));
    assert_eq!(of_boris["tables"]["commitment"][0]["initiative"], "A well");
}

#[tokio::test]
async fn a_file_comes_with_its_page_and_not_once_more_with_what_is_said_there() {
    let house = House::in_memory().await;
    member(&house.db, "anna").await;
    for caps in [KEYBOARD, NUMBERED] {
        let hear = async |heard: Heard| house.hear("anna", caps, heard).await;
        hear(Heard::Press("/menu".into())).await;
        hear(Heard::Press("/my-data".into())).await;
        let page = hear(Heard::Press("/my-data/file".into())).await;
        assert!(page.file.is_some() && presses(&page).contains(&"/my-data"), "and leads back");
        assert_eq!(hear(Heard::Text("thank you".into())).await.file, None);
        assert_eq!(hear(Heard::Other).await.file, None);
        assert!(hear(Heard::Press("/my-data/file".into())).await.file.is_some(), "asked for once more");
    }
}
