//! Each turn's page is shown once, wherever the bot dies: where letters have names, one that comes again under the same
//! name is not shown again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use exodus::domain::{CommitmentId, State};
use exodus::store;
use exodus_engine::conversation::{
    Bot, Caps, Cx, Desk, Fault, Heard, Inbox, Incoming, Input, Letter, Messenger, Page, Pages, Screen, Screens,
    SendError, Shown, Step, WayIn,
};
use exodus_engine::host::Host;
use exodus_engine::locale::{Format, Locales};
use exodus_engine::msg;
use tokio_util::sync::CancellationToken;

use crate::community::{help, member, monthly, noon};
use crate::house::{House, NUMBERED, deed, update};

/// A messenger without buttons that knows its letters by their names, as Matrix does.
#[derive(Default)]
pub struct Room {
    /// The name and the text of all that it was given to show.
    given: Mutex<Vec<(String, String)>>,
    /// How often it asks to wait before it takes anything.
    pub busy: Mutex<usize>,
    /// Its messages can be edited.
    edits: bool,
}

impl Room {
    pub fn that_edits() -> Room {
        Room { edits: true, ..Room::default() }
    }

    pub fn given(&self) -> Vec<(String, String)> {
        self.given.lock().unwrap().clone()
    }

    /// What people see: of each name the first.
    fn seen(&self) -> Vec<(String, String)> {
        let mut seen: Vec<(String, String)> = Vec::new();
        for (id, text) in self.given.lock().unwrap().iter() {
            if seen.iter().all(|(known, _)| known != id) {
                seen.push((id.clone(), text.clone()));
            }
        }
        seen
    }
}

#[async_trait]
impl Messenger for Room {
    fn name(&self) -> &'static str {
        "terminal"
    }

    fn caps(&self) -> Caps {
        NUMBERED
    }

    fn way_in(&self) -> WayIn {
        WayIn { messenger: "terminal", link: None, person: None, signs_in: None }
    }

    fn listens_alone(&self) -> bool {
        true
    }

    async fn listen(&self, _: &dyn Inbox, _: CancellationToken) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn show(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        let mut busy = self.busy.lock().unwrap();
        if *busy > 0 {
            *busy -= 1;
            return Err(SendError::Later(Duration::from_millis(10)));
        }
        self.given.lock().unwrap().push((letter.id.to_owned(), letter.page.text.plain()));
        Ok(match letter.edit {
            Some(live) => Shown::editable(live),
            None if self.edits => Shown::editable(letter.id),
            None => Shown::for_good(letter.id),
        })
    }
}

/// Boris helps anna with an intention; what he says comes through a desk at this room.
pub struct Scene {
    pub db: sea_orm::DatabaseConnection,
    pub desk: Desk<exodus::screens::Exodus>,
    pub room: Arc<Room>,
    /// The same bot, for what is done elsewhere.
    pub house: House,
}

pub async fn scene() -> Scene {
    scene_in(Room::default()).await
}

pub async fn scene_in(room: Room) -> Scene {
    let house = House::in_memory().await;
    let (anna, boris) = (member(&house.db, "anna").await, member(&house.db, "boris").await);
    store::account::insert(&house.db, boris, "terminal", "boris-too", noon(1)).await.unwrap();
    let asks = monthly(&house.db, anna).await;
    help(&house.db, boris, &asks, 10_000, State::Intention).await;
    let room = Arc::new(room);
    let db = house.db.clone();
    let House { engine, .. } = House::on(db.clone());
    Scene { db, desk: Desk::new(Arc::new(engine), room.clone()), room, house }
}

pub fn says(words: &str) -> Incoming {
    update("boris", Heard::Text(words.to_owned()))
}

/// An update comes, and whatever it is answered with is shown.
pub async fn hears<B: Bot>(desk: &Desk<B>, incoming: Incoming) {
    desk.receive(incoming).await.expect("received");
    desk.all_shown().await;
}

#[tokio::test]
async fn a_page_that_was_not_shown_before_the_end_is_shown_when_its_update_comes_again() {
    let Scene { desk, room, house, .. } = scene().await;
    let asks = says("nonsense");
    let answer = house.turn(NUMBERED, &asks).await.expect("a turn").expect("an answer");
    hears(&desk, asks.clone()).await;
    // With the line about what was said, and under the name that it had.
    assert_eq!(room.seen(), [(answer.id, answer.rendered.text.plain())]);
    hears(&desk, asks).await;
    assert_eq!(room.given.lock().unwrap().len(), 1, "it is known to have been shown");
}

