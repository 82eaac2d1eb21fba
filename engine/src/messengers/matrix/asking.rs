//! What the homeserver is asked for: whether there is news; then the news.
//!
//! When the SDK takes news in, it asks for keys that it lacks. A letter that is sent in that moment to whose keys are
//! lacking waits for them, up to five seconds, and the asking waits for the letter. So nothing is sent while news are taken
//! in; and because waiting for them may take long, that is another request, whose answer is thrown away.
//!
//! What we say ourselves is no news, or each notice would cost two more requests. What we do about rooms is, and is told by
//! a bell of our own.

use std::time::Duration;

use anyhow::bail;
use futures::FutureExt;
use matrix_sdk::config::SyncSettings;
use matrix_sdk::ruma::api::client::filter::{Filter, FilterDefinition, RoomEventFilter};
use matrix_sdk::ruma::api::client::sync::sync_events::v3;
use matrix_sdk::ruma::events::AnySyncStateEvent;
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::ruma::presence::PresenceState;
use matrix_sdk::ruma::{RoomId, UserId, assign, uint};
use matrix_sdk::sync::{LeftRoomUpdate, State, SyncResponse};
use tokio_util::sync::CancellationToken;

use super::batch::{Batch, Reader};
use super::chores::Chore;
use super::progress::Place;
use super::stubborn::stubbornly;
use super::sync::Ear;
use super::trouble::Trouble;
use crate::messengers::backoff::backoff;
use crate::messengers::proxied::through;

/// How long the homeserver may wait for something to tell.
const LONG: Duration = Duration::from_secs(30);

/// How much longer an answer may take on its way.
const ON_ITS_WAY: Duration = Duration::from_secs(30);

/// How long news may take to be taken in when we are to end.
const LAST: Duration = Duration::from_secs(3);

/// After so many failures, what can't be fetched of a room is left out, if the homeserver answers otherwise: one room must
/// not keep all others from being heard.
const PATIENCE: u32 = 9;

/// After so many failures in a row the operator is told once more, and then more and more rarely.
const MANY: u32 = 16;

/// News that have been understood.
pub(super) struct Heard {
    pub batch: Batch,
    /// Where the next begins.
    pub next: Place,
}

impl Ear<'_> {
    /// The next news after `since`, with all that belongs to them, when so much was heard before; `None`: we are to end.
    ///
    /// # Errors
    /// The homeserver has signed us out.
    pub async fn next(
        &self,
        since: Option<&str>,
        heard: i64,
        stop: &CancellationToken,
    ) -> Result<Option<Heard>, anyhow::Error> {
        // At the start there is what people have said meanwhile: it need not be waited for.
        if let Some(since) = since.filter(|_| self.matrix.has_listened()) {
            match stop.run_until_cancelled(self.news(since)).await {
                Some(news) => news?,
                None => return Ok(None),
            }
        }
        // Not broken off while they are taken in: the SDK would have noted that it has seen what people's clients have
        // sent, and lose the keys in it.
        let too_late = async {
            stop.cancelled().await;
            tokio::time::sleep(LAST).await;
        };
        tokio::select! {
            taken = self.take_in(since, heard) => taken.map(Some),
            () = too_late => Ok(None),
        }
    }

    /// Waits until there are news after `since`, or for half a minute.
    async fn news(&self, since: &str) -> Result<(), anyhow::Error> {
        tokio::select! {
            asked = self.news_of_others(since) => asked,
            () = self.matrix.echoes.notified() => Ok(()),
        }
    }

    async fn news_of_others(&self, since: &str) -> Result<(), anyhow::Error> {
        let request = assign!(v3::Request::new(), {
            filter: Some(v3::Filter::FilterDefinition(anything_but_of(&self.me))),
            since: Some(since.to_owned()),
            set_presence: PresenceState::Offline,
            timeout: Some(LONG),
        });
        let mut failures = 0;
        loop {
            let patient = self.client.request_config().timeout(LONG + ON_ITS_WAY);
            match self.client.send(request.clone()).with_request_config(patient).await {
                Ok(_) => break,
                Err(error) => self.bear(&Trouble::from(&error), &mut failures).await?,
            }
        }
        self.matrix.pulse.beats();
        is_back(failures);
        Ok(())
    }

    /// What fails is tried again for as long as it takes, with growing pauses; the operator is told once.
    async fn take_in(&self, since: Option<&str>, heard: i64) -> Result<Heard, anyhow::Error> {
        let mut failures = 0;
        let answer = loop {
            let taken = {
                let _nothing_is_sent = self.matrix.sending.rests().await;
                self.client.sync_once(settings()).await
            };
            match taken {
                Ok(answer) => break answer,
                Err(error) => self.bear(&Trouble::from(&error), &mut failures).await?,
            }
        };
        self.matrix.is_listening();
        let batch = self.understand(&answer, since, heard, &mut failures).await?;
        is_back(failures);
        let next = Place { next: answer.next_batch, heard: batch.heard };
        Ok(Heard { batch, next })
    }

    /// What an answer says; with all that has to be in the database before the cursor may go past it.
    async fn understand(
        &self,
        answer: &SyncResponse,
        since: Option<&str>,
        heard: i64,
        failures: &mut u32,
    ) -> Result<Batch, anyhow::Error> {
        let mut reader = Reader {
            client: &self.client,
            me: &self.me,
            memory: self.memory,
            clock: self.matrix.clock.as_ref(),
            threads: &self.matrix.threads,
            reactions: self.matrix.settings.reactions,
            groups: self.matrix.settings.in_groups,
            gives_up: false,
            heard,
        };
        let mut batch = loop {
            match reader.read(answer, since).await {
                Ok(batch) => break batch,
                Err(trouble) => self.bear(&trouble, failures).await?,
            }
            reader.gives_up = *failures >= PATIENCE && self.client.whoami().await.is_ok();
        };
        for (room, update) in &answer.rooms.left {
            self.was_left(room, update).await;
        }
        stubbornly(&self.waits, || self.memory.note_undecrypted(&batch.undecrypted).boxed()).await;
        batch.chores.extend(answer.rooms.left.keys().cloned().map(Chore::Leave));
        Ok(batch)
    }
}

