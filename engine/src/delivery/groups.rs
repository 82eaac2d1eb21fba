//! What is done in groups beside saying things: pinning the card, taking the one before it away; and what becomes of a group
//! that is left, or moves.

use sea_orm::DatabaseTransaction;

use super::post::{Fate, Post, within_patience};
use crate::conversation::{Fault, Moment, NOT_PINNED, PIN, Pinned, SendError, Tell, caught};
use crate::id::PersonId;
use crate::store::account::AccountId;
use crate::store::outbox::Claimed;
use crate::store::{self, chat};

impl Post<'_> {
    /// The card is shown in this message. If it is another than before, it is to be pinned, and that one taken away.
    pub(super) async fn note_card(
        &self,
        tx: &DatabaseTransaction,
        group: PersonId,
        message: Option<&str>,
    ) -> Result<(), Fault> {
        let Some(message) = message else { return Ok(()) };
        if chat::card_shown(tx, group, message).await? {
            self.tell(tx, group, PIN).await?;
        }
        Ok(())
    }

    /// Pins the card, and takes away the one before it. What can't be pinned is told once.
    pub(super) async fn pin(&self, row: &Claimed, account: AccountId, address: &str) -> Result<Fate, Fault> {
        let pinned = match &row.card {
            Some(card) => self.asked(self.messenger.pin(address, card)).await,
            None => Ok(Pinned::Done),
        };
        let pinned = match (pinned, &row.earlier_card) {
            (Ok(pinned), Some(before)) => self.asked(self.messenger.take_away(address, before)).await.map(|()| pinned),
            (pinned, _) => pinned,
        };
        let pinned = match pinned {
            Ok(pinned) => pinned,
            Err(SendError::Unknown { why, .. } | SendError::Broken(why)) => {
                tracing::warn!(messenger = self.messenger.name(), why, "a card could not be pinned");
                Pinned::NotAllowed
            }
            Err(error) => return self.not_sent(row, account, error, false).await,
        };
        self.answered();
        let tx = store::begin(&self.office.db).await.map_err(Fault::Away)?;
        let (group, before) = (row.recipient_id, row.earlier_card.as_deref());
        match pinned {
            Pinned::Done => chat::pinned(&tx, group, before).await?,
            Pinned::NotAllowed => {
                if chat::not_pinned(&tx, group, before).await? {
                    self.tell(&tx, group, NOT_PINNED).await?;
                }
            }
        }
        store::outbox::sent(&tx, row.id, None, self.now()).await?;
        tx.commit().await?;
        Ok(Fate::WentOut)
    }

    /// A group is nobody's any more: its card goes, if it can. Names may stand in it.
    pub(super) async fn take_card_away(&self, row: &Claimed, address: &str) {
        for message in [&row.card, &row.earlier_card].into_iter().flatten() {
            if let Err(error) = self.asked(self.messenger.take_away(address, message)).await {
                tracing::info!(messenger = self.messenger.name(), %error, "a card stays where it is");
            }
        }
    }

    /// Nothing can be said in this group any more: the bot was removed, or it is no more.
    pub(super) async fn group_gone(&self, row: &Claimed) -> Result<Fate, Fault> {
        self.answered();
        tracing::info!(messenger = self.messenger.name(), "a group is gone, and is forgotten");
        self.forget(row.recipient_id).await?;
        Ok(Fate::Tried)
    }

    /// The group goes on elsewhere: there it is told, and its card is shown anew.
    pub(super) async fn group_moved(&self, row: &Claimed, to: &str) -> Result<Fate, Fault> {
        self.answered();
        let tx = store::begin(&self.office.db).await.map_err(Fault::Away)?;
        let now = self.now();
        store::outbox::put_off(&tx, row.id, now).await?;
        if let Some(from) = &row.address
            && let Some(chat) = chat::moved(&tx, self.messenger.name(), (from, to)).await?
        {
            self.at(&tx).show_card_anew(&chat, None).await?;
        }
        tx.commit().await?;
        Ok(Fate::Tried)
    }

    /// It was said that a group is let go: nothing of it is left.
    pub(super) async fn forget(&self, group: PersonId) -> Result<(), Fault> {
        let tx = store::begin(&self.office.db).await.map_err(Fault::Away)?;
        chat::forget(&tx, group).await?;
        Ok(tx.commit().await?)
    }

    async fn tell(&self, tx: &DatabaseTransaction, group: PersonId, kind: &str) -> Result<(), Fault> {
        self.at(tx).tell([Tell::new(group, kind)]).await
    }

    fn at<'t>(&'t self, tx: &'t DatabaseTransaction) -> Moment<'t> {
        Moment { tx, now: self.now(), chance: self.office.chance.as_ref() }
    }

    /// What a messenger does, if it does it in time and does not break over it.
    async fn asked<T: Send>(&self, does: impl Future<Output = Result<T, SendError>> + Send) -> Result<T, SendError> {
        let done = caught(async { Ok(within_patience(does).await) }).await;
        done.unwrap_or_else(|fault| Err(SendError::Broken(fault.to_string())))
    }
}
