//! The members, their bot, and what must be true after the storm.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bot_api::{BotApi, User};
use exodus::store;
use futures::future::join_all;
use sea_orm::DatabaseConnection;
use tokio::task::JoinSet;

use crate::arrived::{Sent, Shown, arrivals, sent_in_matrix};
use crate::chance::Chance;
use crate::done::{Least, PATIENCE, counted, enough_is_confirmed, enough_is_done, nothing_old_waits, too_few};
use crate::eyes::Chat;
use crate::gathered::gather;
use crate::in_matrix::InMatrix;
use crate::in_telegram::InTelegram;
use crate::journal::Replay;
use crate::life::{Circle, Common, Member};
use crate::misfortune::{refuse_rows, rows_refused, strikes};
use crate::program::{MOMENT, Program};
use crate::server::{Limits, Server};
use crate::weather::{Weather, midnight};
use crate::wishes::Nature;
use crate::{month_end, records};

const TOKEN: &str = "1234567:storm";
const PASSWORD: &str = "the bot's password";

/// How many people know each other.
const IN_A_CIRCLE: usize = 10;

/// When so much waits to be told, people hold their breath.
const TOO_MUCH: u64 = 80;

/// So many moments in a row it has to be quiet until all is done.
const QUIET: usize = 14;

/// How many faults of a kind are shown.
const SHOWN: usize = 8;

#[derive(Clone, Copy)]
pub struct Size {
    pub circles: usize,
    pub kills: usize,
    /// How many of the members are in Matrix, one in a circle.
    pub matrix: usize,
    /// How many times as fast as others people read and rest.
    pub haste: u32,
    /// What they get done in it at least.
    pub least: Least,
}

pub struct Community {
    size: Size,
    db: DatabaseConnection,
    api: Arc<BotApi>,
    in_telegram: Vec<User>,
    in_matrix: Vec<InMatrix>,
    program: Program,
    weather: Weather,
    common: Arc<Common>,
    chance: Chance,
    // Gone last.
    server: Option<Server>,
}

impl Community {
    pub async fn begins(size: Size, db: DatabaseConnection, url: &str) -> Community {
        let seed = std::env::var("STORM_SEED").ok().map_or_else(any_seed, |seed| seed.parse().unwrap());
        println!("STORM_SEED={seed}");
        let chance = Chance::new(seed);
        let size = match std::env::var("STORM_KILLS") {
            Ok(kills) => Size { kills: kills.parse().unwrap(), least: &[], ..size },
            Err(_) => size,
        };
        let weather = Weather::new(size.kills, size.matrix > 0, chance.apart(0));
        let api = Arc::new(BotApi::start(TOKEN).await);
        let mut settings = vec![
            ("EXODUS_DATABASE_URL", url.to_owned()),
            ("EXODUS_TELEGRAM_TOKEN", TOKEN.to_owned()),
            ("EXODUS_TELEGRAM_API_URL", api.url().to_owned()),
        ];
        let server = if size.matrix > 0 { Some(Server::start(Limits::Off).await) } else { None };
        let mut bot = None;
        if let Some(server) = &server {
            let id = server.register("exodus", PASSWORD).await;
            settings.push(("EXODUS_MATRIX_HOMESERVER_URL", server.url()));
            settings.push(("EXODUS_MATRIX_USER", id.clone()));
            settings.push(("EXODUS_MATRIX_PASSWORD", PASSWORD.to_owned()));
            bot = Some(id);
        }
        refuse_rows(&db).await;
        let program = Program::starts(settings, weather.moved_by());
        let in_matrix = match (&server, bot) {
            (Some(server), Some(bot)) => join_all((0..size.matrix).map(|at| InMatrix::arrives(server, &bot, at))).await,
            _ => Vec::new(),
        };
        let count = size.circles * IN_A_CIRCLE - in_matrix.len();
        let in_telegram = (0..count).map(|at| api.user(1000 + at as i64).named(&format!("Kin {at}")).lang("en"));
        let in_telegram = in_telegram.collect();
        let common = Arc::new(Common { haste: size.haste, ..Common::default() });
        Community { size, db, api, in_telegram, in_matrix, program, weather, common, chance, server }
    }

