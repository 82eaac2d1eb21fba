//! Long polling: we ask for updates, and Telegram answers when there are some.

use std::time::Duration;

use serde_json::value::RawValue;
use teloxide::payloads::{DeleteWebhook, GetUpdates};
use teloxide::types::AllowedUpdate;
use tokio_util::sync::CancellationToken;

use super::Telegram;
use super::heard::{Understood, understood};
use super::troubles::Troubles;
use super::update::Unreadable;
use super::window::Window;
use super::wire::{Trouble, Yes};
use crate::conversation::{Inbox, Incoming};
use crate::messengers::turns::{Arrival, Ended, Turns};

/// What we want to know of.
pub(super) const WANTED: [AllowedUpdate; 5] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::MyChatMember,
    AllowedUpdate::InlineQuery,
];

/// How long Telegram may wait for something to tell, and how long we then wait for the answer.
const LONG: Duration = Duration::from_secs(30);
const LONGER: Duration = Duration::from_secs(40);

/// The same at first, and after something went wrong: soon it is known that we are heard.
const SHORT: Duration = Duration::from_secs(1);

/// How long the turns of one answer are waited for before we ask again. Most take a few milliseconds; if one hangs,
/// others don't wait for it any longer than this.
const STRAGGLERS: Duration = Duration::from_millis(200);

/// How long we keep from asking twice for the same: within half a second, Telegram would give one update and no more, the
/// one whose turn hangs.
const THE_SAME_AGAIN: Duration = Duration::from_millis(600);

/// When to ask again after an update that has no number to confirm it by: it would come again at once, and again.
const UNNUMBERED: Duration = Duration::from_secs(10);

/// What Telegram answers: each update is read by itself.
type Updates = Vec<Box<RawValue>>;

impl Telegram {
    pub(super) async fn poll(&self, inbox: &dyn Inbox, stop: CancellationToken) -> Result<(), anyhow::Error> {
        let mut troubles = Troubles::within(self.patience);
        if stop.run_until_cancelled(self.leave_webhook(&mut troubles)).await.transpose()?.is_none() {
            return Ok(());
        }
        let mut window = Window::default();
        let mut turns = Turns::stubborn(inbox, stop.clone());
        let listened = loop {
            let waits = if self.pulse.is_heard() { troubles.patient(LONG, SHORT) } else { SHORT };
            let Some(answered) = self.ask(waits, &mut window, &mut turns, &stop).await else { break Ok(()) };
            match answered {
                Ok(updates) => {
                    window.answered();
                    self.pulse.beats();
                    troubles.are_over();
                    let all_numbered = self.take(updates, &mut window, &mut turns);
                    settle(&mut window, &mut turns, &stop).await;
                    if !all_numbered {
                        wait(UNNUMBERED, &mut window, &mut turns, &stop).await;
                    }
                }
                Err(trouble) => match self.bear(&mut troubles, &trouble).await {
                    Ok(pause) => wait(pause, &mut window, &mut turns, &stop).await,
                    Err(lost) => break Err(lost),
                },
            }
        };
        turns.begin_no_more();
        while let Some(ended) = turns.next().await {
            note(&mut window, &ended);
        }
        if listened.is_ok() {
            tokio::join!(self.confirm(&window), inbox.all_shown());
        } else {
            inbox.all_shown().await;
        }
        listened
    }

    /// Telegram gives no updates to who asks while it brings them elsewhere.
    async fn leave_webhook(&self, troubles: &mut Troubles) -> Result<(), anyhow::Error> {
        while let Err(trouble) = self.wire.call::<Yes>(&DeleteWebhook::new()).await {
            tokio::time::sleep(self.bear(troubles, &trouble).await?).await;
        }
        Ok(())
    }

    /// Asks for updates while turns are played on; `None`: we are to stop.
    async fn ask(
        &self,
        waits: Duration,
        window: &mut Window,
        turns: &mut Turns<'_, i64>,
        stop: &CancellationToken,
    ) -> Option<Result<Updates, Trouble>> {
        let mut request = GetUpdates::new().allowed(window.ask());
        request.timeout = Some(if turns.all_ended() { waits.as_secs() as u32 } else { 0 });
        let answer = self.wire.call_for(&request, LONGER);
        tokio::pin!(answer);
        loop {
            tokio::select! {
                biased;
                () = stop.cancelled() => return None,
                Some(ended) = turns.next() => note(window, &ended),
                answered = &mut answer => return Some(answered),
            }
        }
    }

