//! Digests as their readers see them, with the longest names and the most records; and who gets which.

use exodus::aid::digest::{Digest, Line, Settle};
use exodus::aid::{Aid, Rules};
use exodus::domain::{Category, CommitmentId, MemberId, Mode, Money, Role, State};
use exodus::notices;
use exodus::store;
use exodus_engine::conversation::{Kept, OsChance, Page, Reader, render_notice};
use exodus_engine::hours::Zone;
use sea_orm::EntityTrait;

use crate::community::{member, noon, november};
use crate::everybody::hostile_names;
use crate::house::{House, KEYBOARD, MAX, NUMBERED};
use crate::limits;
use crate::notices::longest;

/// So many records of a side in each state as nobody has.
const MANY: usize = 300;

fn lines(state: State, others: &[MemberId]) -> Vec<Line> {
    let sides = [Role::Supporter, Role::Receiver];
    let line = |n: usize| Line {
        commitment: CommitmentId::new(999_999_000 + n as i64),
        side: sides[n % 2],
        other: others[n / 2 % others.len()],
        sum: MAX,
        state,
        paused: false,
    };
    (0..MANY).map(line).collect()
}

/// Members of these names.
async fn others(house: &House, names: &[String]) -> Vec<MemberId> {
    let mut others = Vec::new();
    for name in names {
        others.push(store::member::insert(&house.db, name, "en", noon(1)).await.expect("a member").id);
    }
    others
}

fn rules() -> Rules {
    Rules { zone: Zone::UTC, max_amount: MAX, guarantee_amount: Money::from_minor(10_000) }
}

/// Does something as the calendar would.
async fn by_the_calendar(house: &House, work: impl AsyncFn(&Aid<'_>)) {
    let (tx, rules) = (store::begin(&house.db).await.expect("begun"), rules());
    work(&Aid { tx: &tx, now: noon(25), rules: &rules, chance: &OsChance }).await;
    tx.commit().await.expect("committed");
}

/// What waits in the outbox, and forgets it.
async fn told(house: &House) -> Vec<(String, Page)> {
    let rows = store::outbox::Entity::find().all(&house.db).await.expect("rows");
    store::outbox::Entity::delete_many().exec(&house.db).await.expect("deleted");
    let kept: Vec<Kept> = rows.into_iter().map(Kept::from).collect();
    let (tx, rules) = (store::begin(&house.db).await.expect("begun"), rules());
    let aid = Aid { tx: &tx, now: noon(25), rules: &rules, chance: &OsChance };
    let pages = notices::pages(&aid, &kept).await.expect("made");
    drop(tx);
    kept.into_iter().zip(pages).map(|(it, page)| (it.kind.clone(), page.unwrap_or_else(|| panic!("{it:?}")))).collect()
}

fn english(house: &House, page: &Page) -> String {
    render_notice(&house.locales, Reader::of("en"), KEYBOARD, page, &longest()).text.plain()
}

fn hold(house: &House, kind: &str, page: &Page) {
    for language in house.locales.languages() {
        for caps in [KEYBOARD, NUMBERED] {
            let rendered = render_notice(&house.locales, Reader::of(&language.code), caps, page, &longest());
            let place = format!("{kind} in {}", language.code);
            limits::hold(&place, &house.locales, &language.code, caps, &rendered);
            let text = rendered.text.plain();
            // A text that is cut ends in three dots, and one that was written to fit does not.
            assert!(!text.contains('…') || text.lines().any(|line| line.starts_with('…')), "{place} is cut:\n{text}");
        }
    }
}

#[tokio::test]
async fn a_digest_of_the_longest_names_and_the_most_records_fits_every_messenger_and_tells_the_totals() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    for names in [hostile_names(), vec!["👨‍👩‍👧‍👦".repeat(20)], vec!["Z\u{301}\u{302}\u{303}".repeat(60)]]
    {
        let others = others(&house, &names).await;
        let of = |states: &[State]| states.iter().flat_map(|state| lines(*state, &others)).collect::<Vec<_>>();
        by_the_calendar(&house, async |aid| {
            let digest = Digest {
                member: anna,
                carried: of(&[State::Intention]),
                lapsed: of(&[State::Lapsed]),
                overdue: of(&[State::Overdue, State::OverdueClaimed]),
            };
            notices::month_digests(aid, november().next(), vec![digest]).await.expect("told");
            let settle = Settle {
                member: anna,
                promise: of(&[State::Intention]),
                fulfil: of(&[State::Obligation, State::Overdue]),
                remind: of(&[State::Claimed]),
                confirm: of(&[State::Claimed, State::OverdueClaimed]),
            };
            notices::settle_digests(aid, november(), vec![settle]).await.expect("told");
        })
        .await;
        let told = told(&house).await;
        let kinds: Vec<&str> = told.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["notice-overdue", "notice-settle"]);
        for (kind, page) in &told {
            hold(&house, kind, page);
        }
        let month = english(&house, &told[0].1);
        // Half of them on each side; 150 times a million.
        assert!(
            month.contains("Your help to others – carried over: 150 intentions for the new month, €150,000,000"),
            "{month}"
        );
        assert!(month.contains("Help for you – lapsed: 150 intentions, €150,000,000"), "{month}");
        assert!(month.contains("Your help to others – overdue: 150 · €150,000,000"), "{month}");
        assert!(month.contains("Did it reach you? Please confirm: 150 · €150,000,000"), "{month}");
        assert!(month.contains("December 2026"), "{month}");
    }
}

