//! What goes wrong when Telegram is asked for updates, and how long it is borne.

use std::time::Duration;

use anyhow::bail;
use teloxide::payloads::GetMe;
use tokio_util::task::AbortOnDropHandle;

use super::connect::Me;
use super::wire::Trouble;
use super::{ConnectError, Telegram};
use crate::messengers::backoff::backoff;

/// So long Telegram may refuse us before it is believed. Longer than another program can hold our updates that has ended
/// already: a request of it may wait for 50 s.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);

/// The longest wait between two attempts.
const LONGEST: Duration = Duration::from_secs(30);

/// When to ask again while another program takes our updates: it may have ended a moment ago.
const BESIDE_ANOTHER: Duration = Duration::from_secs(1);

/// After so many failures in a row the operator is told once more, and then more and more rarely.
const MANY: u32 = 16;

/// What went wrong since the last good answer.
pub(super) struct Troubles {
    failures: u32,
    /// The last of it was that another program takes our updates.
    conflict: bool,
    patience: Duration,
    /// Ends when Telegram has refused us for too long.
    refused: Option<AbortOnDropHandle<()>>,
}

impl Troubles {
    pub fn within(patience: Duration) -> Troubles {
        Troubles { failures: 0, conflict: false, patience, refused: None }
    }

    /// A good answer has come.
    pub fn are_over(&mut self) {
        if self.failures > 0 {
            tracing::info!("Telegram answers again");
        }
        *self = Troubles::within(self.patience);
    }

    /// How long the next request may wait for updates: `long`, or `short` when it is to be known soon whether all is well
    /// again. (While another program takes our updates, a short one would often go through beside it, and mean nothing.)
    pub fn patient(&self, long: Duration, short: Duration) -> Duration {
        if self.failures == 0 || self.conflict { long } else { short }
    }

    /// One more. Says how long to wait before the next request.
    fn note(&mut self, trouble: &Trouble) -> Duration {
        self.failures = self.failures.saturating_add(1);
        self.conflict = matches!(trouble, Trouble::Refused { code: 409, .. });
        if self.failures == 1 {
            tracing::warn!(%trouble, "waiting for Telegram");
        } else if self.failures >= MANY && self.failures.is_power_of_two() {
            tracing::error!(%trouble, failures = self.failures, "Telegram still does not bring updates");
        }
        if let Some(pause) = trouble.pause() {
            return pause;
        }
        if let Trouble::Refused { .. } = trouble {
            let patience = self.patience;
            self.refused.get_or_insert_with(|| AbortOnDropHandle::new(tokio::spawn(tokio::time::sleep(patience))));
        }
        if self.conflict { BESIDE_ANOTHER } else { backoff(self.failures).min(LONGEST) }
    }

    fn last_too_long(&self) -> bool {
        self.refused.as_ref().is_some_and(AbortOnDropHandle::is_finished)
    }
}

impl Telegram {
    /// How long to wait before the next request.
    ///
    /// # Errors
    /// Waiting would not help: it has refused us for minutes, and refuses us whatever we ask.
    pub(super) async fn bear(&self, troubles: &mut Troubles, trouble: &Trouble) -> Result<Duration, anyhow::Error> {
        let pause = troubles.note(trouble);
        let Trouble::Refused { code, retry_after: None, .. } = trouble else { return Ok(pause) };
        if !troubles.last_too_long() {
            return Ok(pause);
        }
        if *code == 409 {
            bail!("{trouble}: another program uses the same bot; stop it, or take a token of its own");
        }
        match self.wire.call::<Me>(&GetMe::new()).await {
            Err(refused @ Trouble::Refused { .. }) if refused.pause().is_none() => {
                Err(ConnectError::from(refused).into())
            }
            _ => Ok(pause),
        }
    }
}