    /// Begins the turns of what has come. False: some of it can't ever be confirmed.
    fn take(&self, updates: Updates, window: &mut Window, turns: &mut Turns<'_, i64>) -> bool {
        let mut all_numbered = true;
        for update in updates {
            let read = understood(&update);
            let id = match &read {
                Ok(understood) => Some(understood.id),
                Err(unreadable) => unreadable.id,
            };
            all_numbered &= id.is_some();
            if id.is_some_and(|id| !window.take(id)) {
                continue;
            }
            match (self.sort(read, turns.inbox()), id) {
                (Sorted::Turn(arrived), Some(id)) => turns.add(arrived, id),
                (Sorted::Change(incoming, words), Some(id)) => turns.change(incoming, &words, id),
                (Sorted::Nothing, Some(id)) => window.finish(id),
                (_, None) => {}
            }
        }
        all_numbered
    }

    /// Answers a press, and says what is wrong with what nothing can be done about. What remains is for the inbox.
    pub(super) fn sort(&self, read: Result<Understood, Unreadable>, inbox: &dyn Inbox) -> Sorted {
        let Understood { id, incoming, group, press, asked, changed, topic, is_usual, puzzles } = match read {
            Ok(understood) => understood,
            Err(Unreadable { id, why }) => {
                self.drops.unreadable(id, &why);
                return Sorted::Nothing;
            }
        };
        if let Some(group) = group {
            // What people say among themselves is nobody's affair, and is not told.
            let for_us = group.filter(|heard| self.is_for_us(heard));
            return for_us.map_or(Sorted::Nothing, |heard| Sorted::Turn(heard.into()));
        }
        if let Some(press) = press {
            self.presses.answer(press, id);
            if incoming.is_err() {
                self.presses.say(&id.to_string(), None);
            }
        }
        if let Some(asked) = asked {
            inbox.asked(asked);
        }
        if puzzles {
            self.drops.puzzled(id);
        }
        match (incoming, changed) {
            (Ok(incoming), changed) => {
                self.topics.note(&incoming.address, topic);
                match changed {
                    Some(words) => Sorted::Change(incoming, words),
                    None => Sorted::Turn(incoming.into()),
                }
            }
            (Err(_), _) if is_usual => Sorted::Nothing,
            (Err(why), _) => {
                self.drops.dropped(id, why);
                Sorted::Nothing
            }
        }
    }

    /// Tells Telegram what is done with, so that it does not come again. Whatever else this answers will come again.
    async fn confirm(&self, window: &Window) {
        if window.is_confirmed() {
            return;
        }
        let mut request = GetUpdates::new().allowed(window.offset());
        (request.limit, request.timeout) = (Some(1), Some(0));
        if let Err(trouble) = self.wire.call::<Updates>(&request).await {
            tracing::info!(%trouble, "the last updates were not confirmed; they will come again and be known");
        }
    }
}

/// What is to be done about an update.
pub(super) enum Sorted {
    /// Nothing more.
    Nothing,
    /// It has a turn.
    Turn(Arrival),
    /// A message was changed, to these words.
    Change(Incoming, String),
}

trait Allowed {
    fn allowed(self, offset: i64) -> Self;
}

impl Allowed for GetUpdates {
    /// The request for all that we want to know of, from this offset on.
    fn allowed(mut self, offset: i64) -> GetUpdates {
        self.offset = Some(i32::try_from(offset).unwrap_or(i32::MAX));
        self.allowed_updates = Some(WANTED.to_vec());
        self
    }
}

fn note(window: &mut Window, ended: &Ended<i64>) {
    // A turn that the database did not take until the end stays open, and comes again.
    if ended.outcome.is_ok() {
        ended.more.iter().chain([&ended.ticket]).for_each(|ticket| window.finish(*ticket));
    }
}

/// Plays on until all turns have ended, or until it is time to see who else is waiting.
async fn settle(window: &mut Window, turns: &mut Turns<'_, i64>, stop: &CancellationToken) {
    let _ = stop.run_until_cancelled(tokio::time::timeout(STRAGGLERS, play_on(window, turns, |_| false))).await;
    if !turns.all_ended() && window.would_ask_the_same() {
        let moves = play_on(window, turns, |window| !window.would_ask_the_same());
        let _ = stop.run_until_cancelled(tokio::time::timeout(THE_SAME_AGAIN - STRAGGLERS, moves)).await;
    }
}

/// Plays on until all turns have ended, or this is so.
async fn play_on(window: &mut Window, turns: &mut Turns<'_, i64>, is_enough: impl Fn(&Window) -> bool) {
    while !is_enough(window)
        && let Some(ended) = turns.next().await
    {
        note(window, &ended);
    }
}

/// Plays on for so long.
async fn wait(pause: Duration, window: &mut Window, turns: &mut Turns<'_, i64>, stop: &CancellationToken) {
    let pause = tokio::time::sleep(pause);
    tokio::pin!(pause);
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return,
            Some(ended) = turns.next() => note(window, &ended),
            () = &mut pause => return,
        }
    }
}
