//! The real bot on a real database, spoken to without a messenger in between.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use exodus::aid::{Administrators, Registration, Rules};
use exodus::domain::{MemberId, Money};
use exodus::screens::{Exodus, Reading, Settings};
use exodus::store;
use exodus_engine::conversation::{
    Answer, Bot, Caps, Chance, Does, Engine, Fault, Heard, Incoming, OsChance, Rendered, WayIn,
};
use exodus_engine::hours::Zone;
use exodus_engine::locale::{Format, Locales, Msg, Rate};
use exodus_engine::testing::{Counted, HandClock};
use sea_orm::DatabaseConnection;

use crate::community::noon;

pub const KEYBOARD: Caps = Caps::KEYBOARD;
pub const NUMBERED: Caps = Caps::NUMBERED;

/// Whoever has this account administers the community.
pub const ADMINISTRATOR: &str = "administrator";

/// The largest sum that may be typed: a million.
pub const MAX: Money = Money::from_minor(100_000_000);

/// Updates are counted over all houses, as a messenger counts them.
static UPDATES: AtomicI64 = AtomicI64::new(1);

/// Notices are counted over all houses: often there are two on one database, and no number means two things.
static NUMBERS: AtomicI64 = AtomicI64::new(0);

/// Invites are counted, because pages show them, and the numbers of notices, because people type them; words are drawn.
#[derive(Default)]
struct Drawn(Counted);

impl Chance for Drawn {
    fn token(&self) -> Result<String, Fault> {
        self.0.token()
    }

    fn code(&self) -> Result<String, Fault> {
        self.0.code()
    }

    fn word(&self) -> Result<String, Fault> {
        OsChance.word()
    }

    fn number(&self, digits: u32) -> Result<i64, Fault> {
        Ok(10_i64.pow(digits.saturating_sub(1)) + NUMBERS.fetch_add(1, Ordering::Relaxed))
    }
}

pub struct House {
    pub engine: Engine<Exodus>,
    pub bot: Arc<Exodus>,
    pub clock: Arc<HandClock>,
    pub db: DatabaseConnection,
    pub locales: Arc<Locales>,
    /// The names of all screens of the bot.
    pub screens: Vec<&'static str>,
    pub settings: Arc<Settings>,
}

impl House {
    /// The bot on the third of November.
    pub fn on(db: DatabaseConnection) -> House {
        House::registering(db, Registration::Open)
    }

    /// The same, which lets these become members.
    fn registering(db: DatabaseConnection, registration: Registration) -> House {
        let rates = [("RUB", "98.5"), ("USD", "1.1")];
        let rates = rates.map(|(code, rate)| (code.to_owned(), Rate::read(rate).expect("a rate")));
        let locales = Arc::new(
            exodus::texts::locales(Format { currency: "EUR".to_owned() })
                .and_then(|all| all.only(&["en", "ru"]))
                .expect("locales")
                .with_rates(rates),
        );
        let (clock, chance) = (Arc::new(HandClock::at(noon(3))), Arc::new(Drawn::default()));
        let link = |link: &str| Some(link.to_owned());
        let way =
            |messenger, to: Option<&str>| WayIn { messenger, link: to.and_then(link), person: None, signs_in: None };
        let settings = Arc::new(Settings {
            rules: Rules { zone: Zone::UTC, max_amount: MAX, guarantee_amount: Money::from_minor(10_000) },
            ways_in: vec![
                way("telegram", Some("https://t.me/exodus_bot?start={token}")),
                way("matrix", Some("https://matrix.to/#/@exodus:example.org")),
                way("terminal", None),
                WayIn {
                    signs_in: Some("https://exodus.example.org/in/{token}".to_owned()),
                    ..way("web", Some("https://exodus.example.org/i/{token}"))
                },
            ]
            .into(),
            support_contact: Some("https://example.org/help".parse().expect("a url")),
            locales: locales.clone(),
            reading: Reading::of(&locales),
        });
        let exodus = Exodus::with(settings.clone()).registering(registration).administered_by(House::administrators());
        let mut screens: Vec<_> = exodus.screens().names().collect();
        screens.sort_unstable();
        let bot = Arc::new(exodus);
        let engine = Engine::new(bot.clone(), db.clone(), locales.clone(), clock.clone(), chance);
        House { engine, bot, clock, db, locales, screens, settings }
    }