#[tokio::test]
async fn a_digest_shows_a_handful_and_says_how_many_more_there_are() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    let boris = member(&house.db, "Boris").await;
    let line = |n: i64| Line {
        commitment: CommitmentId::new(n),
        side: Role::Supporter,
        other: boris,
        sum: Money::from_minor(1_000 * n),
        state: State::Lapsed,
        paused: false,
    };
    for (count, shown, more) in
        [(1, 1, None), (10, 10, None), (11, 10, Some("… and 1 more")), (17, 10, Some("… and 7 more"))]
    {
        by_the_calendar(&house, async |aid| {
            let lapsed = (1..=count).map(line).collect();
            let digest = Digest { member: anna, carried: Vec::new(), lapsed, overdue: Vec::new() };
            notices::month_digests(aid, november().next(), vec![digest]).await.expect("told");
        })
        .await;
        let told = told(&house).await;
        assert_eq!(told[0].0, "notice-month");
        let text = english(&house, &told[0].1);
        assert_eq!(text.matches("→ Boris").count(), shown, "{text}");
        assert_eq!(text.lines().find(|line| line.starts_with('…')), more, "{text}");
    }
}

#[tokio::test]
async fn who_wants_no_digests_is_told_of_what_others_wait_for_and_of_nothing_else() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    store::notification::choose(&house.db, anna, Category::Digests, Mode::Off).await.expect("chosen");
    let boris = [member(&house.db, "Boris").await];
    for (overdue, expected) in [
        (State::Overdue, Some("⏳ Your help to others – overdue: 150")),
        (State::OverdueClaimed, Some("🤝→👍 Did it reach you? Please confirm: 150")),
        (State::Lapsed, None),
    ] {
        by_the_calendar(&house, async |aid| {
            let (mut digest, lines) = (
                Digest {
                    member: anna,
                    carried: lines(State::Intention, &boris),
                    lapsed: Vec::new(),
                    overdue: Vec::new(),
                },
                lines(overdue, &boris),
            );
            match expected {
                Some(_) => digest.overdue = lines,
                None => digest.lapsed = lines,
            }
            notices::month_digests(aid, november().next(), vec![digest]).await.expect("told");
        })
        .await;
        let told = told(&house).await;
        assert_eq!(told.len(), usize::from(expected.is_some()), "{overdue:?}");
        for (_, page) in told {
            let text = english(&house, &page);
            assert!(text.contains(expected.expect("something")), "{text}");
            assert!(!text.contains("Carried") && text.matches("⏳ <b>").count() <= 1, "{text}");
            assert_eq!(page.body.len(), 2, "{text}");
        }
    }
}

#[tokio::test]
async fn a_daily_message_gathers_the_day_in_its_order_and_is_sent_once() {
    let house = House::in_memory().await;
    let anna = member(&house.db, "anna").await;
    let boris = member(&house.db, "boris").await;
    let intention = || {
        let facts = serde_json::json!({ "name": { "member": boris }, "sum": { "sum": 1_000 } }).to_string();
        store::digest_item::New { member: anna, kind: "notice-intention".to_owned(), facts, record: None }
    };
    let daily = || by_the_calendar(&house, async |aid| notices::daily_message(aid, anna).await.expect("told"));
    let long = "👨‍👩‍👧‍👦".repeat(20);
    for (count, name, shown) in [(3, "a", 3), (40, "x", 12), (40, long.as_str(), 7)] {
        store::digest_item::push_many(&house.db, (0..count).map(|_| intention()), noon(3)).await.expect("kept");
        daily().await;
        // However long the name is that he takes until it is sent.
        store::member::set_name(&house.db, boris, name).await.expect("renamed");
        let gathered = told(&house).await;
        assert_eq!(gathered.len(), 1);
        let (kind, page) = &gathered[0];
        hold(&house, kind, page);
        let text = english(&house, page);
        assert_eq!(text.matches("wants to help you").count(), shown, "{text}");
        let left_out = format!("… and {} more", count - shown);
        assert_eq!(text.contains(&left_out), count > shown, "{text}");
        daily().await;
        assert!(told(&house).await.is_empty(), "nothing is left for another");
    }
    store::digest_item::push_many(&house.db, [intention()], noon(3)).await.expect("kept");
    store::notification::choose(&house.db, anna, Category::HelpToMe, Mode::Off).await.expect("chosen");
    daily().await;
    assert!(told(&house).await.is_empty(), "what was switched off since is not told");
}
