//! Whether somebody can be written to, as their messenger tells it. It is no turn: nothing is shown, and the session stays
//! as it is.

use sea_orm::DatabaseTransaction;

use super::{Bot, Engine, Fault, Incoming, Moment, Person};
use crate::store::{self, account, person};

/// What is longer is not remembered as somebody's name in their messenger.
const LONGEST_NAME: usize = 256;

/// How often it is tried again when others change the same records in the same moment.
const TRIES: usize = 5;

impl<B: Bot> Engine<B> {
    /// Notes that whoever has this chat can be written to from now on, or can't. Told a second time, it does nothing.
    ///
    /// # Errors
    /// As [`Engine::turn`].
    pub(super) async fn reached(&self, messenger: &str, incoming: &Incoming, reachable: bool) -> Result<(), Fault> {
        for _ in 0..TRIES {
            match self.note_reached(messenger, incoming, reachable).await {
                Err(Fault::Raced) => {}
                noted => return noted,
            }
        }
        Err(Fault::Raced)
    }

    async fn note_reached(&self, messenger: &str, incoming: &Incoming, reachable: bool) -> Result<(), Fault> {
        let tx = store::begin(self.db()).await?;
        let now = self.now();
        if store::seen_update::note(&tx, messenger, &incoming.update, now).await? {
            match store::account::find_by_account(&tx, messenger, &incoming.address).await? {
                Some((account, _)) if reachable => store::account::mark_reachable(&tx, account.id).await?,
                Some((account, _)) => store::account::mark_unreachable(&tx, account.id, now).await?,
                None => {}
            }
        }
        tx.commit().await?;
        // What has waited for them may go at once.
        self.committed().notify_one();
        Ok(())
    }
}

/// The person who talks, of what is known of where they talk from. An account that could not be reached can be again: they
/// have just written from it.
pub(super) async fn arrived(
    tx: &DatabaseTransaction,
    known: Option<(account::Model, person::Model)>,
    incoming: &Incoming,
) -> Result<Option<Person>, Fault> {
    let Some((account, person)) = known else { return Ok(None) };
    // A page that is drawn again was brought by nobody.
    let called: String = incoming.name.chars().filter(|character| !character.is_control()).take(LONGEST_NAME).collect();
    if !called.is_empty() && account.called.as_deref() != Some(called.as_str()) {
        store::account::call(tx, account.id, &called).await?;
    }
    if account.unreachable_since.is_some() {
        store::account::mark_reachable(tx, account.id).await?;
    }
    Ok(Some(person.into()))
}

/// Makes a person of whoever talks from this address.
pub(super) async fn let_in(at: &Moment<'_>, (messenger, address): (&str, &str), lang: &str) -> Result<Person, Fault> {
    let person = store::person::insert(at.tx, lang, at.now).await?;
    match store::account::insert(at.tx, person.id, messenger, address, at.now).await {
        // The same person was let in in the same moment by another process.
        Err(error) if store::is_unique_violation(&error) => Err(Fault::Raced),
        account => account.map(|_| person.into()).map_err(Fault::from),
    }
}
