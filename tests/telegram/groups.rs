//! The group of somebody's circle in Telegram: bound by whose it is, one pinned card that follows, posts.

use std::time::Duration;

use bot_api::{Fault, FaultRule, GroupChat, User};
use exodus::store;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::bot::{Bot, Updates, invite_of, is_told, written_to};

const SUPERGROUP: i64 = -1_001_234_567_890;

/// Anna asks for 500 every month.
async fn asking(bot: &Bot) -> User {
    let anna = bot.member(1, "Anna").await;
    for label in ["Profile", "Status", "I need help every month"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("How much do you need").await;
    anna.writes("500");
    anna.reads_and_presses("Yes, ask").await;
    is_told(&anna, "Your invite").await;
    anna
}

/// Somebody comes by Anna's invite, and wants to help with so much.
async fn helping(bot: &Bot, id: i64, name: &str, anna: &User, sum: &str) -> User {
    let friend = bot.api.user(id).named(name).lang("en");
    friend.start(Some(&invite_of(anna)));
    friend.presses_when_shown("English").await;
    friend.presses_when_shown("Yes, I want to help").await;
    friend.sees("How much are you willing").await;
    friend.writes(sum);
    friend.reads_and_presses("Yes, I intend to").await;
    is_told(&friend, "has been told").await;
    friend
}

/// A group in which Anna's card is pinned.
async fn bound(bot: &Bot, anna: &User, id: i64) -> GroupChat {
    let group = bot.api.group(id);
    group.adds_bot(anna);
    group.promotes_bot(anna, true);
    group.says(anna, "/circle");
    is_pinned(&group, "Needs €500 every month").await;
    group
}

/// The one card that is pinned contains this.
async fn is_pinned(group: &GroupChat, words: &str) -> i32 {
    let pinned = |group: &GroupChat| match group.pinned().as_slice() {
        [card] if card.text.contains(words) => Some(card.id),
        _ => None,
    };
    group.until(&format!("{words:?} is pinned"), pinned).await
}

async fn is_done_with(bot: &Bot) {
    bot.api.settled_for(Duration::from_millis(300), Duration::from_secs(30)).await;
}

async fn count(db: &DatabaseConnection, sql: &str) -> i64 {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_bound_by_whose_circle_it_is_and_its_pinned_card_follows() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = asking(&bot).await;
    let group = bot.api.group(SUPERGROUP);
    group.adds_bot(&anna);
    group.sees("send /circle here").await;
    group.promotes_bot(&anna, true);
    let pages = written_to(&anna);
    group.says(&anna, "/circle@community_bot");
    let card = is_pinned(&group, "Missing: €500").await;
    let shown = group.sees("Anna").await;
    assert!(shown.text.contains("/help_out") && shown.rows.is_empty(), "{}", group.transcript());

    let boris = helping(&bot, 2, "Boris", &anna, "120").await;
    group.sees("Boris → Anna: wants to help").await;
    assert_eq!(is_pinned(&group, "Intended: €120").await, card, "it is edited");
    // Who gives how much is for the circle to know, and a group is more than that.
    let of_boris = |messages: Vec<bot_api::ChatMessage>| messages.into_iter().filter(|it| it.text.contains("Boris"));
    let both = of_boris(group.messages())
        .filter(|it| it.text.lines().any(|line| line.contains("Boris") && line.contains("120")));
    assert_eq!(both.count(), 0, "{}", group.transcript());
    assert!(is_pinned(&group, "– Boris").await == card);

    boris.reads_and_presses("🤝 Promise").await;
    boris.reads_and_presses("Yes, I promise").await;
    group.sees("Boris → Anna: promises to help").await;
    boris.reads_and_presses("Done").await;
    anna.reads_and_presses("Confirm").await;
    group.sees("Boris → Anna: the help has arrived").await;
    assert_eq!(is_pinned(&group, "Received: €120").await, card);
    assert!(pages < written_to(&anna));
    assert_eq!(group.pinned().len(), 1);
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_binds_a_group_and_its_card_is_shown_to_whoever_asks() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = asking(&bot).await;
    let (cora, stranger) = (bot.member(3, "Cora").await, bot.api.user(4).named("Dan").lang("ru"));
    let group = bot.api.group(SUPERGROUP);
    // A stranger who adds the bot gets no word for it.
    group.adds_bot(&stranger);
    group.says(&stranger, "/circle");
    group.sees("только участник").await;
    group.says(&cora, "/circle");
    group.sees("first ask for help").await;
    group.says_anonymously("/circle");
    group.sees("in the name of the group").await;
    group.says(&cora, "/help_out");
    group.sees("not connected to a circle").await;
    let db = bot.database().await;
    assert_eq!(count(&db, "SELECT COUNT(*) FROM chat").await, 0);
    assert_eq!(group.of_the_bot().len(), 4, "{}", group.transcript());

    group.promotes_bot(&cora, true);
    group.says(&anna, "/circle");
    let first = is_pinned(&group, "Anna").await;
    group.says(&cora, "/circle");
    let card = group
        .until("the card is another", |group| group.pinned().last().map(|card| card.id).filter(|card| *card != first));
    let second = card.await;
    group
        .until("the first is gone", |group| {
            (group.of_the_bot().iter().filter(|it| it.text.contains("Missing")).count() == 1).then_some(())
        })
        .await;
    assert_eq!(group.pinned().iter().map(|card| card.id).collect::<Vec<_>>(), [second]);
    assert_eq!(
        count(&db, "SELECT COUNT(*) FROM chat c JOIN member m ON m.id = c.keeper_id AND m.name = 'Anna'").await,
        1
    );
    assert_eq!(written_to(&stranger), 0, "nobody is written to in private for what they said in a group");
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_in_a_group_is_nobodys_turn() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = asking(&bot).await;
    let group = bound(&bot, &anna, SUPERGROUP).await;
    is_done_with(&bot).await;
    let db = bot.database().await;
    let seen = count(&db, "SELECT COUNT(*) FROM seen_update").await;
    let (said, pages) = (group.of_the_bot().len(), written_to(&anna));
    // The bot is an administrator, so it hears all that is said.
    for text in ["menu", "500", "hello", "/menu", "/start", "/circle@other_bot", "/cancel", "circle of friends"] {
        group.says(&anna, text);
    }
    is_done_with(&bot).await;
    assert_eq!(count(&db, "SELECT COUNT(*) FROM seen_update").await, seen);
    assert_eq!((group.of_the_bot().len(), written_to(&anna)), (said, pages), "{}", group.transcript());
    for (lang, command) in [("", "circle"), ("ru", "help_out")] {
        let offered = bot.api.commands_in_groups(lang);
        assert!(offered.len() == 4 && offered.iter().any(|offered| offered.command == command), "{offered:?}");
    }
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_in_a_group_costs_little() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = asking(&bot).await;
    let group = bound(&bot, &anna, SUPERGROUP).await;
    let (db, other) = (bot.database().await, bot.api.group(SUPERGROUP - 1));
    other.adds_bot(&anna);
    let seen = count(&db, "SELECT COUNT(*) FROM seen_update").await;
    for _ in 0..100 {
        group.says(&anna, "/circle");
        other.says(&bot.api.user(9), "/help_out");
    }
    while bot.api.pending_updates() > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let heard = count(&db, "SELECT COUNT(*) FROM seen_update").await - seen;
    assert!(heard <= 30, "{heard} of 200 commands were heard");
    // Several that wait are one card.
    is_done_with(&bot).await;
    tokio::time::sleep(Duration::from_secs(4)).await;
    is_done_with(&bot).await;
    assert!(group.messages().iter().filter(|it| it.from_bot).count() <= 8, "{}", group.transcript());
    assert_eq!(group.pinned().len(), 1);
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_changes_in_a_second_are_one_edit() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = asking(&bot).await;
    let group = bound(&bot, &anna, SUPERGROUP).await;
    is_done_with(&bot).await;
    let db = bot.database().await;
    let (edits, card) = (group.pinned()[0].edits, group.pinned()[0].id);
    let chats = store::chat::of_keepers(&db, [exodus::domain::MemberId::new(1)]).await.unwrap();
    assert_eq!(chats.len(), 1);
    for sum in ["600", "700", "800", "900"] {
        anna.writes("/menu");
        anna.sees("Your status").await;
        for label in ["Profile", "Status", "Change the monthly sum"] {
            anna.presses_when_shown(label).await;
        }
        anna.sees("How much do you need in all").await;
        tokio::time::sleep(Duration::from_millis(20)).await;
        anna.writes(sum);
        is_told(&anna, sum).await;
    }
    assert_eq!(is_pinned(&group, "Needs €900 every month").await, card);
    is_done_with(&bot).await;
    let edits = group.pinned()[0].edits - edits;
    assert!((1..=3).contains(&edits), "{edits} edits of four changes");
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_pinned_is_said_once_and_is_pinned_when_it_can_be() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = asking(&bot).await;
    let group = bot.api.group(SUPERGROUP);
    group.adds_bot(&anna);
    group.says(&anna, "/circle");
    group.sees("I can’t pin the card here").await;
    group.says(&anna, "/circle");
    let cards =
        |group: &GroupChat| group.messages().iter().filter(|it| it.from_bot && it.text.contains("Missing")).count();
    group.until("it is shown again", |group| (cards(group) == 2).then_some(())).await;
    is_done_with(&bot).await;
    tokio::time::sleep(Duration::from_secs(7)).await;
    is_done_with(&bot).await;
    let said = group.of_the_bot().iter().filter(|it| it.text.contains("can’t pin")).count();
    assert_eq!(said, 1, "{}", group.transcript());
    group.promotes_bot(&anna, true);
    is_pinned(&group, "Missing").await;
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_becomes_a_supergroup_stays_bound() {
    for is_told_so in [true, false] {
        let bot = Bot::start(Updates::Polled).await;
        let anna = asking(&bot).await;
        let old = bound(&bot, &anna, -4711).await;
        let new = old.becomes(SUPERGROUP);
        if is_told_so {
            old.tells_of_becoming(SUPERGROUP);
            is_pinned(&new, "Missing: €500").await;
        }
        helping(&bot, 2, "Boris", &anna, "120").await;
        new.sees("Boris → Anna: wants to help").await;
        is_pinned(&new, "Intended: €120").await;
        is_done_with(&bot).await;
        let before = old.of_the_bot().len();
        assert_eq!(new.of_the_bot().iter().filter(|it| it.text.contains("Missing")).count(), 1, "{}", new.transcript());
        assert!(before <= 2, "{}", old.transcript());
        let db = bot.database().await;
        assert_eq!(count(&db, "SELECT COUNT(*) FROM chat").await, 1);
        bot.is_blameless().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_bot_is_removed_nothing_is_kept() {
    for is_told_so in [true, false] {
        let bot = Bot::start(Updates::Polled).await;
        let anna = asking(&bot).await;
        let group = bound(&bot, &anna, SUPERGROUP).await;
        is_done_with(&bot).await;
        if is_told_so {
            group.removes_bot(&anna);
        } else {
            group.removes_bot_silently();
            helping(&bot, 2, "Boris", &anna, "120").await;
        }
        let db = bot.database().await;
        let of_the_group =
            "SELECT (SELECT COUNT(*) FROM chat) + (SELECT COUNT(*) FROM account WHERE address LIKE '-%')";
        for _ in 0..200 {
            if count(&db, of_the_group).await == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(count(&db, of_the_group).await, 0);
        assert_eq!(count(&db, "SELECT COUNT(*) FROM person p WHERE p.id NOT IN (SELECT id FROM member)").await, 0);
        // It can be bound again, by whoever's circle it is then.
        group.adds_bot(&anna);
        group.promotes_bot(&anna, true);
        group.says(&anna, "/circle");
        group
            .until("it is bound again", |group| group.pinned().last().filter(|it| it.text.contains("Anna")).map(drop))
            .await;
        bot.api.settled().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_its_owner_leaves_a_group_the_card_is_taken_away() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = asking(&bot).await;
    let group = bound(&bot, &anna, SUPERGROUP).await;
    group.is_left_by(&bot.api.user(7));
    is_done_with(&bot).await;
    assert_eq!(group.pinned().len(), 1, "somebody else has left");
    group.is_left_by(&anna);
    group.sees("no longer keep a card").await;
    is_done_with(&bot).await;
    assert!(!group.of_the_bot().iter().any(|it| it.text.contains("Anna")), "{}", group.transcript());
    let db = bot.database().await;
    assert_eq!(count(&db, "SELECT COUNT(*) FROM chat").await, 0);
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_forum_the_card_and_the_posts_stand_where_it_was_asked_for() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = asking(&bot).await;
    let group = bot.api.group(SUPERGROUP);
    group.has_topic(77, true);
    group.adds_bot(&anna);
    group.promotes_bot(&anna, true);
    group.says_in(77, &anna, "/circle");
    is_pinned(&group, "Missing").await;
    helping(&bot, 2, "Boris", &anna, "120").await;
    group.sees("Boris → Anna").await;
    is_pinned(&group, "Intended").await;
    let elsewhere = |group: &GroupChat| {
        let said = group.of_the_bot();
        said.iter().filter(|it| it.thread != Some(77) && !it.text.contains("Hello")).count()
    };
    assert_eq!(elsewhere(&group), 0, "{}", group.transcript());
    // The topic is gone: it is said in the group itself.
    group.has_topic(77, false);
    helping(&bot, 3, "Cora", &anna, "30").await;
    assert_eq!(group.sees("Cora → Anna").await.thread, None);
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_to_help_leads_a_newcomer_to_the_card() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = asking(&bot).await;
    let group = bound(&bot, &anna, SUPERGROUP).await;
    let dan = bot.api.user(4).named("Dan").lang("en");
    group.says(&dan, "/help_out");
    let way = group.sees("open a private chat with me").await;
    let url = way.rows[0][0].url.clone().unwrap();
    let token = url.strip_prefix("https://t.me/community_bot?start=").unwrap();
    assert!(!token.is_empty());
    dan.start(Some(token));
    dan.presses_when_shown("English").await;
    dan.sees("Would you like to help Anna?").await;
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_hangs_holds_up_nobody_and_gets_one_card_however_often_the_bot_dies() {
    let mut bot = Bot::start(Updates::Polled).await;
    let anna = asking(&bot).await;
    let group = bot.api.group(SUPERGROUP);
    group.adds_bot(&anna);
    group.sees("send /circle here").await;
    group.promotes_bot(&anna, true);
    bot.api.fault(FaultRule::new(Fault::Stuck).method("sendMessage").chat(SUPERGROUP).always());
    let before = bot.api.requests("sendMessage");
    group.says(&anna, "/circle");
    while bot.api.requests("sendMessage") == before {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let boris = helping(&bot, 2, "Boris", &anna, "120").await;
    is_told(&anna, "Boris").await;
    bot.kill().await;
    bot.api.heal();
    bot.start_again();
    is_pinned(&group, "Intended: €120").await;
    group.sees("Boris → Anna").await;
    bot.api.settled().await;
    let cards = group.of_the_bot().iter().filter(|it| it.text.contains("Missing")).count();
    assert_eq!(cards, 1, "{}", group.transcript());
    drop(boris);
}
