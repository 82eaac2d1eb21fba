//! What a turn can't do: a rule says no, there is nothing, somebody else was faster, the database refuses, a bug. On a bot
//! whose one screen brings all of it about.

use std::sync::Arc;

use async_trait::async_trait;
use exodus::store;
use exodus_engine::conversation::{
    Answer, Answered, Bot, Cx, Engine, Fault, Heard, Incoming, Input, Kept, Moment, OsChance, Page, Route, Screen,
    Screens, Step, To, Turn,
};
use exodus_engine::locale::{Format, Locales};
use exodus_engine::msg;
use exodus_engine::testing::HandClock;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use crate::community::noon;
use crate::house::{KEYBOARD, update};
use crate::support::database::on_each;

const TABLES: &str = "CREATE TABLE jar (n INTEGER NOT NULL UNIQUE CHECK (n < 10), \
    person BIGINT REFERENCES member (id))";
const WORDS: &str = "
desk-title = A desk.
desk-put = Done.
desk-no = You can't do that.
desk-button = { $name }
";

/// What comes to nothing each time.
const BREAKS: [&str; 9] = ["check", "foreign", "column", "table", "variables", "unique", "type", "raced", "panic"];
const OTHERS: [&str; 4] = ["put", "no", "no-there", "lost"];

/// What the world knows of what was done: nothing of a deed that is undone.
#[derive(Clone, Default)]
struct World(Arc<std::sync::Mutex<Vec<String>>>, Vec<String>);

struct Fragile(Screens<World>, Arc<std::sync::Mutex<Vec<String>>>);

#[async_trait]
impl Bot for Fragile {
    type World = World;

    async fn arrive(&self, _: &Turn<'_>) -> Result<World, Fault> {
        Ok(World(self.1.clone(), vec!["arrived".to_owned()]))
    }

    fn screens(&self) -> &Screens<World> {
        &self.0
    }

    fn home(&self) -> Route {
        Route::new("desk")
    }

    async fn start(&self, cx: &mut Cx<'_, World>, word: Option<&str>) -> Result<Step, Fault> {
        if word.is_none() {
            return Ok(Step::home());
        }
        put(cx, "1, NULL").await?;
        Err(Fault::Lost)
    }

    fn tells(&self) -> Vec<&'static str> {
        vec!["letter"]
    }

    async fn notices(&self, _: &Moment<'_>, these: &[Kept]) -> Result<Vec<Option<Page>>, Fault> {
        let page = || Page::new(msg!("desk-title")).deed(msg!("desk-button", name = "no"), "no");
        Ok(these.iter().map(|_| Some(page())).collect())
    }

    async fn answer(&self, cx: &mut Cx<'_, World>, _: &Kept, _: &str) -> Result<Answered, Fault> {
        put(cx, "1, NULL").await?;
        Err(Fault::refused(msg!("desk-no")))
    }

    async fn depart(&self, cx: &mut Cx<'_, World>) -> Result<(), Fault> {
        cx.world.0.lock().expect("noted").append(&mut cx.world.1);
        Ok(())
    }
}

struct Desk(&'static str);

#[async_trait]
impl Screen<World> for Desk {
    fn name(&self) -> &'static str {
        self.0
    }

    async fn page(&self, _: &Cx<'_, World>) -> Result<Page, Fault> {
        let page = Page::new(msg!("desk-title")).asking();
        Ok(BREAKS.iter().chain(&OTHERS).fold(page, |page, name| page.deed(msg!("desk-button", name = *name), *name)))
    }

    async fn act(&self, cx: &mut Cx<'_, World>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else {
            cx.draft.set(&cx.route, "words", "typed before".to_owned());
            return Ok(Step::stay());
        };
        put(cx, "1, NULL").await?;
        cx.draft.set(&cx.route, "words", "typed by the deed".to_owned());
        cx.lang = "ru".to_owned();
        match deed.as_str() {
            "put" => return Ok(Step::stay().saying(msg!("desk-put"))),
            "no" => return Err(Fault::refused(msg!("desk-no"))),
            "no-there" => return Err(Fault::refused(msg!("desk-no")).leading(To::Go(Route::new("elsewhere")))),
            "lost" => return Err(Fault::Lost),
            "raced" => return Err(Fault::Raced),
            "panic" => drop(Some(1).filter(|one| *one > 1).expect("a bug")),
            "check" => put(cx, "10, NULL").await?,
            "foreign" => put(cx, "2, 999").await?,
            "column" => sql(cx, "UPDATE jar SET missing = 1".to_owned()).await?,
            "table" => sql(cx, "DELETE FROM nowhere".to_owned()).await?,
            "unique" => put(cx, "1, NULL").await?,
            "variables" => {
                let backend = cx.turn.at.tx.get_database_backend();
                let places: Vec<String> = (1..=70_000).map(|n| format!("${n}")).collect();
                let sql = format!("DELETE FROM jar WHERE n IN ({})", places.join(", "));
                let many = Statement::from_sql_and_values(backend, sql, (1..=70_000).map(|n: i64| n.into()));
                cx.turn.at.tx.execute_raw(many).await?;
            }
            _ => {
                let row = cx.turn.at.tx.query_one_raw(statement(cx, "SELECT 'one' AS n".to_owned())).await?;
                row.expect("a row").try_get::<i64>("", "n")?;
            }
        }
        Ok(Step::stay())
    }
}

