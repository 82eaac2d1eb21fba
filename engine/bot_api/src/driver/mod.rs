//! Many people at once, each living a script: the load of a benchmark.
//!
//! The script is text, one step a line, `who: what`. Every group of members plays it at the same
//! time as all others:
//!
//! ```text
//! # Anna asks for help, Boris helps.
//! a: lang ru
//! a: /start
//! a: press "Русский"
//! a: write 500
//! b: /start {token-of a}
//! repeat:
//! a: press "Home"
//! a: sees "Welcome"
//! ```
//!
//! - `/command ...` and `write ...` wait until the member's update before was answered.
//! - `press "label"` waits for that too, and for a button whose label contains the words, on the
//!   newest of the member's messages that has one.
//! - `sees "words"` waits until one of the member's messages contains them.
//! - `reads` waits for an answer, and for as long as a person needs to read it: before a button that can't be undone.
//! - `lang xx` sets the language of the member's Telegram.
//! - `{token-of a}` is the parameter of the newest `start=` link among a's messages (waited for),
//!   `{group}` and `{round}` are numbers.
//! - Steps above a line `repeat:` are played once, those below again and again by the same members.
//!   Without that line every round is played from the top by new members.

mod player;
mod report;
mod script;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::bot_api::BotApi;
use player::Player;
pub use player::Tally;
pub use report::Report;
pub use script::{Script, ScriptError};

/// How much load, and for how long.
#[derive(Debug, Clone)]
pub struct Load {
    /// How many live at once; grouped by the script's cast.
    pub members: usize,
    /// How long is measured.
    pub time: Option<Duration>,
    /// How many rounds each group plays, if not as long as there is time.
    pub rounds: Option<u64>,
    /// Runs before the measure begins.
    pub warm_up: Duration,
    /// How long a member waits for what the script says comes next.
    pub patience: Duration,
}

/// Waits for a bot to connect, lets the members live the script, and tells how it went.
pub async fn run(api: &BotApi, script: Script, load: &Load) -> Report {
    while api.requests("getUpdates") == 0 && !api.has_webhook() {
        sleep(Duration::from_millis(20)).await;
    }
    let script = Arc::new(script);
    let tally = Arc::new(Tally::default());
    let ids = Arc::new(AtomicI64::new(1_000_000));
    // Without a warm-up the first update counts too, so it is measured before anybody begins.
    api.shared.telegram().answer_times = Some(Vec::with_capacity(1 << 16));
    let mut before = report::Before::of(api);
    let mut begun = Instant::now();
    let mut playing = JoinSet::new();
    let groups = (load.members / script.cast.len()).max(1);
    for group in 0..groups {
        let player = Player {
            shared: Arc::clone(&api.shared),
            script: Arc::clone(&script),
            tally: Arc::clone(&tally),
            ids: Arc::clone(&ids),
            group,
            rounds: load.rounds.unwrap_or(u64::MAX),
            patience: load.patience,
        };
        playing.spawn(player.play());
    }
    if !load.warm_up.is_zero() {
        sleep(load.warm_up).await;
        api.shared.telegram().answer_times = Some(Vec::with_capacity(1 << 16));
        tally.begin();
        (before, begun) = (report::Before::of(api), Instant::now());
    }
    let all_played = async { while playing.join_next().await.is_some() {} };
    match load.time {
        Some(time) => drop(tokio::time::timeout(time, all_played).await),
        None => all_played.await,
    }
    let seconds = begun.elapsed().as_secs_f64();
    let times = api.shared.telegram().answer_times.take().unwrap_or_default();
    let members = usize::try_from(ids.load(Ordering::Relaxed) - 1_000_000).unwrap_or(0);
    Report::of(api, &tally, before, times, seconds, (groups * script.cast.len(), members))
}
