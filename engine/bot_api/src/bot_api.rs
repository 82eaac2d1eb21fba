//! The server as a test holds it.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use crate::faults::FaultRule;
use crate::group_chat::GroupChat;
use crate::methods::{Command, METHODS, Method, Text};
use crate::pace::Pace;
use crate::press::Press;
use crate::refusal::{Refusal, RefusalKind};
use crate::server::{self, LOOK};
use crate::settings::Settings;
use crate::shared::Shared;
use crate::telegram::Telegram;
use crate::user::User;

/// How long nothing must happen to be settled, and how long to wait for that.
const QUIET: Duration = Duration::from_millis(60);
const PATIENCE: Duration = Duration::from_secs(10);

/// A running Bot API server. Dropped, it stops.
pub struct BotApi {
    pub(crate) shared: Arc<Shared>,
    url: String,
    server: JoinHandle<io::Result<()>>,
}

impl BotApi {
    /// Starts on a free loopback port.
    ///
    /// # Panics
    /// When there is no port to be had.
    pub async fn start(token: &str) -> Self {
        Self::launch(Settings::new(token)).await.expect("a free port on the loopback interface")
    }

    /// Starts as the settings say.
    ///
    /// # Errors
    /// When it can't listen where it should.
    pub async fn launch(settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind(settings.listen).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let shared = Shared::new(Telegram::new(settings));
        let server = tokio::spawn(server::serve(listener, Arc::clone(&shared)));
        Ok(Self { shared, url, server })
    }

    /// What to give the bot as its API's address, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A person; unknown to the bot until they start it.
    pub fn user(&self, id: i64) -> User {
        self.shared.telegram().person(id);
        User::new(Arc::clone(&self.shared), id)
    }

    /// A group, which the bot is not in yet. A number below -1000000000000 makes it a supergroup.
    pub fn group(&self, id: i64) -> GroupChat {
        self.shared.telegram().group(id);
        GroupChat::new(Arc::clone(&self.shared), id)
    }

    /// The commands shown in groups to people with this language (empty: the default).
    pub fn commands_in_groups(&self, lang: &str) -> Vec<Command> {
        let place = ("{\"type\":\"all_group_chats\"}".to_owned(), lang.to_owned());
        self.shared.telegram().commands.get(&place).cloned().unwrap_or_default()
    }

    /// Gives the bot any update: a kind (`message`, `poll`) and its body.
    pub fn update(&self, kind: &str, body: &serde_json::Value) -> Option<u32> {
        let chat = body["chat"]["id"].as_i64().unwrap_or(0);
        self.shared.enqueue(&mut self.shared.telegram(), chat, kind, &body.to_string())
    }

    /// Delivers an update once more, whether or not it was confirmed.
    ///
    /// # Panics
    /// When there never was one with this id.
    #[track_caller]
    pub fn redeliver(&self, update: u32) {
        let mut telegram = self.shared.telegram();
        let found = telegram.queue.log.get(&update).cloned();
        let Some(found) = found else {
            drop(telegram);
            panic!("no update {update} was ever sent");
        };
        self.shared.pass_on(&mut telegram, found, true);
    }

    /// Arranges a fault.
    pub fn fault(&self, rule: FaultRule) {
        self.shared.telegram().faults.push(rule);
    }

    /// Takes back all faults.
    pub fn heal(&self) {
        self.shared.telegram().faults.clear();
        self.shared.heals.send_modify(|heals| *heals += 1);
    }

    /// From now on the bot is held to this pace, or to none.
    pub fn set_pace(&self, pace: Option<Pace>) {
        self.shared.telegram().settings.pace = pace;
    }

    /// How often a method was called, refused calls included.
    ///
    /// # Panics
    /// When there is no such method here.
    #[track_caller]
    pub fn requests(&self, method: &str) -> u64 {
        let method = Method::named(method).unwrap_or_else(|| panic!("no such method: {method}"));
        self.shared.telegram().counts[method as usize]
    }

    /// All methods that were called, and how often.
    pub fn request_counts(&self) -> BTreeMap<&'static str, u64> {
        let telegram = self.shared.telegram();
        METHODS
            .iter()
            .zip(telegram.counts)
            .filter(|(_, count)| *count > 0)
            .map(|((_, name), count)| (*name, count))
            .collect()
    }

    /// All refused requests, those that a test scripted and those that happen to every bot included.
    pub fn refusals(&self) -> Vec<Refusal> {
        self.shared.telegram().refusals.clone()
    }

    /// Requests that no bot should ever make: wrong in any circumstances.
    pub fn violations(&self) -> Vec<Refusal> {
        let telegram = self.shared.telegram();
        telegram.refusals.iter().filter(|refusal| refusal.kind == RefusalKind::Malformed).cloned().collect()
    }

    /// Presses still without an answer (those too old to answer aside): the person's button still spins.
    pub fn unanswered_presses(&self) -> Vec<Press> {
        let telegram = self.shared.telegram();
        telegram.presses.values().filter(|press| press.answers == 0 && !press.too_old).cloned().collect()
    }

    /// The commands shown to people with this language (empty: the default).
    pub fn commands(&self, lang: &str) -> Vec<Command> {
        let place = ("{\"type\":\"default\"}".to_owned(), lang.to_owned());
        self.shared.telegram().commands.get(&place).cloned().unwrap_or_default()
    }

    /// What the bot says of itself to people with this language (empty: the default): its name, its description, and the
    /// short one.
    pub fn introduction(&self, lang: &str) -> [String; 3] {
        let telegram = self.shared.telegram();
        [Text::Name, Text::Description, Text::ShortDescription].map(|text| telegram.text(text, lang))
    }

    /// The type of the button beside the input field.
    pub fn menu_button(&self) -> String {
        self.shared.telegram().menu_button.clone()
    }

    /// Updates that the bot has not confirmed yet.
    pub fn pending_updates(&self) -> usize {
        self.shared.telegram().queue.waiting()
    }

    /// Takes the webhook away, as another program with the same token may.
    pub fn forget_webhook(&self) {
        let mut telegram = self.shared.telegram();
        telegram.webhook_generation += 1;
        telegram.webhook = None;
        telegram.queue.close_lanes();
    }

    /// Whether updates go by webhook.
    pub fn has_webhook(&self) -> bool {
        self.shared.telegram().webhook.is_some()
    }

    /// How many requests are being worked on, but for those that ask for updates.
    pub fn worked_on(&self) -> usize {
        self.shared.telegram().busy
    }

    /// Waits until the bot took all updates and has done nothing for 60 ms.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn settled(&self) {
        self.settled_for(QUIET, PATIENCE).await;
    }

    /// The same with other times.
    ///
    /// # Panics
    /// When patience ends.
    pub async fn settled_for(&self, quiet: Duration, patience: Duration) {
        let until = Instant::now() + patience;
        loop {
            let (waiting, busy, rested) = {
                let telegram = self.shared.telegram();
                (telegram.queue.waiting(), telegram.busy, telegram.last_activity.elapsed())
            };
            if waiting == 0 && busy == 0 && rested >= quiet {
                return;
            }
            assert!(
                Instant::now() < until,
                "not settled after {patience:?}: {waiting} updates wait, {busy} requests are being worked on"
            );
            sleep(LOOK).await;
        }
    }
}

impl Drop for BotApi {
    fn drop(&mut self) {
        self.server.abort();
        let mut telegram = self.shared.telegram();
        telegram.webhook_generation += 1;
        telegram.webhook = None;
    }
}