    pub async fn lives_through_a_storm(mut self) {
        let began = SystemTime::now();
        let mut members = self.members_live();
        let gathering = tokio::spawn(gather(self.db.clone(), self.size.circles, self.common.over.clone()));
        let looking = tokio::spawn(looks_at_the_outbox(self.db.clone(), self.common.clone()));
        let people = self.in_telegram.iter().map(User::id).collect();
        let striking =
            tokio::spawn(strikes(self.api.clone(), people, self.chance.apart(200_001), self.common.over.clone()));
        let (db, least) = (self.db.clone(), self.size.least);
        let enough = async || enough_is_confirmed(&db, least).await;
        let young = async |now| nothing_old_waits(&db, now).await;
        self.weather.rages(&mut self.program, enough, young).await;
        enough_is_done(&db, least).await;
        self.some_row_is_refused().await;
        self.common.over.cancel();
        let stormed = began.elapsed().unwrap();
        while let Some(ended) = members.join_next().await {
            ended.unwrap();
        }
        striking.await.unwrap();
        gathering.await.unwrap();
        looking.abort();
        self.everything_settles().await;
        let settled = began.elapsed().unwrap();
        let status = self.program.stops().await;
        println!(
            "the storm lasted {} s, {} s until all was told, and {} ms until the bot had stopped",
            stormed.as_secs(),
            (settled - stormed).as_secs(),
            (began.elapsed().unwrap() - settled).as_millis(),
        );
        self.is_well().await;
        assert!(status.success(), "the bot did not stop well: {status}");
    }

    /// Waits until somebody has met a row that is refused: how soon is a matter of luck.
    async fn some_row_is_refused(&self) {
        for _ in 0..PATIENCE {
            if calm(rows_refused(&self.program.log()), self.size.least).is_empty() {
                return;
            }
            tokio::time::sleep(MOMENT).await;
        }
    }

    /// Everybody lives, those of a circle together.
    fn members_live(&self) -> JoinSet<()> {
        let circles: Vec<Arc<Circle>> = (0..self.size.circles).map(|_| Arc::default()).collect();
        let mut members = JoinSet::new();
        for (at, user) in self.in_telegram.iter().enumerate() {
            let (circle, nature) = (circles[at % circles.len()].clone(), Nature::of(at / circles.len()));
            let chat = InTelegram(user.clone());
            members.spawn(
                Member::new(chat, circle, self.common.clone(), self.chance.apart(at as u64 + 1), nature).lives(),
            );
        }
        for (at, chat) in self.in_matrix.iter().cloned().enumerate() {
            let (circle, nature) = (circles[at % circles.len()].clone(), Nature::of(at));
            let chance = self.chance.apart(at as u64 + 100_001);
            members.spawn(Member::new(chat, circle, self.common.clone(), chance, nature).lives());
        }
        members
    }

    /// Waits until nothing is to be heard, to be told or to be done.
    async fn everything_settles(&self) {
        let mut quiet = 0;
        for _ in 0..240 {
            let waiting = store::outbox::waiting(&self.db).await.unwrap();
            let before = self.heard_in_matrix();
            tokio::time::sleep(MOMENT).await;
            let still = waiting == 0 && self.api.pending_updates() == 0 && self.heard_in_matrix() == before;
            quiet = if still { quiet + 1 } else { 0 };
            if quiet == QUIET {
                return;
            }
        }
        let waiting = store::outbox::waiting(&self.db).await.unwrap();
        panic!("not settled: {waiting} notices and {} updates wait", self.api.pending_updates());
    }

    fn heard_in_matrix(&self) -> usize {
        self.in_matrix.iter().map(|person| person.told().len()).sum()
    }

