//! The browser: pages as HTML, made here and complete without any script.
//!
//! Nothing is sent to a browser: it comes and asks. So what somebody does is a turn as in any messenger (`acting`), after
//! which they are led to the open page, drawn as it is then (`looking`). Each tab is a conversation of its own, named in its
//! address; what is pressed or written on a page of a tab that has changed since does nothing. What they are told waits on a
//! page of its own (`notices`), and is delivered when it stands there. People sign in by a link from a chat (`entering`), and
//! an invite has a page that leads on to the chats, or into a conversation here (`landing`): whoever becomes known by that is
//! signed in.
//!
//! Everything is answered at the host's own door: see [`Site`].

mod acting;
mod answers;
mod assets;
mod browser_names;
mod cookies;
mod entering;
mod events;
mod forms;
mod html;
mod landing;
mod leaving;
mod limits;
mod looking;
mod made;
mod notices;
mod routes;
mod signed;
mod tongues;
mod typed;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures::FutureExt;
use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;
use url::Url;

pub use made::made;

use super::abilities::WEB;
use crate::conversation::{Caps, Clock, Inbox, Letter, Messenger, Pace, SendError, Shown, Site, Visits, WayIn, WaysIn};
use crate::locale::{Locales, Msg, Text};
use crate::store::web::{MESSENGER, Memory};
use limits::Counted;

const NAME: &str = MESSENGER;

/// So many requests may wait to be taken in.
const WAITING: usize = 100;

/// For so long a request waits for whoever listens.
const PATIENCE: Duration = Duration::from_secs(10);

/// The message that shows the open page, which is always the same one.
const PAGE: &str = "page";

/// So many of them are kept until they are seen.
const MOST_FAREWELLS: usize = 100;

/// Something that is done with the inbox.
type Job = Box<dyn for<'a> FnOnce(&'a dyn Inbox) -> BoxFuture<'a, ()> + Send>;

/// What the pages are made with.
pub struct Surroundings {
    /// The address under which people come: a name, and nothing behind it.
    pub public_url: Url,
    /// Which browsers are known.
    pub memory: Memory,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// The words beside the pages.
    pub locales: Arc<Locales>,
    /// The ways into the other messengers.
    pub ways_in: WaysIn,
}

/// The browser as a messenger.
pub struct Web {
    desk: Arc<Reception>,
    jobs: tokio::sync::Mutex<mpsc::Receiver<Job>>,
}

/// Where requests come to.
struct Reception {
    around: Surroundings,
    jobs: mpsc::Sender<Job>,
    /// Whose pages have changed.
    changed: broadcast::Sender<String>,
    /// Whether anybody listens.
    open: watch::Sender<bool>,
    counted: Counted,
    /// How many streams of events there are.
    streams: events::Streams,
    /// What was written last.
    typed: typed::Typed,
    /// Words after which nothing can be done, such as the last ones to who is known no more: to which address.
    farewells: Mutex<VecDeque<(String, Text)>>,
}

impl Web {
    /// The pages, in these surroundings.
    pub fn new(around: Surroundings) -> Web {
        let (jobs, taken) = mpsc::channel(WAITING);
        let desk = Reception {
            around,
            jobs,
            changed: broadcast::Sender::new(256),
            open: watch::Sender::new(false),
            counted: Counted::default(),
            streams: events::Streams::default(),
            typed: typed::Typed::default(),
            farewells: Mutex::default(),
        };
        Web { desk: Arc::new(desk), jobs: tokio::sync::Mutex::new(taken) }
    }
}

#[async_trait]
impl Messenger for Web {
    fn name(&self) -> &'static str {
        NAME
    }

    fn caps(&self) -> Caps {
        WEB.caps
    }

    fn way_in(&self) -> WayIn {
        let under = |path: &str| Some(format!("{}{path}/{{token}}", self.desk.around.public_url));
        WayIn { messenger: NAME, link: under("i"), person: None, signs_in: under("in") }
    }

    fn pace(&self) -> Pace {
        WEB.pace
    }

    fn hears(&self) -> bool {
        *self.desk.open.borrow()
    }

    fn site(&self) -> Option<Site> {
        let host = routes::host_of(&self.desk.around.public_url);
        Some(Site { host, routes: routes::routes(self.desk.clone()) })
    }

    async fn listen(&self, inbox: &dyn Inbox, stop: CancellationToken) -> Result<(), anyhow::Error> {
        let mut jobs = self.jobs.lock().await;
        let mut running = FuturesUnordered::new();
        let mut round = tokio::time::interval(limits::ROUND);
        let mut often = tokio::time::interval(events::OFTEN);
        self.desk.open.send_replace(true);
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                Some(job) = jobs.recv() => running.push(job(inbox)),
                Some(()) = running.next(), if !running.is_empty() => {}
                _ = round.tick() => self.desk.counted.begin_anew(),
                _ = often.tick() => self.desk.pass_on_what_was_sent().await,
            }
        }
        // The streams of events end by this, and nobody waits for what is not taken in any more.
        self.desk.open.send_replace(false);
        while running.next().await.is_some() {}
        inbox.all_shown().await;
        Ok(())
    }

    /// It is seen when they look: whoever is looking is told to look again.
    async fn show(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        let is_page = letter.page.notice.is_none();
        if is_page && letter.page.buttons.is_empty() && !letter.page.asks {
            self.desk.keep_farewell(letter.to, &letter.page.text);
        }
        let _ = self.desk.changed.send(letter.to.to_owned());
        Ok(if is_page { Shown::editable(PAGE) } else { Shown::for_good(letter.id) })
    }
}

impl Reception {
    /// Has this done by whoever listens; none: nobody does, or the database is away.
    async fn ask<T: Send + 'static>(
        &self,
        job: impl for<'a> FnOnce(&'a dyn Inbox) -> BoxFuture<'a, Result<T, anyhow::Error>> + Send + 'static,
    ) -> Option<T> {
        if !*self.open.borrow() {
            return None;
        }
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move |inbox| {
            async move {
                let _ = tell.send(job(inbox).await);
            }
            .boxed()
        });
        let done = async {
            self.jobs.send(job).await.ok()?;
            told.await.ok()
        };
        match tokio::time::timeout(PATIENCE, done).await.ok().flatten()? {
            Ok(done) => Some(done),
            Err(error) => {
                tracing::debug!(%error, "a request to a page was not answered");
                None
            }
        }
    }

    /// The same with what is to be seen.
    async fn visit<T: Send + 'static>(
        &self,
        job: impl for<'a> FnOnce(&'a dyn Visits) -> BoxFuture<'a, Result<T, anyhow::Error>> + Send + 'static,
    ) -> Option<T> {
        self.ask(move |inbox| match inbox.visits() {
            Some(visits) => job(visits),
            None => async { Err(anyhow::anyhow!("nothing is to be seen here")) }.boxed(),
        })
        .await
    }

    fn words(&self, lang: &str, msg: &Msg) -> String {
        self.around.locales.plain(lang, msg)
    }

    fn is_secure(&self) -> bool {
        self.around.public_url.scheme() == "https"
    }

    fn keep_farewell(&self, address: &str, text: &Text) {
        let mut kept = self.farewells.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((address.to_owned(), text.clone()));
        if kept.len() > MOST_FAREWELLS {
            kept.pop_front();
        }
    }

    fn take_farewell(&self, address: &str) -> Option<Text> {
        let mut kept = self.farewells.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().rposition(|(to, _)| to == address)?;
        kept.remove(place).map(|(_, text)| text)
    }
}