impl Ear<'_> {
    /// We are not in this room any more. Whoever has shut us out of theirs does not want to be written to. Where we have gone
    /// ourselves, and did not mean to, whoever runs the homeserver has deleted the room, and it says nothing of the person.
    async fn was_left(&self, room: &RoomId, update: &LeftRoomUpdate) {
        let person = stubbornly(&self.waits, || self.memory.person_in(room.as_str()).boxed()).await;
        let Some(person) = person else { return };
        match by_whom(update, &self.me) {
            Some(who) if who != person => {
                tracing::info!(
                    "a room was taken away by somebody else than whose it was; the next letter makes another"
                );
                stubbornly(&self.waits, || self.memory.not_alone(room.as_str()).boxed()).await;
            }
            _ => stubbornly(&self.waits, || self.memory.person_left(room.as_str()).boxed()).await,
        }
    }
}

/// Who made us leave.
fn by_whom(update: &LeftRoomUpdate, me: &UserId) -> Option<String> {
    let (State::Before(state) | State::After(state)) = &update.state;
    let timeline = update.timeline.events.iter().map(|event| event.raw().cast_ref_unchecked::<AnySyncStateEvent>());
    let mut ours = state.iter().chain(timeline).filter_map(|event| match event.deserialize() {
        Ok(AnySyncStateEvent::RoomMember(event)) if event.state_key() == me => Some(event),
        _ => None,
    });
    let last = ours.rfind(|event| matches!(event.membership(), MembershipState::Leave | MembershipState::Ban));
    last.map(|event| event.sender().to_string())
}

impl Ear<'_> {
    /// Waits before the next attempt.
    ///
    /// # Errors
    /// The homeserver has signed us out, so there is none.
    async fn bear(&self, trouble: &Trouble, failures: &mut u32) -> Result<(), anyhow::Error> {
        *failures += 1;
        let pause = match trouble {
            Trouble::SignedOut => bail!(
                "the homeserver has signed the bot out (its token was revoked, or its device deleted); with a password it signs \
                 in again by itself, otherwise look at the account"
            ),
            Trouble::Limited(pause) => *pause,
            _ => backoff(*failures).min(LONG),
        };
        let told = || through(self.matrix.settings.proxy.as_ref(), trouble);
        if *failures == 1 {
            tracing::warn!(trouble = told(), "waiting for the homeserver");
        } else if *failures >= MANY && failures.is_power_of_two() {
            tracing::error!(trouble = told(), failures, "the homeserver still does not answer as it should");
        }
        tokio::time::sleep(pause).await;
        Ok(())
    }
}

fn is_back(failures: u32) {
    if failures > 0 {
        tracing::info!("the homeserver answers again");
    }
}

/// What we want to hear. It is there when it is asked for, so the homeserver need not wait.
fn settings() -> SyncSettings {
    let mut filter = talk(FilterDefinition::with_lazy_loading(), uint!(50));
    // By these a room is known in which the homeserver speaks.
    filter.room.account_data = RoomEventFilter::empty();
    filter.room.account_data.types = Some(vec!["m.tag".to_owned()]);
    SyncSettings::new()
        .filter(v3::Filter::FilterDefinition(filter))
        .set_presence(PresenceState::Offline)
        .timeout(Duration::ZERO)
}

/// Whether there is anything of that from others. Nobody's membership is told with it: what the homeserver has told once it
/// would leave out of the news itself.
fn anything_but_of(me: &UserId) -> FilterDefinition {
    let mut filter = talk(FilterDefinition::empty(), uint!(1));
    filter.room.state = RoomEventFilter::ignore_all();
    filter.room.timeline.not_senders = vec![me.to_owned()];
    filter
}

/// What is said, and who comes and goes; so many events of a room.
fn talk(mut filter: FilterDefinition, limit: matrix_sdk::ruma::UInt) -> FilterDefinition {
    filter.presence = Filter::ignore_all();
    filter.room.ephemeral = RoomEventFilter::ignore_all();
    filter.room.account_data = RoomEventFilter::ignore_all();
    filter.room.timeline.limit = Some(limit);
    filter
}
