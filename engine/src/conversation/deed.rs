//! A deed inside its turn: done whole, or undone whole.

use sea_orm::{DatabaseTransaction, TransactionTrait};

use super::{Bot, Cx, Draft, Engine, Fault, Input, Route, Step};

/// How things stood before a deed.
struct Before<W> {
    savepoint: DatabaseTransaction,
    world: W,
    route: Route,
    lang: String,
    also_in: Option<String>,
    draft: Draft,
}

impl<W: Clone> Before<W> {
    async fn a_deed(cx: &Cx<'_, W>) -> Result<Before<W>, Fault> {
        Ok(Before {
            savepoint: cx.turn.at.tx.begin().await?,
            world: cx.world.clone(),
            route: cx.route.clone(),
            lang: cx.lang.clone(),
            also_in: cx.also_in.clone(),
            draft: cx.draft.clone(),
        })
    }

    /// A deed that a rule refuses, or that finds nothing to act on, has not been: neither in the database nor here. Of
    /// whatever else came in its way the whole turn is undone.
    async fn or_undone(self, cx: &mut Cx<'_, W>, done: Result<Step, Fault>) -> Result<Step, Fault> {
        match &done {
            Ok(_) => self.savepoint.commit().await?,
            Err(Fault::Refused(_) | Fault::Lost) => {
                self.savepoint.rollback().await?;
                (cx.world, cx.route, cx.draft) = (self.world, self.route, self.draft);
                (cx.lang, cx.also_in) = (self.lang, self.also_in);
            }
            Err(Fault::Away(_) | Fault::Raced | Fault::Broken(_)) => {}
        }
        done
    }
}

impl<B: Bot> Engine<B> {
    /// The deed of a screen.
    pub(super) async fn act(&self, cx: &mut Cx<'_, B::World>, input: Input) -> Result<Step, Fault> {
        // Its page says that nothing can be done there just now.
        let screen = self.bot.screens().get(&cx.route).ok_or(Fault::Refused(Step::stay()))?;
        let before = Before::a_deed(cx).await?;
        let done = screen.act(cx, input).await;
        before.or_undone(cx, done).await
    }

    /// The deed of a notice.
    pub(super) async fn answer(&self, cx: &mut Cx<'_, B::World>, notice: &str, deed: &str) -> Result<Step, Fault> {
        let before = Before::a_deed(cx).await?;
        let done = self.answer_notice(cx, notice, deed).await;
        before.or_undone(cx, done).await
    }

    /// What `start` does.
    pub(super) async fn start(&self, cx: &mut Cx<'_, B::World>, word: Option<&str>) -> Result<Step, Fault> {
        let before = Before::a_deed(cx).await?;
        let done = self.bot.start(cx, word).await;
        before.or_undone(cx, done).await
    }
}
