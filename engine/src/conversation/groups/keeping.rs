//! Binding a group, keeping its card, and letting it go.

use chrono::TimeDelta;

use super::Group;
use crate::conversation::{Fault, Moment, Page, Tell};
use crate::id::PersonId;
use crate::msg;
use crate::store::chat::{self, Chat};
use crate::store::{account, is_unique_violation, outbox};

/// That the card is to be pinned, and the one before it taken away: nothing is said.
pub(crate) const PIN: &str = "group-pin";

/// That it can't be.
pub(crate) const NOT_PINNED: &str = "group-not-pinned";

/// That nothing is kept in the group any more.
pub(crate) const LET_GO: &str = "group-let-go";

/// For so long changes are gathered before the card is changed.
const GATHERED: TimeDelta = TimeDelta::seconds(2);

/// What is kept in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding<'a> {
    /// Whose it is.
    pub keeper: PersonId,
    /// The language that they are spoken to in.
    pub lang: &'a str,
    /// Which kind of notice the card is: one of those that the bot [tells](super::super::Bot::tells).
    pub card: &'static str,
    /// Which of the things of that kind it is about; nothing, where there is one of them for each keeper.
    pub about: Option<i64>,
}

impl Moment<'_> {
    /// Keeps something in a group from now on, and shows its card there. Says as whom it is told things.
    ///
    /// # Errors
    /// [`Fault::Raced`] when it has been bound in the same moment; the database's own.
    pub async fn bind(&self, messenger: &str, group: Group<'_>, binding: Binding<'_>) -> Result<PersonId, Fault> {
        // One that was let go, and was not told so yet, begins anew.
        if group.bound.is_none() {
            chat::forget_at(self.tx, messenger, group.address).await?;
        }
        if account::find_by_account(self.tx, messenger, group.address).await?.is_some() {
            return Err(match chat::find(self.tx, messenger, group.address).await? {
                Some(_) => Fault::Raced,
                // It would be so at every try.
                None => Fault::Broken("what is said to be a group is somebody's private chat".to_owned()),
            });
        }
        let new = chat::New {
            messenger,
            address: group.address,
            place: group.place,
            keeper: binding.keeper,
            lang: binding.lang,
            card_kind: binding.card,
            about: binding.about,
        };
        let reader = match chat::insert(self.tx, new, self.now).await {
            Err(error) if is_unique_violation(&error) => return Err(Fault::Raced),
            inserted => inserted?,
        };
        self.tell([Tell::new(reader, binding.card)]).await?;
        Ok(reader)
    }

    /// Shows the card of a group in a new message, in this place of it, where it is kept from now on.
    ///
    /// # Errors
    /// The database's own.
    pub async fn show_card_anew(&self, chat: &Chat, place: Option<&str>) -> Result<(), Fault> {
        chat::show_anew(self.tx, chat.reader, place).await?;
        self.cards_due(std::slice::from_ref(chat), TimeDelta::zero()).await
    }

    /// What the cards of these groups show has changed. All that changes within two seconds is one change of the card.
    ///
    /// # Errors
    /// The database's own.
    pub async fn refresh(&self, chats: &[Chat]) -> Result<(), Fault> {
        self.cards_due(chats, GATHERED).await
    }

    async fn cards_due(&self, chats: &[Chat], after: TimeDelta) -> Result<(), Fault> {
        let due = self.now + after;
        let mut kinds: Vec<&str> = chats.iter().map(|chat| chat.card_kind.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        // A bot has one or two kinds of cards.
        for kind in kinds {
            let readers: Vec<PersonId> =
                chats.iter().filter(|chat| chat.card_kind == kind).map(|chat| chat.reader).collect();
            let waiting = outbox::waits_for(self.tx, &readers, kind, due).await?;
            let others = readers.into_iter().filter(|reader| !waiting.contains(reader));
            self.tell(others.map(|reader| Tell::new(reader, kind).at(due))).await?;
        }
        Ok(())
    }

    /// Keeps nothing in these groups any more. Their cards are taken away, and it is said there.
    ///
    /// # Errors
    /// The database's own.
    pub async fn let_go(&self, chats: &[Chat]) -> Result<(), Fault> {
        self.let_go_after(chats, |_| Vec::new()).await
    }

    /// The same; this is said there before, as the last that is.
    ///
    /// # Errors
    /// The database's own.
    pub async fn let_go_after(&self, chats: &[Chat], last: impl Fn(&Chat) -> Vec<Tell>) -> Result<(), Fault> {
        let readers: Vec<PersonId> = chats.iter().map(|chat| chat.reader).collect();
        chat::let_go(self.tx, &readers).await?;
        self.tell(chats.iter().flat_map(last)).await?;
        self.tell(readers.into_iter().map(|reader| Tell::new(reader, LET_GO))).await
    }
}

/// What is told in groups by the engine itself; none for what is not its own.
pub(in crate::conversation) fn notice(kind: &str) -> Option<Page> {
    match kind {
        PIN => Some(Page::default()),
        NOT_PINNED => Some(Page::new(msg!("group-not-pinned"))),
        LET_GO => Some(Page::new(msg!("group-let-go"))),
        _ => None,
    }
}
