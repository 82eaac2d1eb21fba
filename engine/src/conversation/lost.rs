//! Pages that got lost: the turn is in the database, and the process ended before the messenger took the page. (An update is
//! confirmed when its turn is in the database; so nobody brings it again.)

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;

use super::pages::{SHOWN_FOR, silence};
use super::{Bot, Desk, Fault, caught};
use crate::store;
use crate::store::session::Unshown;

/// The time between two lost pages: five a second, so that those who write now hardly notice them.
const APART: Duration = Duration::from_millis(200);

/// How many are looked up at once.
const A_LOOK: u64 = 100;

/// Where several processes hear a messenger, a page that is not shown yet may be in the hands of another one for a while.
const IN_OTHER_HANDS: Duration = Duration::from_secs(20);

/// How often it is looked whether the messenger can be written to, and the database is there again.
const A_MOMENT: Duration = Duration::from_millis(500);

impl<B: Bot> Desk<B> {
    /// Shows the pages that processes which ended have left unshown, one after another, until there are none, or until
    /// `stop`. To be begun together with the listening, and when another process has ended that listened too; it delays
    /// nobody. Two processes that do it at once show each page once.
    pub async fn show_what_was_lost(&self, stop: &CancellationToken) {
        let mut until = self.engine.now();
        if !self.messenger.listens_alone() {
            if !slept(IN_OTHER_HANDS, stop).await {
                return;
            }
            until = self.engine.now() - TimeDelta::from_std(IN_OTHER_HANDS).unwrap_or_default();
        }
        while !self.messenger.ready() {
            if !slept(A_MOMENT, stop).await {
                return;
            }
        }
        let messenger = self.messenger.name();
        let mut shown = 0;
        loop {
            match self.show_all(until, stop, &mut shown).await {
                Ok(()) => break,
                Err(Fault::Away(_)) => {
                    if !slept(A_MOMENT, stop).await {
                        break;
                    }
                }
                Err(fault) => {
                    tracing::warn!(messenger, %fault, "pages that were lost are shown when people write again");
                    break;
                }
            }
        }
        if shown > 0 {
            tracing::info!(messenger, pages = shown, "pages that were lost when a process ended were shown");
        }
    }

    /// All that were not shown until then. Counts how many were tried.
    async fn show_all(&self, until: DateTime<Utc>, stop: &CancellationToken, tried: &mut usize) -> Result<(), Fault> {
        let db = self.engine.db();
        loop {
            let lost = store::session::unshown(
                db,
                self.messenger.name(),
                (until - TimeDelta::from_std(SHOWN_FOR).unwrap_or_default(), until),
                A_LOOK,
            )
            .await?;
            if lost.is_empty() {
                return Ok(());
            }
            for chat in lost {
                if !slept(APART, stop).await {
                    return Ok(());
                }
                // Those that are taken up are not found again, whatever becomes of them.
                let taken = self.engine.now().max(until + TimeDelta::seconds(1));
                if store::session::take_unshown(db, &chat, taken).await? {
                    *tried += 1;
                    match caught(self.show_lost(&chat)).await {
                        Ok(()) => {}
                        Err(fault @ Fault::Away(_)) => return Err(fault),
                        // One chat's trouble: it is shown when they write again.
                        Err(fault) => tracing::error!(messenger = self.messenger.name(), %fault, "a lost page broke"),
                    }
                }
            }
        }
    }

    /// As it is now, and under its own name: a messenger which did take it shows it once.
    async fn show_lost(&self, chat: &Unshown) -> Result<(), Fault> {
        let (messenger, caps) = (self.messenger.name(), self.messenger.caps());
        let turn = self.queue.enter(&chat.address).await;
        let Some(answer) = self.engine.redraw(messenger, caps, &silence(&chat.address)).await? else { return Ok(()) };
        self.show_soon(&chat.address, None, answer);
        drop(turn);
        self.showing.is_shown(&chat.address).await;
        Ok(())
    }
}

/// False: it was told to stop.
async fn slept(time: Duration, stop: &CancellationToken) -> bool {
    stop.run_until_cancelled(tokio::time::sleep(time)).await.is_some()
}
