//! What is said in a group at once.

use std::time::Duration;

use super::FromGroup;
use super::turn::Reply;
use crate::conversation::{Bot, Desk, Fault, InGroup, Letter, Named, Reader, Waiting, render_notice, shown_by};

/// How often it is tried, and how long is waited for that at most. Then nobody waits for the answer any more.
const TRIES: u32 = 3;
const LONGEST: Duration = Duration::from_secs(30);

impl<B: Bot> Desk<B> {
    /// Plays the turn of a group, and says there what it gives.
    pub(in crate::conversation) async fn play_group(&self, heard: FromGroup) -> Result<(), anyhow::Error> {
        let _turn = self.queue.enter(&heard.address).await;
        let played = self.engine.group_turn(self.messenger.name(), &heard).await;
        if played.is_ok() {
            self.engine.waits().end(&Waiting::Turns);
        }
        match played {
            Ok(Some(reply)) => {
                let desk = self.clone();
                self.replies.spawn(async move { desk.reply_in_group(heard, reply).await });
                Ok(())
            }
            Ok(None) => Ok(()),
            Err(fault) => {
                if let Fault::Away(_) = &fault {
                    self.engine.waits().begin(Waiting::Turns, &fault);
                }
                Err(fault.into())
            }
        }
    }

    async fn reply_in_group(&self, heard: FromGroup, reply: Reply) {
        let named = Named { word: String::new(), number: 0 };
        let page =
            render_notice(&self.engine.locales, Reader::of(&reply.lang), self.messenger.caps(), &reply.page, &named);
        let id = format!("g{}", heard.update);
        let group = Some(InGroup { place: heard.place.as_deref() });
        for _ in 0..TRIES {
            let letter = Letter { to: &heard.address, page: &page, edit: None, id: &id, thread: None, group };
            let shown = {
                let _room = self.showing.room().await;
                shown_by(self.messenger.as_ref(), letter).await
            };
            let Err(error) = shown else { return };
            match error.again() {
                Some(pause) if pause <= LONGEST => tokio::time::sleep(pause).await,
                _ => return tracing::info!(messenger = self.messenger.name(), %error, "a group got no answer"),
            }
        }
    }
}
