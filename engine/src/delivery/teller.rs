use async_trait::async_trait;

use crate::conversation::{Bot, Fault, Kept, Moment, Page, own_notices};

/// What the outbox asks of a bot, whatever its world is.
#[async_trait]
pub(super) trait Teller: Send + Sync {
    /// See [`Bot::tells`]; the engine has kinds of its own.
    fn kinds(&self) -> Vec<&'static str>;

    /// See [`Bot::notices`].
    async fn pages(&self, at: &Moment<'_>, these: &[Kept]) -> Result<Vec<Option<Page>>, Fault>;
}

#[async_trait]
impl<B: Bot> Teller for B {
    fn kinds(&self) -> Vec<&'static str> {
        own_notices::kinds(self)
    }

    async fn pages(&self, at: &Moment<'_>, these: &[Kept]) -> Result<Vec<Option<Page>>, Fault> {
        own_notices::pages(self, at, these).await
    }
}