    pub fn administrators() -> Administrators {
        Administrators::new([("terminal".to_owned(), ADMINISTRATOR.to_owned())])
    }

    /// The same, which answers strangers only so often.
    pub fn wary(self) -> House {
        House { engine: self.engine.wary(), ..self }
    }

    pub async fn in_memory() -> House {
        let db = store::connect("sqlite::memory:").await.expect("a database");
        store::migrate(&db).await.expect("migrated");
        House::on(db)
    }

    /// The bot of a community that lets in by invite alone.
    pub async fn by_invite_alone() -> House {
        House::registering(House::in_memory().await.db, Registration::Invite)
    }

    /// Says something, or presses; the page that answers.
    pub async fn hear(&self, who: &str, caps: Caps, heard: Heard) -> Rendered {
        self.turn(caps, &update(who, heard)).await.expect("a turn").expect("an answer").rendered
    }

    pub async fn says(&self, who: &str, words: &str) -> Rendered {
        self.hear(who, KEYBOARD, Heard::Text(words.to_owned())).await
    }

    pub async fn presses(&self, who: &str, data: &str) -> Rendered {
        self.hear(who, KEYBOARD, Heard::Press(data.to_owned())).await
    }

    pub async fn turn(&self, caps: Caps, incoming: &Incoming) -> Result<Option<Answer>, Fault> {
        self.engine.turn("terminal", caps, incoming).await
    }

    pub async fn speak(&self, member: MemberId, lang: &str) {
        store::person::set_lang(&self.db, [member], lang).await.expect("a language");
    }

    /// A sentence as this language says it.
    pub fn words(&self, lang: &str, msg: &Msg) -> String {
        self.locales.plain(lang, msg)
    }
}

/// The next update of a messenger.
pub fn update(who: &str, heard: Heard) -> Incoming {
    let seq = UPDATES.fetch_add(1, Ordering::Relaxed);
    Incoming {
        address: who.to_owned(),
        update: seq.to_string(),
        seq,
        name: who.to_owned(),
        lang: Some("en".to_owned()),
        heard,
        reply_to: None,
        thread: None,
        album: None,
        tab: String::new(),
        early: false,
    }
}

/// What every button of a page sends.
pub fn presses(page: &Rendered) -> Vec<&str> {
    let presses = page.buttons.iter().flatten().filter_map(|button| match &button.does {
        Does::Press(press) => Some(press.as_str()),
        Does::Write { otherwise: (_, press), .. } => Some(press.as_str()),
        _ => None,
    });
    presses.collect()
}

/// What the one deed of this name sends.
pub fn deed(page: &Rendered, name: &str) -> String {
    let found = presses(page).into_iter().find(|press| press.ends_with(&format!(":{name}")));
    found.unwrap_or_else(|| panic!("no {name} in {:?}", presses(page))).to_owned()
}

/// Everything that is kept of what people did: not their sessions, which grow with every turn.
pub async fn dump(db: &DatabaseConnection) -> String {
    use sea_orm::EntityTrait;
    use store::{account, collection, commitment, guarantee, invite, invite_use, journal, member, outbox};
    macro_rules! rows {
        ($($table:ident)*) => {{
            let mut all = String::new();
            $({
                let mut rows: Vec<String> = $table::Entity::find().all(db).await.expect("rows")
                    .iter().map(|row| format!("{row:?}\n")).collect();
                rows.sort();
                all.extend(rows);
            })*
            all
        }};
    }
    // How a messenger calls somebody is noted whenever they say something.
    let accounts = account::Entity::find().all(db).await.expect("rows").into_iter();
    let accounts = accounts.map(|row| format!("{:?}\n", account::Model { called: None, ..row }));
    let mut accounts: Vec<String> = accounts.collect();
    accounts.sort();
    [accounts.concat(), rows!(member collection commitment guarantee invite invite_use journal outbox)].concat()
}