async fn put(cx: &mut Cx<'_, World>, values: &str) -> Result<(), Fault> {
    cx.world.1.push(format!("put {values}"));
    sql(cx, format!("INSERT INTO jar (n, person) VALUES ({values})")).await
}

async fn sql(cx: &Cx<'_, World>, text: String) -> Result<(), Fault> {
    cx.turn.at.tx.execute_raw(statement(cx, text)).await?;
    Ok(())
}

fn statement(cx: &Cx<'_, World>, text: String) -> Statement {
    Statement::from_string(cx.turn.at.tx.get_database_backend(), text)
}

/// The bot, and what it has noted.
struct Place {
    engine: Engine<Fragile>,
    db: DatabaseConnection,
    noted: Arc<std::sync::Mutex<Vec<String>>>,
}

impl Place {
    async fn on(db: DatabaseConnection) -> Place {
        db.execute_unprepared(TABLES).await.expect("a jar");
        Place::with(db)
    }

    fn with(db: DatabaseConnection) -> Place {
        let locales = Locales::from_texts(&[("en", WORDS), ("ru", WORDS)], Format { currency: "EUR".into() });
        let (noted, screens) = (Arc::default(), Screens::default().with(Desk("desk")).with(Desk("elsewhere")));
        let bot = Fragile(screens, Arc::clone(&noted));
        let clock = Arc::new(HandClock::at(noon(3)));
        let chance = Arc::new(OsChance);
        let engine = Engine::new(Arc::new(bot), db.clone(), Arc::new(locales.expect("words")), clock, chance);
        Place { engine, db, noted }
    }

    async fn plays(&self, update: &Incoming) -> Option<Answer> {
        self.engine.turn("terminal", KEYBOARD, update).await.expect("no turn has to wait")
    }

    /// What is read after this.
    async fn reads(&self, heard: Heard) -> String {
        self.plays(&update("anna", heard)).await.expect("an answer").rendered.text.plain()
    }

    /// The update with which anna presses this button of the page that is open now.
    async fn presses(&self, deed: &str) -> Incoming {
        let page = self.plays(&update("anna", Heard::Press("/desk".into()))).await.expect("a page").rendered;
        update("anna", Heard::Press(crate::house::deed(&page, deed)))
    }

    /// Queues a notice that goes by the word `7`.
    async fn writes_to_anna(&self) {
        let (anna, _) = store::account::find_by_account(&self.db, "terminal", "anna").await.unwrap().unwrap();
        let letter = store::outbox::New {
            recipient: anna.person_id,
            kind: "letter".to_owned(),
            facts: String::new(),
            about: None,
            record: None,
            priority: store::outbox::TELLS,
            by_day: false,
            due_at: noon(3),
            word: "7".to_owned(),
            number: 7,
        };
        store::outbox::push_many(&self.db, [letter], noon(3)).await.unwrap();
    }

    async fn in_the_jar(&self) -> i64 {
        let counted = Statement::from_string(self.db.get_database_backend(), "SELECT count(*) AS n FROM jar");
        self.db.query_one_raw(counted).await.unwrap().unwrap().try_get("", "n").unwrap()
    }

    async fn session(&self) -> store::session::Model {
        store::session::load(&self.db, "terminal", "anna").await.unwrap().unwrap()
    }

