//! Showing things in a group: a card that is changed where it stands, and pinned.

use super::DeltaChat;
use super::api::SELF;
use super::asking::Core;
use super::letter::said;
use super::refusal::Unsent;
use super::rpc::RpcError;
use super::show::UNTIL_SIGNED_IN;
use crate::conversation::{Letter, Pinned, SendError};

impl DeltaChat {
    /// Changes a message of ours; one that is not there any more is sent anew.
    pub(super) async fn change(&self, core: &Core, letter: &Letter<'_>, message: i64) -> Result<i64, Unsent> {
        let chat = self.memory.chat_of(letter.to).await?.ok_or(Unsent::Gone)?;
        let before = core.message_if_there(message).await?;
        let Some(before) = before.filter(|it| it.chat_id == chat.chat_id && it.from_id == SELF) else {
            return self.send(core, letter).await;
        };
        let text = said(&letter.page.text);
        if before.text == text {
            return Ok(message);
        }
        match core.edit(message, &text).await {
            Ok(()) => Ok(message),
            Err(error) => Err(self.not_said(core, chat.chat_id, error).await),
        }
    }

    pub(super) async fn pin_in(&self, group: &str, message: &str) -> Result<Pinned, SendError> {
        let core = self.core().ok_or(SendError::Later(UNTIL_SIGNED_IN))?;
        let pinned = self.pins(&core, group, message, true).await;
        pinned.map(|()| Pinned::Done).map_err(|unsent| self.unsent(group, unsent))
    }

    pub(super) async fn take_away_in(&self, group: &str, message: &str) -> Result<(), SendError> {
        let core = self.core().ok_or(SendError::Later(UNTIL_SIGNED_IN))?;
        match self.takes(&core, group, message).await {
            // Where we are no more, nothing of ours can be taken away.
            Ok(()) | Err(Unsent::Gone) => Ok(()),
            Err(unsent) => Err(self.unsent(group, unsent)),
        }
    }

    async fn takes(&self, core: &Core, group: &str, message: &str) -> Result<(), Unsent> {
        let Ok(id) = message.parse() else { return Ok(()) };
        if core.message_if_there(id).await?.is_none() {
            return Ok(());
        }
        self.pins(core, group, message, false).await?;
        Ok(core.delete_for_all(id).await?)
    }

    async fn pins(&self, core: &Core, group: &str, message: &str, pinned: bool) -> Result<(), Unsent> {
        let chat = self.memory.chat_of(group).await?.ok_or(Unsent::Gone)?;
        let id: i64 = message.parse().map_err(|_| Unsent::Never("that is no message".to_owned()))?;
        match core.pin(id, pinned).await {
            Ok(()) => Ok(()),
            Err(error) => Err(self.not_said(core, chat.chat_id, error).await),
        }
    }

    /// Where we do not belong any more, nothing is said.
    async fn not_said(&self, core: &Core, chat: i64, error: RpcError) -> Unsent {
        let is_refused = matches!(error, RpcError::Refused(_));
        match core.people_in(chat).await {
            Ok(people) if is_refused && !people.contains(&SELF) => Unsent::Gone,
            _ => error.into(),
        }
    }
}
