//! Leaving: what ends with it, what is told, and that nothing of whoever left is found afterwards.

use exodus::aid::{By, Community, Rules, unit};
use exodus::domain::{CollectionKind, CommitmentId, MemberId, Money, PaymentName, PaymentValue, State};
use exodus::notices::Notices;
use exodus::store;
use exodus_engine::conversation::{Heard, Moment, OsChance, Rendered};
use exodus_engine::hours::Zone;
use exodus_engine::msg;
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, PaginatorTrait, Statement};

use crate::community::{become_of, emergency, help, help_of, member, monthly, noon, october};
use crate::house::{House, KEYBOARD, MAX, NUMBERED, deed, presses, update};
use crate::support::columns::{places, tables};
use crate::support::database::on_each;

const NAME: &str = "Zinaida Quux";

/// All that could tell who she was.
const HER_WORDS: [&str; 13] = [
    "her robot",
    "jar of plums",
    "prune tree",
    "zinaida",
    "quux",
    "rye bread",
    "zina.example",
    "zina's card",
    "zx-4242",
    // Her other accounts.
    "777000777",
    "@zina:matrix",
    "browsers of",
    "zina-link",
];

/// A life among others: asked for help and was helped, helped others, invited, was invited, chose this and that, was told.
struct Life {
    house: House,
    her: MemberId,
    tokens: Vec<String>,
}