    fn noted(&self) -> Vec<String> {
        std::mem::take(&mut *self.noted.lock().unwrap())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_is_told_and_done_with_and_changes_nothing() {
    on_each(async |db, _| {
        let place = Place::on(db).await;
        place.reads(Heard::Text("start".into())).await;
        place.reads(Heard::Text("anything".into())).await;
        for deed in BREAKS {
            let pressed = place.presses(deed).await;
            let before = place.session().await;
            let answer = place.plays(&pressed).await.expect("an answer");
            let read = answer.rendered.text.plain();
            assert!(read.contains("went wrong"), "{deed}: {read}");
            assert_eq!(place.in_the_jar().await, 0, "{deed}");
            assert_eq!(
                place.session().await,
                before,
                "{deed}: the person is where they were, with what they had typed"
            );
            assert!(place.plays(&pressed).await.is_none(), "{deed} comes again and is known");
        }
        let put = place.presses("put").await;
        assert!(place.plays(&put).await.unwrap().rendered.text.plain().contains("Done."));
        assert_eq!(place.in_the_jar().await, 1, "all goes on");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_rule_refuses_leaves_nothing_of_its_deed() {
    on_each(async |db, _| {
        let place = Place::on(db).await;
        place.reads(Heard::Text("start".into())).await;
        place.reads(Heard::Text("anything".into())).await;
        for (deed, told, at) in [
            ("no", "You can't do that.", "desk"),
            ("no-there", "You can't do that.", "elsewhere"),
            ("lost", "That page is gone", "desk"),
        ] {
            let pressed = place.presses(deed).await;
            place.noted();
            let read = place.plays(&pressed).await.unwrap().rendered.text.plain();
            assert!(read.contains(told) && read.contains("A desk."), "{deed}: {read}");
            let session = place.session().await;
            assert_eq!((session.route.as_str(), session.lang.as_deref()), (at, Some("en")), "{deed}");
            assert_eq!(session.draft.contains("typed before"), deed != "lost", "{deed}: {}", session.draft);
            assert_eq!(place.in_the_jar().await, 0, "{deed}");
            assert_eq!(place.noted(), ["arrived"], "{deed}: what came before it stays");
        }
        // The same holds for a notice's deeds, and for what `start` does.
        place.writes_to_anna().await;
        let read = place.reads(Heard::Press("n7:no".into())).await;
        assert!(read.contains("You can't do that."), "{read}");
        place.reads(Heard::Text("/start word".into())).await;
        assert_eq!((place.in_the_jar().await, place.noted()), (0, vec!["arrived".to_owned(); 2]));
        let put = place.presses("put").await;
        place.plays(&put).await.unwrap();
        assert_eq!(place.in_the_jar().await, 1, "the transaction goes on after it");
    })
    .await;
}

/// What can't be read or noted does not keep anybody from being told.
#[tokio::test(flavor = "multi_thread")]
async fn the_apology_does_not_depend_on_what_broke() {
    on_each(async |db, _| {
        let place = Place::on(db).await;
        place.reads(Heard::Text("start".into())).await;
        for (table, column) in [("session", "route"), ("seen_update", "seen_at")] {
            let rename = |from: &str, to: &str| format!("ALTER TABLE {table} RENAME COLUMN {from} TO {to}");
            place.db.execute_unprepared(&rename(column, "gone")).await.unwrap();
            let read = place.reads(Heard::Text("start".into())).await;
            assert!(read.contains("went wrong"), "{table}: {read}");
            place.db.execute_unprepared(&rename("gone", column)).await.unwrap();
        }
        assert!(place.reads(Heard::Text("start".into())).await.contains("A desk."));
    })
    .await;
}

/// Nobody can write: that is no bug, and the same update comes again.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_can_not_be_written_is_waited_for() {
    on_each(async |db, url| {
        let sqlite = db.get_database_backend() == DbBackend::Sqlite;
        // The other one's connection alone: what comes from elsewhere may still be written.
        let mut one = ConnectOptions::new(&url);
        one.max_connections(1);
        let other = if sqlite { db.clone() } else { Database::connect(one).await.unwrap() };
        let read_only = match sqlite {
            true => "PRAGMA query_only = on",
            false => "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        };
        let (place, said) = (Place::on(db.clone()).await, update("anna", Heard::Text("start".into())));
        other.execute_unprepared(read_only).await.unwrap();
        let fault = Place::with(other.clone()).engine.turn("terminal", KEYBOARD, &said).await.unwrap_err();
        assert!(matches!(fault, Fault::Away(_)), "{fault:?}");
        if sqlite {
            db.execute_unprepared("PRAGMA query_only = off").await.unwrap();
        }
        assert!(place.plays(&said).await.unwrap().rendered.text.plain().contains("A desk."));
        if !sqlite {
            other.close().await.unwrap();
        }
    })
    .await;
}
