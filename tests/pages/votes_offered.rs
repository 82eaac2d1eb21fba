//! The notice of a new initiative offers votes as its card does by then; what it offered before counts all the same.

use exodus::domain::{About, State};
use exodus::store;
use exodus::store::outbox::NoticeId;
use exodus_engine::conversation::{Bot, Choice, Kept, Moment, OsChance};

use crate::community::{help, member, noon};
use crate::house::House;
use crate::initiative::initiative;

const PROPOSED: &str = "notice-initiative-proposed";

#[tokio::test]
async fn the_notice_offers_no_more_than_is_lacking_when_it_is_sent() {
    let house = House::in_memory().await;
    let [anna, boris, vera] =
        [member(&house.db, "anna").await, member(&house.db, "boris").await, member(&house.db, "vera").await];
    let made = store::invite::insert(&house.db, "token", anna, anna, noon(1)).await.unwrap();
    store::acquaintance::by_invite(&house.db, (boris, anna), &made, noon(1)).await.unwrap();
    let id = initiative(&house.db, anna, "A well", "For all of us.").await;
    let facts = format!(r#"{{"name":{{"member":{anna}}},"title":{{"initiative":{id}}},"sum":{{"sum":50000}}}}"#);
    let about = Some(About::Collection(id).to_string());
    let kept = Kept { to: boris, kind: PROPOSED.to_owned(), facts: facts.clone(), about: about.clone() };
    let offers = async || {
        let tx = store::begin(&house.db).await.unwrap();
        let at = Moment { tx: &tx, now: noon(3), chance: &OsChance };
        let page = house.bot.notices(&at, std::slice::from_ref(&kept)).await.unwrap().remove(0).expect("a page");
        let deeds = page.rows.into_iter().flatten().filter_map(|choice| match choice {
            Choice::Do { name, .. } => Some(name),
            _ => None,
        });
        deeds.collect::<Vec<_>>()
    };
    assert_eq!(offers().await, ["vote/5000", "vote/10000", "vote/20000"]);
    let new = store::outbox::New {
        recipient: boris,
        kind: PROPOSED.to_owned(),
        facts,
        about,
        record: None,
        priority: 0,
        by_day: false,
        due_at: noon(1),
        word: "WORD".to_owned(),
        number: 1,
    };
    store::outbox::push_many(&house.db, [new], noon(1)).await.unwrap();
    store::outbox::sent(&house.db, NoticeId::new(1), None, noon(1)).await.unwrap();

    let asks = store::collection::find(&house.db, id).await.unwrap().expect("it");
    help(&house.db, vera, &asks, 43_000, State::Intention).await;
    assert_eq!(offers().await, ["vote/5000", "vote/7000"], "what is lacking as well");
    // Nobody is offered anything else by a word that is guessed.
    let text = house.presses("boris", "nWORD:claim").await.text.plain();
    assert!(!text.contains("vote counts"), "{text}");
    // What boris was offered before is more than that now: he is asked.
    let text = house.presses("boris", "nWORD:vote/20000").await.text.plain();
    assert!(text.contains("€200 is more than") && text.contains("€70"), "{text}");
    let none = store::commitment::live_of(&house.db, id, boris).await.unwrap();
    assert_eq!(none, None, "{text}");

    let gleb = member(&house.db, "gleb").await;
    help(&house.db, gleb, &asks, 7_000, State::Intention).await;
    assert_eq!(offers().await, [""; 0], "nothing is lacking");
}
