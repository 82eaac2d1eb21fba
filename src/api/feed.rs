//! Who learns at once that something has happened: one look at the journal for all who wait, instead of one for each.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::broadcast;

use crate::aid::{Aid, concerned_since, last_event};
use crate::domain::{MemberId, Refusal};
use crate::screens::Settings;
use exodus_engine::conversation::{Fault, Moment, Moments};

/// So often it is looked, where anybody waits.
const OFTEN: Duration = Duration::from_millis(250);

/// So many streams there are at once, and so many of one member.
const MOST: usize = 1_200;
const MOST_OF_ONE: usize = 5;

/// Whom something concerns that has happened.
#[derive(Clone)]
enum Concerned {
    These(Arc<HashSet<MemberId>>),
    /// Perhaps anybody: what has happened since they began to wait was not looked at.
    Anybody,
}

/// Tells those who wait whom something concerns that has happened.
pub struct Feed {
    news: broadcast::Sender<Concerned>,
    streams: Arc<Mutex<std::collections::HashMap<MemberId, usize>>>,
}

/// The place of a stream, until it is dropped.
pub struct Place {
    streams: Arc<Mutex<std::collections::HashMap<MemberId, usize>>>,
    whose: MemberId,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut all = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(theirs) = all.get_mut(&self.whose) {
            *theirs -= 1;
        }
        all.retain(|_, theirs| *theirs > 0);
    }
}

impl Feed {
    /// Looks from now on, for as long as somebody holds this.
    pub fn begin(moments: Moments, settings: Arc<Settings>) -> Arc<Feed> {
        let feed = Arc::new(Feed { news: broadcast::Sender::new(256), streams: Arc::default() });
        let looks = Arc::downgrade(&feed);
        tokio::spawn(async move {
            let mut known = None;
            loop {
                tokio::time::sleep(OFTEN).await;
                let Some(feed) = looks.upgrade() else { return };
                if feed.news.receiver_count() == 0 {
                    known = None;
                    continue;
                }
                match look(&moments, settings.clone(), known).await {
                    Ok((last, concerned)) => {
                        let is_first = known.replace(last).is_none();
                        let concerned: HashSet<MemberId> = concerned.into_iter().collect();
                        if is_first {
                            let _ = feed.news.send(Concerned::Anybody);
                        } else if !concerned.is_empty() {
                            let _ = feed.news.send(Concerned::These(Arc::new(concerned)));
                        }
                    }
                    Err(fault) => tracing::debug!(%fault, "programs that wait learn later what has happened"),
                }
            }
        });
        feed
    }

    /// What is told from now on.
    pub fn listen(&self) -> Hearing {
        Hearing(self.news.subscribe())
    }

    /// A place for one more stream of this member; none: they have enough, or there is no room.
    pub fn enter(&self, whose: MemberId) -> Option<Place> {
        let mut all = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if all.values().sum::<usize>() >= MOST || all.get(&whose).is_some_and(|theirs| *theirs >= MOST_OF_ONE) {
            return None;
        }
        *all.entry(whose).or_default() += 1;
        Some(Place { streams: self.streams.clone(), whose })
    }
}

/// Somebody who waits.
pub struct Hearing(broadcast::Receiver<Concerned>);

impl Hearing {
    /// Waits until something has happened that concerns this member.
    pub async fn concerns(&mut self, who: MemberId) {
        loop {
            match self.0.recv().await {
                Ok(Concerned::These(these)) if !these.contains(&who) => {}
                // Of what was missed, some may be theirs.
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}

/// Whom what has happened since then concerns, and how far that is. At first nobody.
async fn look(moments: &Moments, settings: Arc<Settings>, known: Option<i64>) -> Result<(i64, Vec<MemberId>), Fault> {
    let looked = moments
        .look("feed", async move |at: Moment<'_>| -> Result<Result<_, Refusal>, Fault> {
            let aid = Aid::at(at, &settings.rules);
            Ok(Ok(match known {
                None => (last_event(&aid).await?, Vec::new()),
                Some(known) => concerned_since(&aid, known).await?,
            }))
        })
        .await?;
    looked.map_err(|refusal| Fault::Broken(refusal.to_string()))
}
