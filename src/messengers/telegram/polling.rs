//! Long polling: we ask for updates, and Telegram answers when there are some.

use std::time::Duration;

use anyhow::bail;
use serde_json::value::RawValue;
use teloxide::payloads::{DeleteWebhook, GetUpdates};
use teloxide::types::AllowedUpdate;
use tokio_util::sync::CancellationToken;

use super::Telegram;
use super::heard::{Understood, understood};
use super::update::Unreadable;
use super::window::Window;
use super::wire::{Trouble, Yes};
use crate::conversation::{Inbox, Incoming};
use crate::messengers::backoff::backoff;
use crate::messengers::turns::{Ended, Turns};

/// What we want to know of.
pub(super) const WANTED: [AllowedUpdate; 3] =
    [AllowedUpdate::Message, AllowedUpdate::CallbackQuery, AllowedUpdate::MyChatMember];

/// How long Telegram may wait for something to tell, and how long we then wait for the answer.
const LONG: Duration = Duration::from_secs(30);
const LONGER: Duration = Duration::from_secs(40);

/// How long the turns of one answer are waited for before we ask again. Most take a few milliseconds; if one hangs,
/// others don't wait for it any longer than this.
const STRAGGLERS: Duration = Duration::from_millis(200);

/// When to ask again after an update that has no number to confirm it by: it would come again at once, and again.
const UNNUMBERED: Duration = Duration::from_secs(10);

/// What Telegram answers: each update is read by itself.
type Updates = Vec<Box<RawValue>>;

/// So often in a row somebody else may take our updates: while one process follows another, both may ask for a moment.
const MOST_CONFLICTS: u32 = 4;

impl Telegram {
    pub(super) async fn poll(&self, inbox: &dyn Inbox, stop: CancellationToken) -> Result<(), anyhow::Error> {
        if stop.run_until_cancelled(self.leave_webhook()).await.transpose()?.is_none() {
            return Ok(());
        }
        let mut window = Window::default();
        let mut turns = Turns::stubborn(inbox, stop.clone());
        let mut troubles = Troubles::default();
        while let Some(answered) = self.ask(&mut window, &mut turns, &stop).await {
            match answered {
                Ok(updates) => {
                    troubles = Troubles::default();
                    let all_numbered = self.take(updates, &mut window, &mut turns);
                    settle(&mut window, &mut turns, &stop).await;
                    if !all_numbered {
                        wait(UNNUMBERED, &mut window, &mut turns, &stop).await;
                    }
                }
                Err(trouble) => {
                    let pause = troubles.bear(&trouble)?;
                    wait(pause, &mut window, &mut turns, &stop).await;
                }
            }
        }
        turns.begin_no_more();
        while let Some(ended) = turns.next().await {
            note(&mut window, &ended);
        }
        tokio::join!(self.confirm(&window), inbox.all_shown());
        Ok(())
    }

    /// Telegram gives no updates to who asks while it brings them elsewhere.
    async fn leave_webhook(&self) -> Result<(), anyhow::Error> {
        let mut troubles = Troubles::default();
        while let Err(trouble) = self.wire.call::<Yes>(&DeleteWebhook::new()).await {
            tokio::time::sleep(troubles.bear(&trouble)?).await;
        }
        Ok(())
    }

    /// Asks for updates while turns are played on; `None`: we are to stop.
    async fn ask(
        &self,
        window: &mut Window,
        turns: &mut Turns<'_, i64>,
        stop: &CancellationToken,
    ) -> Option<Result<Updates, Trouble>> {
        let mut request = GetUpdates::new().allowed(window.ask());
        request.timeout = Some(if turns.all_ended() { LONG.as_secs() as u32 } else { 0 });
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
            match (self.sort(read), id) {
                (Some(incoming), Some(id)) => turns.add(incoming, id),
                (None, Some(id)) => window.finish(id),
                (_, None) => {}
            }
        }
        all_numbered
    }

    /// Answers a press, and says what is wrong with what nothing can be done about. What remains is for the inbox.
    pub(super) fn sort(&self, read: Result<Understood, Unreadable>) -> Option<Incoming> {
        let Understood { id, incoming, press, puzzles } = match read {
            Ok(understood) => understood,
            Err(Unreadable { id, why }) => {
                self.drops.unreadable(id, &why);
                return None;
            }
        };
        if let Some(press) = press {
            self.presses.answer(press, id);
            if incoming.is_err() {
                self.presses.say(&id.to_string(), None);
            }
        }
        if puzzles {
            self.drops.puzzled(id);
        }
        incoming.map_err(|why| self.drops.dropped(id, why)).ok()
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
        window.finish(ended.ticket);
    }
}

/// Plays on until all turns have ended, or until it is time to see who else is waiting.
async fn settle(window: &mut Window, turns: &mut Turns<'_, i64>, stop: &CancellationToken) {
    if !turns.all_ended() {
        let all = async {
            while let Some(ended) = turns.next().await {
                note(window, &ended);
            }
        };
        let _ = stop.run_until_cancelled(tokio::time::timeout(STRAGGLERS, all)).await;
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

/// What went wrong since the last answer.
#[derive(Default)]
pub(super) struct Troubles {
    failures: u32,
    conflicts: u32,
}

impl Troubles {
    /// How long to wait before the next request.
    ///
    /// # Errors
    /// Waiting would not help.
    pub fn bear(&mut self, trouble: &Trouble) -> Result<Duration, anyhow::Error> {
        if trouble.is_about_the_token() {
            bail!("{trouble}: Telegram does not know the token any more; look at telegram.token");
        }
        self.failures += 1;
        if let Some(pause) = trouble.pause() {
            return Ok(pause);
        }
        match trouble {
            Trouble::Refused { code: 409, .. } => {
                self.conflicts += 1;
                if self.conflicts > MOST_CONFLICTS {
                    bail!("{trouble}: another program uses the same bot; stop it, or take a token of its own");
                }
                tracing::warn!(%trouble, "somebody else takes our updates");
                Ok(Duration::from_millis(500))
            }
            Trouble::Refused { .. } => bail!("{trouble}"),
            Trouble::Silent(_) => {
                if self.failures == 1 {
                    tracing::warn!(%trouble, "waiting for Telegram");
                }
                Ok(backoff(self.failures))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: u16, retry_after: Option<u64>) -> Trouble {
        Trouble::Refused { code, description: "no".into(), retry_after }
    }

    #[test]
    fn passing_troubles_are_waited_out() {
        let mut troubles = Troubles::default();
        let seconds =
            |troubles: &mut Troubles, trouble: &Trouble| troubles.bear(trouble).ok().map(|pause| pause.as_secs());
        let silent = Trouble::Silent("reset".into());
        assert_eq!([1, 2, 4].map(Some), [(); 3].map(|()| seconds(&mut troubles, &silent)));
        assert_eq!(seconds(&mut troubles, &refused(429, Some(9))), Some(9));
    }

    #[test]
    fn what_waiting_does_not_help_ends_the_bot() {
        for code in [401, 404, 400] {
            assert!(Troubles::default().bear(&refused(code, None)).is_err(), "{code}");
        }
        let mut troubles = Troubles::default();
        let borne = (0..10).take_while(|_| troubles.bear(&refused(409, None)).is_ok()).count();
        assert_eq!(borne, MOST_CONFLICTS as usize);
    }
}
