use std::sync::Arc;

use chrono_tz::Tz;
use sea_orm::{DatabaseConnection, DbErr};

use super::{HandClock, People};
use crate::aid::{Rules, Tokens};
use crate::conversation::{Desk, Engine, Inbox, Incoming, Messenger};
use crate::delivery::Outbox;
use crate::domain::Money;
use crate::locale::Locales;
use crate::screens::{Exodus, Settings};

/// A million, and a hundred, in minor units: as where a community configures nothing.
const MAX_AMOUNT: Money = Money::from_minor(100_000_000);
const GUARANTEE_AMOUNT: Money = Money::from_minor(10_000);

/// What lasts when the bot is stopped and started again.
#[derive(Clone)]
pub struct World {
    pub db: DatabaseConnection,
    pub locales: Arc<Locales>,
    pub clock: Arc<HandClock>,
    pub tokens: Arc<dyn Tokens>,
    pub people: Arc<dyn People>,
}

/// The whole bot as it runs for a community, with people who are played at its only messenger. Nothing in it works
/// by itself: it answers when it is spoken to and delivers when it is told to, so that everything happens in one order.
pub struct House {
    desk: Desk<Exodus>,
    outbox: Outbox,
}

impl House {
    /// Starts the bot.
    pub fn open(world: &World) -> House {
        let messenger: Arc<dyn Messenger> = world.people.clone();
        let exodus = Exodus::new(Settings {
            rules: Rules { zone: Tz::UTC, max_amount: MAX_AMOUNT, guarantee_amount: GUARANTEE_AMOUNT },
            ways_in: vec![messenger.way_in()],
            tokens: world.tokens.clone(),
            support_contact: None,
            languages: world.locales.languages().to_vec(),
        });
        let engine = Engine::new(Arc::new(exodus), world.db.clone(), world.locales.clone(), world.clock.clone());
        House {
            desk: Desk::new(Arc::new(engine), messenger.clone()),
            outbox: Outbox::new(world.db.clone(), world.locales.clone(), vec![messenger], world.clock.clone()),
        }
    }

    /// Plays one turn: the answer is shown when this returns.
    ///
    /// # Errors
    /// As [`Inbox::receive`].
    pub async fn hear(&self, incoming: Incoming) -> Result<(), anyhow::Error> {
        self.desk.receive(incoming).await
    }

    /// Tells everybody what is due now.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn deliver(&self) -> Result<(), DbErr> {
        while self.outbox.deliver_due().await? > 0 {}
        Ok(())
    }
}
