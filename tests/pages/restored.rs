//! After a restore, or a failover that lost its last seconds: what people have before them is younger than the database,
//! and what they press there means what it stood for, or nothing.

use exodus::domain::{CommitmentId, State};
use exodus::store;
use exodus_engine::conversation::{
    Bot, Caps, Does, Heard, Incoming, Kept, Moment, Named, OsChance, Reader, Rendered, render_notice,
};
use exodus_engine::msg;
use sea_orm::{DatabaseConnection, EntityTrait};

use crate::community::{help, member, monthly, noon};
use crate::house::{House, KEYBOARD, NUMBERED, deed, presses, update};
use crate::support::copies::{Restored, restored};
use crate::support::database::on_each;

/// Boris has promised anna 10 €, and dora 400 €.
struct Promised {
    house: House,
    ten: CommitmentId,
    much: CommitmentId,
    copy: Restored,
}

async fn promised(db: DatabaseConnection, url: &str) -> Promised {
    let (anna, boris, dora) = (member(&db, "anna").await, member(&db, "boris").await, member(&db, "dora").await);
    let asks = monthly(&db, anna).await;
    let ten = help(&db, boris, &asks, 1_000, State::Obligation).await.id;
    let much = help(&db, dora, &asks, 40_000, State::Obligation).await.id;
    let house = House::on(db);
    for who in ["anna", "boris", "dora"] {
        house.says(who, "/menu").await;
    }
    let copy = restored(&house.db, url).await;
    Promised { house, ten, much, copy }
}

impl Promised {
    /// The database is the copy from now on.
    async fn restore(&mut self) {
        self.house = House::on(store::connect(&self.copy.url).await.expect("the copy opens"));
    }

    async fn end(self) {
        self.house.db.close().await.expect("the copy closes");
        self.copy.forget().await;
    }

    /// Says that what was promised is done: the notice that asks anna whether it is, as it is shown in this message.
    async fn claims(&self, who: &str, id: CommitmentId, caps: Caps, message: &str) -> (Named, Rendered) {
        let page = self.house.presses(who, &format!("/commitment/{id}")).await;
        self.house.presses(who, &deed(&page, "claim")).await;
        let rows = store::outbox::Entity::find().all(&self.house.db).await.expect("rows");
        let row = rows.into_iter().rfind(|row| row.kind == "notice-claimed").expect("anna is asked");
        store::outbox::sent(&self.house.db, row.id, Some(message), noon(3)).await.expect("sent");
        let named = Named { word: row.word.clone().expect("a word"), number: row.number.expect("a number") };
        let tx = store::begin(&self.house.db).await.expect("begun");
        let at = Moment { tx: &tx, now: noon(3), chance: &OsChance };
        let pages = self.house.bot.notices(&at, &[Kept::from(row)]).await.expect("made");
        drop(tx);
        let page = pages.into_iter().flatten().next().expect("a page");
        let shown = render_notice(&self.house.locales, Reader::of("en"), caps, &page, &named);
        (named, shown)
    }

    async fn states(&self) -> [State; 2] {
        [self.state(self.ten).await, self.state(self.much).await]
    }

    async fn state(&self, id: CommitmentId) -> State {
        store::commitment::find(&self.house.db, id).await.expect("a row").expect("the commitment").state
    }

    async fn hears(&self, caps: Caps, incoming: Incoming) -> Rendered {
        self.house.turn(caps, &incoming).await.expect("a turn").expect("an answer").rendered
    }
}

fn pressed(data: &str, message: &str) -> Incoming {
    Incoming { reply_to: Some(message.to_owned()), ..update("anna", Heard::Press(data.to_owned())) }
}

fn wrote(words: &str, reply_to: Option<&str>) -> Incoming {
    Incoming { reply_to: reply_to.map(str::to_owned), ..update("anna", Heard::Text(words.to_owned())) }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deed_of_a_page_that_the_database_does_not_know_is_not_done() {
    on_each(async |db, url| {
        let mut scene = promised(db, &url).await;
        let [ten, much] = [scene.ten, scene.much].map(|id| format!("/commitment/{id}"));
        // In the life that is lost, she was about to ask for the ten.
        let old = deed(&scene.house.presses("anna", &ten).await, "ask_to_fulfil");
        scene.restore().await;
        let open = scene.house.presses("anna", &much).await;
        let told = store::outbox::waiting(&scene.house.db).await.expect("the outbox");
        let page = scene.house.presses("anna", &old).await;
        assert_eq!(store::outbox::waiting(&scene.house.db).await.expect("the outbox"), told, "nobody is asked");
        let (text, stale) = (page.text.plain(), scene.house.words("en", &msg!("page-stale")));
        assert!(text.starts_with(&stale) && text.ends_with(&open.text.plain()), "{text}");
        assert!(presses(&page).iter().all(|press| *press != old));
        scene.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_of_a_notice_that_the_database_does_not_know_confirms_nothing_else() {
    on_each(async |db, url| {
        let mut scene = promised(db, &url).await;
        let (_, old) = scene.claims("boris", scene.ten, KEYBOARD, "55").await;
        scene.restore().await;
        let (_, new) = scene.claims("dora", scene.much, KEYBOARD, "57").await;
        for button in old.buttons.iter().flatten() {
            let Does::Press(data) = &button.does else { continue };
            let page = scene.hears(KEYBOARD, pressed(data, "55")).await;
            assert_eq!(scene.states().await, [State::Obligation, State::Claimed], "{data}");
            let lost = scene.house.words("en", &msg!("page-lost"));
            assert!(page.text.plain().starts_with(&lost), "{data}: {}", page.text.plain());
        }
        // The new one works, on its own message.
        let confirm = deed(&new, "confirm");
        scene.hears(KEYBOARD, pressed(&confirm, "55")).await;
        assert_eq!(scene.states().await, [State::Obligation, State::Claimed]);
        scene.hears(KEYBOARD, pressed(&confirm, "57")).await;
        assert_eq!(scene.states().await, [State::Obligation, State::Fulfilled]);
        scene.end().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_for_a_notice_that_the_database_does_not_know_answers_no_other() {
    on_each(async |db, url| {
        let mut scene = promised(db, &url).await;
        let (old, _) = scene.claims("boris", scene.ten, NUMBERED, "$boris").await;
        scene.restore().await;
        let (new, _) = scene.claims("dora", scene.much, NUMBERED, "$dora").await;
        // Where "1" would be to confirm.
        scene.hears(NUMBERED, update("anna", Heard::Press(format!("/commitment/{}", scene.much)))).await;
        assert_ne!(old.number, new.number);
        for incoming in [
            wrote(&format!("confirm {}", old.number), None),
            wrote(&format!("Confirm №{}", old.number), None),
            wrote(&format!("confirm {}", old.number), Some("$boris")),
            wrote(&format!("confirm {}", old.number), Some("$dora")),
            wrote("confirm", Some("$boris")),
            wrote("1", Some("$boris")),
        ] {
            scene.hears(NUMBERED, incoming.clone()).await;
            assert_eq!(scene.states().await, [State::Obligation, State::Claimed], "{incoming:?}");
        }
        scene.hears(NUMBERED, wrote(&format!("confirm {}", new.number), None)).await;
        assert_eq!(scene.states().await, [State::Obligation, State::Fulfilled]);
        scene.end().await;
    })
    .await;
}