#[tokio::test]
async fn a_page_that_was_shown_before_the_end_comes_again_under_the_same_name() {
    let Scene { desk, room, house, .. } = scene().await;
    for words in ["menu", "1", "nonsense", "/ask-monthly", "help"] {
        let asks = says(words);
        let answer = house.turn(NUMBERED, &asks).await.expect("a turn").expect("an answer");
        let letter =
            Letter { to: "boris", page: &answer.rendered, edit: None, id: &answer.id, thread: None, group: None };
        room.show(letter).await.expect("shown, and then the bot died");
        let seen = room.seen();
        hears(&desk, asks).await;
        assert_eq!(room.seen(), seen, "{words}");
        let given = room.given.lock().unwrap();
        assert_eq!(given[given.len() - 1], given[given.len() - 2], "{words}: the same words under the same name");
    }
}

#[tokio::test]
async fn a_page_whose_choices_have_changed_meanwhile_is_another_page() {
    let Scene { desk, room, house, .. } = scene().await;
    let looks = update("boris", Heard::Press("/commitment/1".into()));
    let before = house.turn(NUMBERED, &looks).await.expect("a turn").expect("an answer");
    let promise = house.presses("boris-too", "/commitment/1/promise").await;
    house.presses("boris-too", &deed(&promise, "promise")).await;
    hears(&desk, looks).await;
    let seen = room.seen();
    assert_eq!(seen.len(), 1);
    assert_ne!(seen[0].0, before.id);
    // What its first number is, that it does.
    assert!(seen[0].1.contains("1. 🤝→👍 Done"), "{}", seen[0].1);
    hears(&desk, says("1")).await;
    let state = store::commitment::find(&house.db, CommitmentId::new(1)).await.unwrap().expect("the commitment").state;
    assert_eq!(state, State::Claimed);
}

#[tokio::test]
async fn a_page_that_was_put_off_keeps_its_name_and_is_shown_once() {
    let Scene { db, desk, room, house } = scene().await;
    house.turn(NUMBERED, &update("boris", Heard::Press("/menu".into()))).await.expect("a turn");
    *room.busy.lock().unwrap() = 20;
    let asks = says("nonsense");
    hears(&desk, asks.clone()).await;
    for _ in 0..200 {
        let session = store::session::load(&db, "terminal", "boris").await.unwrap().expect("a session");
        if session.shown == session.rev {
            hears(&desk, asks).await;
            let seen = room.given.lock().unwrap().clone();
            assert_eq!(seen.len(), 1, "{seen:?}");
            assert_eq!(seen[0].0, format!("boris-{}", session.word));
            assert!(seen[0].1.starts_with("That is not one of the choices here."), "{}", seen[0].1);
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it was never shown");
}

/// A screen whose deed is out of order.
struct Broken;

#[async_trait]
impl Screen<()> for Broken {
    fn name(&self) -> &'static str {
        "broken"
    }

    async fn page(&self, _: &Cx<'_, ()>) -> Result<Page, Fault> {
        Ok(Page::new(msg!("faq-title")).asking())
    }

    async fn act(&self, _: &mut Cx<'_, ()>, _: Input) -> Result<Step, Fault> {
        Err(Fault::Broken("a wheel is missing".to_owned()))
    }
}

#[tokio::test]
async fn an_apology_is_not_taken_for_the_page_that_stands_there_already() {
    let bot = Pages::new("broken", Screens::default().with(Broken));
    let locales = Locales::from_texts(&[("en", "faq-title = Ask me")], Format::default()).expect("words");
    let room = Arc::new(Room::default());
    let host = Host::open(bot, locales, "sqlite::memory:").await.expect("a bot");
    let desk = host.parts().desk(room.clone());
    for words in ["start", "what?", "what?"] {
        hears(&desk, says(words)).await;
    }
    let texts: Vec<String> = room.seen().into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert!(texts[1..].iter().all(|text| text.starts_with("Something went wrong on our side.")), "{texts:?}");
}