    async fn is_well(&self) {
        let (journal, accounts) = (records::journal(&self.db).await, records::accounts(&self.db).await);
        let (replay, now) = (Replay::of(&journal), self.weather.now());
        let sent = match &self.server {
            Some(server) => sent_in_matrix(&server.database_url()).await,
            None => Sent::new(),
        };
        let arrivals = arrivals(&self.db, &accounts, &self.shown(), &sent).await;
        println!(
            "{} members, {} kills, {} turns, {} asked again, {} records in the journal, {} commitments, {} collections, \
             {} notices, {} of them twice in Telegram",
            accounts.len(),
            self.size.kills,
            self.common.turns.load(Ordering::Relaxed),
            self.common.asked_again.load(Ordering::Relaxed),
            journal.len(),
            replay.commitments.len(),
            replay.collections.len(),
            arrivals.notices,
            arrivals.doubles,
        );
        let unread = self.in_matrix.iter().flat_map(InMatrix::told).filter(|message| message.content.is_none()).count();
        println!("{} members in Matrix, whose clients could not decrypt {unread} messages", self.in_matrix.len());
        let refused = rows_refused(&self.program.log());
        println!("{refused} rows were refused");
        let done = counted(&journal);
        println!("{}", done.iter().map(|(what, times)| format!("{what} {times}")).collect::<Vec<_>>().join(", "));
        let faults = [
            ("the journal can't be played again", replay.faults.clone()),
            ("the records are not what the journal says", records::differing(&self.db, &replay).await),
            ("sums disagree", records::misadded(&self.db, &replay, accounts.keys()).await),
            ("trust lists are wrong", records::mistrusted(&self.db, &accounts).await),
            ("the calendar is behind", records::undone(&self.db, &replay, now, midnight()).await),
            ("the month was not closed well", month_end::faults(&journal, &replay, midnight())),
            ("nobody asked for it", self.common.told.unexplained(&journal, &accounts)),
            ("it was not told", arrivals.faults),
            ("the messengers complain", self.misheard()),
            ("that was no storm", too_few(&done, self.size.least)),
            ("that was no storm", calm(refused, self.size.least)),
        ];
        if std::env::var("STORM_SHOW").is_ok() {
            for user in self.in_telegram.iter().take(3).chain(self.in_telegram.iter().skip(100).take(2)) {
                println!("=== {}\n{}", user.id(), user.transcript());
            }
            for person in self.in_matrix.iter().take(2) {
                println!("=== {}", person.transcript());
            }
        }
        for (what, faults) in faults.iter().filter(|(_, faults)| !faults.is_empty()) {
            println!("{what}, {} times:\n{}", faults.len(), faults[..faults.len().min(SHOWN)].join("\n"));
        }
        assert!(faults.iter().all(|(_, faults)| faults.is_empty()), "not all is well after the storm");
        let lived = accounts.len() == self.size.circles * IN_A_CIRCLE && arrivals.notices > self.size.circles * 20;
        assert!(lived, "that was no storm: {} members, {} notices", accounts.len(), arrivals.notices);
    }

    fn shown(&self) -> Shown {
        let mut shown = Shown::new();
        for user in &self.in_telegram {
            let messages = user.messages();
            let said = messages.iter().filter(|message| message.from_bot).map(|message| message.as_sent());
            shown.insert(("telegram", user.id().to_string()), times(said));
        }
        for person in &self.in_matrix {
            shown.insert(person.who(), times(person.told().iter().map(|message| message.body())));
        }
        shown
    }

    /// What a messenger would complain of.
    fn misheard(&self) -> Vec<String> {
        let refused = self.api.violations().into_iter().map(|refusal| format!("{refusal:?}"));
        let said = self.in_matrix.iter().flat_map(InMatrix::told).filter(|message| !message.encrypted);
        refused.chain(said.map(|message| format!("not encrypted: {}", message.id))).collect()
    }
}

/// How often each was said.
fn times<'a>(said: impl Iterator<Item = &'a str>) -> HashMap<String, usize> {
    let mut times = HashMap::new();
    for text in said {
        *times.entry(text.trim().to_owned()).or_default() += 1;
    }
    times
}

/// Where people do enough, some of it meets a row that is refused.
fn calm(refused: usize, least: Least) -> Vec<String> {
    if refused == 0 && !least.is_empty() { vec!["no row was refused".to_owned()] } else { Vec::new() }
}

/// Lets people hold their breath while much waits to be told.
async fn looks_at_the_outbox(db: DatabaseConnection, common: Arc<Common>) {
    loop {
        let waiting = store::outbox::waiting(&db).await.unwrap_or_default();
        common.breathless.store(waiting > TOO_MUCH, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn any_seed() -> u64 {
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
    (nanos ^ u128::from(std::process::id())) as u64 & 0xFFFF_FFFF
}