async fn live(db: DatabaseConnection) -> Life {
    let her = member(&db, NAME).await;
    for (messenger, address) in [("telegram", "777000777"), ("matrix", "@zina:matrix.example")] {
        store::account::insert(&db, her, messenger, address, noon(1)).await.unwrap();
    }
    crate::scenes::browsers(&db, her).await;
    crate::scenes::program(&db, her).await;
    store::web::link::put(&db, her, "zina-link", noon(4), false).await.unwrap();
    store::member::set_about(&db, her, Some("I bake rye bread: https://zina.example/")).await.unwrap();
    let (name, value) = (PaymentName::read("Zina's card").unwrap(), PaymentValue::read("ZX-4242-1111").unwrap());
    store::payment_detail::insert(&db, her, &name, &value, true).await.unwrap();
    let asks = monthly(&db, her).await;
    let mut others = Vec::new();
    for name in ["boris", "vera", "gleb", "dina", "olga"] {
        others.push(member(&db, name).await);
    }
    let [boris, vera, gleb, dina, olga] = others[..] else { panic!("five") };
    // What others do for her, in every state; and she for others.
    help(&db, boris, &asks, 10_100, State::Intention).await;
    help(&db, vera, &asks, 10_200, State::Obligation).await;
    help(&db, gleb, &asks, 10_300, State::Claimed).await;
    help(&db, dina, &asks, 10_400, State::Fulfilled).await;
    help_of(&db, olga, &asks, 10_500, State::Overdue, october()).await;
    for (other, sum, state) in [
        (boris, 20_100, State::Obligation),
        (vera, 20_200, State::Claimed),
        (gleb, 20_300, State::Fulfilled),
        (dina, 20_400, State::Withdrawn),
    ] {
        let asks = monthly(&db, other).await;
        let given = help(&db, her, &asks, sum, state).await;
        store::commitment::set_note(&db, given.id, Some("A jar of plums")).await.unwrap();
    }
    help_of(&db, her, &monthly(&db, olga).await, 20_500, State::OverdueClaimed, october()).await;
    let (pool, _) = crate::pool::pool(&db, &[boris, vera, her], "Neighbours", "My prune tree burned down").await;
    crate::pool::invite_to(&db, pool, her, "pool-token").await;
    let well = crate::initiative::initiative(&db, her, "Water for my prune tree", "A well by the prune tree").await;
    store::initiative::add_news(&db, well, "The prune tree gets its water", noon(2)).await.unwrap();
    let well = store::collection::find(&db, well).await.unwrap().unwrap();
    help(&db, dina, &well, 30_100, State::Intention).await;
    let theirs = crate::initiative::initiative(&db, vera, "A bench", "To sit on").await;
    help(&db, her, &store::collection::find(&db, theirs).await.unwrap().unwrap(), 30_200, State::Intention).await;
    // And of somebody else's case she has a share: it was opened before her emergency.
    crate::pool::pool(&db, &[her, boris, vera], "Street", "A flood").await;
    emergency(&db, her).await;
    let house = House::on(db);
    let mut tokens = vec!["pool-token".to_owned()];
    for (by, to) in [(her, her), (boris, her), (her, boris)] {
        let token = format!("drawn-{by}-{to}-token");
        let made = store::invite::insert(&house.db, &token, by, to, noon(2)).await.unwrap();
        store::invite::note_use(&house.db, made.id, olga, noon(2)).await.unwrap();
        tokens.push(token);
    }
    store::invite::insert_offer(&house.db, "drawn-offer-token", her, noon(30), noon(2)).await.unwrap();
    tokens.push("drawn-offer-token".to_owned());
    for (one, other) in [(her, boris), (vera, her), (boris, gleb)] {
        store::guarantee::make(&house.db, (one, other), noon(2)).await.unwrap();
    }
    let by_vera = store::invite::insert(&house.db, "vera-token", vera, vera, noon(2)).await.unwrap();
    store::invite::note_use(&house.db, by_vera.id, her, noon(2)).await.unwrap();
    let chosen = exodus::domain::Category::Network;
    store::clearing_consent::allow(&house.db, her, noon(2)).await.unwrap();
    exodus_engine::store::link_code::put(&house.db, her, "QUUX-0042", noon(29)).await.unwrap();
    let gathered = store::digest_item::New {
        member: her,
        kind: "notice-circle-intention".to_owned(),
        facts: format!(r#"{{"name":{{"member":{boris}}},"friend":{{"member":{vera}}},"sum":{{"sum":1}}}}"#),
        record: None,
    };
    store::digest_item::push_many(&house.db, [gathered], noon(2)).await.unwrap();
    for (promise, side) in [(2, her), (2, vera), (6, her)] {
        store::paid_directly::want(&house.db, CommitmentId::new(promise), side, noon(2)).await.unwrap();
    }
    store::notification::choose(&house.db, her, chosen, exodus::domain::Mode::Digest).await.unwrap();
    let group = store::chat::New {
        messenger: "terminal",
        address: "-100",
        place: None,
        keeper: her,
        lang: "en",
        card_kind: "group-card",
        about: Some(her.number()),
    };
    store::chat::insert(&house.db, group, noon(2)).await.unwrap();
    store::person::set_zone(&house.db, her, "Europe/Podgorica", Some("Kazan")).await.unwrap();
    chat(&house).await;
    Life { house, her, tokens }
}

/// What she and others have before them when she leaves: their open pages name her, and so does what they typed last.
async fn chat(house: &House) {
    for place in ["/menu", "/profile", "/accounts", "/accounts/link"] {
        house.hear(NAME, NUMBERED, Heard::Press(place.to_owned())).await;
    }
    house.hear(NAME, NUMBERED, Heard::Press("/about".to_owned())).await;
    for (who, place) in [
        ("boris", "/network"),
        ("vera", "/circle/1"),
        ("gleb", "/list/given"),
        ("dina", "/invite/1"),
        ("olga", "/card/1"),
    ] {
        for place in ["/menu", place] {
            house.hear(who, NUMBERED, Heard::Press(place.to_owned())).await;
        }
    }
    house.hear("boris", NUMBERED, Heard::Text(NAME.to_owned())).await;
    house.hear("boris", NUMBERED, Heard::Press("/network".to_owned())).await;
    // A newcomer who came by her invite and has not chosen a language yet.
    house.hear("newcomer", NUMBERED, Heard::Text("start drawn-1-1-token".to_owned())).await;
    // Said above the page that comes next.
    let page = house.hear("vera", KEYBOARD, Heard::Press("/commitment/2".to_owned())).await;
    house.hear("vera", KEYBOARD, Heard::Press(deed(&page, "claim"))).await;
}

/// She leaves; the last that she reads.
async fn leaves(house: &House) -> Rendered {
    house.presses(NAME, "/menu").await;
    house.presses(NAME, "/profile").await;
    let page = house.presses(NAME, "/leave").await;
    house.presses(NAME, &deed(&page, "leave")).await
}

/// What still has the number of one who left: what others have done with them, or what has no words of theirs.
const KEPT: [&str; 8] =
    ["member", "person", "collection", "commitment", "journal", "acquaintance", "schedule", "pool_case"];

/// The columns that say whom a row is about.
async fn columns_of_members(db: &DatabaseConnection) -> Vec<(String, String)> {
    let of = ["member_id", "person_id", "recipient_id", "owner_id", "inviter_id", "for_id", "other_id", "keeper_id"];
    let tables = tables(db).await.into_iter();
    let places = tables.flat_map(|(table, columns)| columns.into_iter().map(move |column| (table.clone(), column)));
    places.filter(|(_, column)| of.contains(&column.as_str())).collect()
}

/// Those of them that say so of this member.
async fn speaks_of(db: &DatabaseConnection, member: MemberId) -> Vec<(String, String)> {
    let mut speak = Vec::new();
    for (table, column) in columns_of_members(db).await {
        let sql = format!("SELECT 1 FROM {table} WHERE {column} = {member}");
        let found = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        if !found.is_empty() {
            speak.push((table, column));
        }
    }
    speak
}

#[tokio::test]
async fn nothing_of_one_who_left_is_found_in_any_column_of_any_table() {
    on_each(async |db, _| {
        let Life { house, her, tokens } = live(db).await;
        let words: Vec<&str> = HER_WORDS.into_iter().chain(tokens.iter().map(String::as_str)).collect();
        let before = places(&house.db, &words).await;
        for (table, column) in [
            ("member", "name"),
            ("member", "about"),
            ("payment_detail", "value"),
            ("account", "address"),
            ("invite", "token"),
            ("commitment", "note"),
            ("pool_case", "words"),
            ("initiative", "title"),
            ("initiative", "words"),
            ("initiative_news", "words"),
            ("session", "address"),
            ("session", "offered"),
            ("session", "saying"),
            ("session", "route"),
        ] {
            let stands = before.iter().any(|(one, its, _)| (one.as_str(), its.as_str()) == (table, column));
            assert!(stands, "a life that leaves no trace in {table}.{column} proves nothing: {before:?}");
        }
        let speak = speaks_of(&house.db, her).await;
        for (table, _) in columns_of_members(&house.db).await {
            let stands = speak.iter().any(|(one, _)| *one == table);
            assert!(stands, "a life that leaves no row in {table} proves nothing");
        }
        let farewell = leaves(&house).await;
        assert_eq!(farewell.text.plain(), house.words("en", &msg!("leave-farewell")));
        assert_eq!(presses(&farewell), Vec::<&str>::new(), "it offers nothing");
        assert_eq!(places(&house.db, &words).await, [], "of whoever left nothing is kept");
        let after = speaks_of(&house.db, her).await;
        let stays: Vec<_> = after.iter().filter(|(table, _)| !KEPT.contains(&table.as_str())).collect();
        assert!(stays.is_empty(), "{stays:?} speak of her");
    })
    .await;
}

#[tokio::test]
async fn what_was_not_settled_is_cancelled_and_the_other_side_is_told_once_of_each() {
    on_each(async |db, _| {
        let Life { house, her, .. } = live(db).await;
        let before = store::commitment::Entity::find().all(&house.db).await.unwrap();
        leaves(&house).await;
        for was in before {
            let now = store::commitment::find(&house.db, was.id).await.unwrap().unwrap();
            let state = State::parse(&was.state).unwrap();
            let becomes = if state.is_settled() { state } else { State::Cancelled };
            assert_eq!(now.state, becomes, "{was:?}");
            assert_eq!(now.sum.minor(), was.sum, "sums stay");
            let other = if was.supporter_id == her { was.receiver_id } else { was.supporter_id };
            let record = format!("commitment/{}", was.id);
            let told = store::outbox::of_person(&house.db, other).await.unwrap();
            let of_it = told.iter().filter(|row| row.record.as_deref() == Some(&record) && row.kind.contains("-left"));
            assert_eq!(of_it.count(), usize::from(!state.is_settled()), "{was:?}: {told:?}");
        }
        assert!(store::collection::open_of(&house.db, her).await.unwrap().is_empty());
        assert!(store::chat::of_keepers(&house.db, [her]).await.unwrap().is_empty(), "her group is let go");
        assert_eq!(store::outbox::of_person(&house.db, her).await.unwrap(), []);
        // Those with whom she held a guarantee hold none with her; one of the two has another one.
        for (name, list) in [("boris", 2), ("vera", 0)] {
            let other = store::account::find_by_account(&house.db, "terminal", name).await.unwrap().unwrap().1.id;
            let told = store::outbox::of_person(&house.db, other).await.unwrap();
            assert_eq!(told.iter().filter(|row| row.kind == "notice-guarantee-left").count(), 1, "{name}: {told:?}");
            assert_eq!(store::trust_list::size_of(&house.db, other).await.unwrap(), list, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn in_the_archives_of_others_stands_a_former_member_with_sum_and_date() {
    let Life { house, .. } = live(House::in_memory().await.db).await;
    leaves(&house).await;
    for (who, place) in [("gleb", "/list/received"), ("dina", "/list/given")] {
        house.presses(who, "/menu").await;
        let page = house.presses(who, place).await;
        let seen = format!("{} {:?}", page.text.plain(), page.buttons);
        assert!(seen.contains("Former member") && seen.contains("€"), "{who}: {seen}");
    }
    // The commitment itself, from either side, offers nothing that would need her.
    for (who, commitment, sum) in [("dina", 4, "€104"), ("gleb", 8, "€203"), ("boris", 1, "€101"), ("vera", 7, "€202")]
    {
        house.presses(who, "/menu").await;
        let page = house.presses(who, &format!("/commitment/{commitment}")).await;
        let text = page.text.plain();
        assert!(text.contains("Former member") && text.contains(sum), "{who}: {text}");
        let deeds: Vec<&str> = presses(&page).into_iter().filter(|press| !press.starts_with('/')).collect();
        assert_eq!(deeds, Vec::<&str>::new(), "{who}");
    }
    for (who, place) in [("boris", "/card/1"), ("olga", "/circle/1"), ("boris", "/helps/1"), ("vera", "/help/1")] {
        house.presses(who, "/menu").await;
        let text = house.presses(who, place).await.text.plain();
        assert!(text.starts_with(&house.words("en", &msg!("page-lost"))), "{who} at {place}: {text}");
    }
    for who in ["boris", "vera", "gleb", "dina", "olga"] {
        for place in ["/network", "/network/near", "/network/helps-me", "/network/i-help", "/expand", "/invite-to"] {
            let page = house.presses(who, place).await;
            assert!(!presses(&page).contains(&"/card/1"), "{who} at {place}");
        }
    }
}

#[tokio::test]
async fn coming_back_starts_from_nothing() {
    let Life { house, her, .. } = live(House::in_memory().await.db).await;
    let old = house.presses(NAME, "/profile").await;
    let page = house.presses(NAME, "/leave").await;
    let leave = deed(&page, "leave");
    let left = update(NAME, Heard::Press(leave.clone()));
    assert!(house.turn(KEYBOARD, &left).await.unwrap().is_some());
    assert!(house.turn(KEYBOARD, &left).await.unwrap().is_none(), "the same update once more");
    // An old button, and the same one pressed again.
    for press in [presses(&old)[0], leave.as_str(), "/commitment/1"] {
        let page = house.presses(NAME, press).await;
        assert!(page.text.plain().contains(&house.words("en", &msg!("welcome-hello"))), "{}", page.text.plain());
    }
    let page = house.says(NAME, "/start").await;
    house.presses(NAME, &deed(&page, "en")).await;
    let (_, person) = store::account::find_by_account(&house.db, "terminal", NAME).await.unwrap().unwrap();
    assert_ne!(person.id, her);
    let network = house.presses(NAME, "/network").await;
    assert!(presses(&network).iter().all(|press| !press.starts_with("/card/")), "{:?}", presses(&network));
    let profile = house.presses(NAME, "/profile").await.text.plain();
    assert!(!profile.contains("rye bread"), "{profile}");
}

#[tokio::test]
async fn asking_to_leave_and_thinking_better_of_it_changes_nothing() {
    let Life { house, .. } = live(House::in_memory().await.db).await;
    let kept = crate::house::dump(&house.db).await;
    for words in ["leave the bot", "1", "1", "no", "cancel"] {
        house.hear(NAME, NUMBERED, Heard::Press("/profile".to_owned())).await;
        house.hear(NAME, NUMBERED, Heard::Press("/leave".to_owned())).await;
        house.hear(NAME, NUMBERED, Heard::Text(words.to_owned())).await;
        assert_eq!(crate::house::dump(&house.db).await, kept, "{words}");
    }
    // What it says first, in figures: six in her favour of which one is fulfilled, six of hers of which two are over.
    let text = house.presses(NAME, "/leave").await.text.plain();
    assert!(
        text.contains("your help to others: 4, €910") && text.contains("help from others to you: 5, €712"),
        "{text}"
    );
}

/// A month ends after she has left: nothing of hers is carried over, nothing goes overdue, and missing is what it is.
#[tokio::test]
async fn a_month_that_ends_after_that_brings_nothing_back() {
    on_each(async |db, _| {
        let Life { house, her, .. } = live(db).await;
        leaves(&house).await;
        let rules = Rules { zone: Zone::UTC, max_amount: MAX, guarantee_amount: Money::from_minor(10_000) };
        let december = exodus::domain::Month::from_number(202_612).unwrap().first_instant(&Zone::UTC);
        let tx = store::begin(&house.db).await.unwrap();
        let at = Moment { tx: &tx, now: december, chance: &OsChance };
        let community = Community { rules: &rules, tells: &Notices };
        let mut after = (exodus::domain::CollectionId::BEFORE_ALL, MemberId::BEFORE_ALL);
        unit::run(at, community, By::Calendar, async |work| {
            while let Some(part) =
                exodus::aid::month::close_next(work, exodus::domain::Month::from_number(202_611).unwrap(), after)
                    .await?
            {
                after = part.to;
            }
            Ok(())
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        for row in store::commitment::rows_of(&house.db, her).await.unwrap() {
            let state = State::parse(&row.state).unwrap();
            assert!(state.is_settled(), "{row:?}");
        }
    })
    .await;
}

/// A receiver can't take back what they confirmed to one who left since, nor anybody begin anything with them.
#[tokio::test]
async fn nothing_begins_again_with_one_who_left() {
    let Life { house, .. } = live(House::in_memory().await.db).await;
    let asks = store::collection::find(&house.db, exodus::domain::CollectionId::new(1)).await.unwrap().unwrap();
    assert_eq!(asks.kind, CollectionKind::Monthly);
    leaves(&house).await;
    for (who, id) in [("gleb", 8), ("dina", 4), ("boris", 6)] {
        let before = store::commitment::find(&house.db, CommitmentId::new(id)).await.unwrap().unwrap();
        for deed in
            ["confirm", "not_received", "ask_to_fulfil", "claim", "promise", "forgive", "take_back", "undo_confirm"]
        {
            house.presses(who, "/menu").await;
            house.presses(who, &format!("/commitment/{id}/{deed}")).await;
            house.presses(who, &format!("/commitment/{id}")).await;
            let session = store::session::load(&house.db, "terminal", who).await.unwrap().unwrap();
            let press = format!("{}:{deed}", session.word);
            let (offered, rev) = (format!("{}\n\t{press}\tx", session.offered), session.rev);
            let forged = store::session::Model { offered, ..session };
            assert!(store::session::save(&house.db, &forged, rev).await.unwrap());
            house.presses(who, &press).await;
        }
        let after = store::commitment::find(&house.db, CommitmentId::new(id)).await.unwrap().unwrap();
        assert_eq!(after.state, before.state, "{who}");
    }
}

/// The database itself refuses a member who left and has a name, and one who is there and has none.
#[tokio::test]
async fn the_database_keeps_no_name_of_one_who_left() {
    on_each(async |db, _| {
        let id = member(&db, NAME).await;
        for sql in [
            format!("UPDATE member SET left_at = created_at WHERE id = {id}"),
            format!("UPDATE member SET name = '' WHERE id = {id}"),
            format!("UPDATE member SET suspended_at = created_at WHERE id = {id}"),
        ] {
            assert!(db.execute_unprepared(&sql).await.is_err(), "{sql}");
        }
        assert_eq!(store::member::Entity::find().count(&db).await.unwrap(), 1);
    })
    .await;
}

/// What is fulfilled in this month by one who left stays in the circle, as what it is.
#[tokio::test]
async fn a_circle_keeps_what_was_given_without_a_name() {
    let house = House::in_memory().await;
    let (anna, her) = (member(&house.db, "anna").await, member(&house.db, NAME).await);
    let asks = monthly(&house.db, anna).await;
    let given = help(&house.db, her, &asks, 12_300, State::Obligation).await;
    become_of(&house.db, given, State::Fulfilled, noon(3)).await;
    leaves(&house).await;
    house.presses("anna", "/menu").await;
    for place in ["/card/1", "/circle/1", "/profile"] {
        let page = house.presses("anna", place).await;
        let seen = format!("{} {:?}", page.text.plain(), page.buttons);
        assert!(seen.contains("Former member") && seen.contains("123"), "{place}: {seen}");
    }
}
