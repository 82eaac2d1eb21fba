//! Webhook: Telegram brings each update, and takes our answer for the word that it is done with.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::header::CONNECTION;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::value::RawValue;
use teloxide::payloads::{GetWebhookInfo, SetWebhook};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::heard::{Understood, understood};
use super::polling::{Sorted, WANTED};
use super::troubles::Troubles;
use super::update::Unreadable;
use super::wire::{Trouble, Yes};
use super::{Telegram, Webhook};
use crate::conversation::Inbox;
use crate::messengers::doors::{self, Limits, is_same};
use crate::messengers::turns::{Ended, Turns};

const SECRET: &str = "x-telegram-bot-api-secret-token";

/// The largest update that is read, in bytes. A message's text is 4096 characters long at most.
const LARGEST: usize = 1024 * 1024;

/// How long the rest of an update may take to come, once its head has.
const PATIENCE: Duration = Duration::from_secs(15);

/// How many updates Telegram may bring at the same time: as many as it is willing to.
const AT_ONCE: u8 = 100;

/// How long Telegram may keep us waiting after `stop` for an update that it has begun to bring.
const LAST_ORDERS: Duration = Duration::from_secs(10);

/// How often it is looked whether Telegram still brings us updates.
const LOOKED_EVERY: Duration = Duration::from_secs(20);

/// Where Telegram brings updates.
#[derive(Deserialize)]
struct Hook {
    #[serde(default)]
    url: String,
}

/// What came in at the door.
struct Brought {
    read: Result<Understood, Unreadable>,
    /// Where it is told whether it is done with.
    told: oneshot::Sender<bool>,
}

/// The door: who may come in, and where to bring it.
struct Door {
    secret: String,
    inside: mpsc::Sender<Brought>,
}

impl Telegram {
    pub(super) async fn serve(
        &self,
        webhook: &Webhook,
        inbox: &dyn Inbox,
        stop: CancellationToken,
    ) -> Result<(), anyhow::Error> {
        // What goes wrong here ends this messenger; whether the others go on is not ours to say.
        let stop = stop.child_token();
        let listener = TcpListener::bind(webhook.listen).await;
        let listener = listener
            .with_context(|| format!("{} can't be listened on; look at telegram.webhook_listen", webhook.listen))?;
        let (inside, brought) = mpsc::channel(AT_ONCE.into());
        let door =
            Router::new().fallback(take_in).with_state(Arc::new(Door { secret: webhook.secret.clone(), inside }));
        let served = async {
            tokio::select! {
                () = doors::answer(listener, door, Limits::USUAL, &stop) => {}
                () = last_orders(&stop) => {}
            }
        };
        let ((), announced, ()) = tokio::join!(served, self.announce(webhook, &stop), self.play(inbox, brought, &stop));
        announced
    }

    /// Tells Telegram where to bring updates. It stays so after we stop: what comes meanwhile is kept and brought later.
    async fn announce(&self, webhook: &Webhook, stop: &CancellationToken) -> Result<(), anyhow::Error> {
        let mut request = SetWebhook::new(webhook.url.clone());
        request.secret_token = Some(webhook.secret.clone());
        request.max_connections = Some(AT_ONCE);
        request.allowed_updates = Some(WANTED.to_vec());
        let told = async {
            loop {
                self.set_webhook(&request).await?;
                self.is_ours().await?;
                tracing::warn!("somebody else has changed where updates are brought to; that is taken back");
            }
        };
        let told = stop.run_until_cancelled(told).await.unwrap_or(Ok(()));
        if told.is_err() {
            stop.cancel();
        }
        told
    }

    async fn set_webhook(&self, request: &SetWebhook) -> Result<(), anyhow::Error> {
        let mut troubles = Troubles::within(self.patience);
        loop {
            let trouble = match self.wire.call::<Yes>(request).await {
                Ok(_) => {
                    self.pulse.beats();
                    return Ok(());
                }
                Err(trouble) => trouble,
            };
            if matches!(trouble, Trouble::Refused { code: 400, .. }) {
                return Err(anyhow!("{trouble}: the webhook can't be set; look at telegram.webhook_url"));
            }
            tokio::time::sleep(self.bear(&mut troubles, &trouble).await?).await;
        }
    }

    /// Looks now and then whether Telegram still knows us, and brings updates where we said. Ends when it brings them
    /// elsewhere.
    async fn is_ours(&self) -> Result<(), anyhow::Error> {
        let (mut troubles, mut ours) = (Troubles::within(self.patience), None);
        loop {
            let pause = match self.wire.call::<Hook>(&GetWebhookInfo::new()).await {
                Ok(Hook { url }) => {
                    self.pulse.beats();
                    troubles.are_over();
                    // As Telegram writes it, which need not be as we did.
                    if *ours.get_or_insert_with(|| url.clone()) != url {
                        return Ok(());
                    }
                    LOOKED_EVERY
                }
                Err(trouble) => self.bear(&mut troubles, &trouble).await?,
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Plays the turn of all that is brought, until the door is closed (on `stop`, or because its server has ended) and
    /// nobody is left in it.
    async fn play(&self, inbox: &dyn Inbox, mut brought: mpsc::Receiver<Brought>, stop: &CancellationToken) {
        let mut turns = Turns::once(inbox);
        let last_orders = last_orders(stop);
        tokio::pin!(last_orders);
        loop {
            tokio::select! {
                Some(ended) = turns.next() => answer(ended),
                came = brought.recv() => match came {
                    Some(Brought { read, told }) => match self.sort(read, inbox) {
                        Sorted::Turn(arrived) => turns.add(arrived, told),
                        Sorted::Change(incoming, words) => turns.change(incoming, &words, told),
                        // Nothing can be done about it, nor could when it is brought again.
                        Sorted::Nothing => drop(told.send(true)),
                    },
                    None => break,
                },
                () = &mut last_orders => break,
            }
        }
        turns.begin_no_more();
        while let Some(ended) = turns.next().await {
            answer(ended);
        }
        inbox.all_shown().await;
    }
}

/// The moment after which nobody is waited for any more.
async fn last_orders(stop: &CancellationToken) {
    stop.cancelled().await;
    tokio::time::sleep(LAST_ORDERS).await;
}

fn answer(ended: Ended<oneshot::Sender<bool>>) {
    // Whoever could not play it has told the operator, once for all that waits.
    if let Err(error) = &ended.outcome {
        tracing::debug!(%error, "the database did not take a turn; Telegram will bring it again");
    }
    // Nobody waits any more if Telegram has hung up; then it brings the update again.
    let is_done = ended.outcome.is_ok();
    for told in ended.more.into_iter().chain([ended.ticket]) {
        let _ = told.send(is_done);
    }
}

/// Whatever the path is: what stands before us may have changed it.
async fn take_in(State(door): State<Arc<Door>>, request: Request) -> Response {
    if !door.opens_for(request.headers()) {
        tracing::debug!("somebody without the secret came to the webhook");
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if request.method() != Method::POST {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let body = match tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), LARGEST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let Ok(update) = serde_json::from_str::<Box<RawValue>>(&String::from_utf8_lossy(&body)) else {
        tracing::warn!("something that is no update came to the webhook");
        return StatusCode::BAD_REQUEST.into_response();
    };
    let (told, outcome) = oneshot::channel();
    // What nobody takes is given back, and is not waited for.
    if door.inside.send(Brought { read: understood(&update), told }).await.is_err() {
        return stopping();
    }
    match outcome.await {
        Ok(true) => StatusCode::OK.into_response(),
        Ok(false) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Err(_) => stopping(),
    }
}

/// We are about to stop: what comes next has to come by another connection, to whoever is there then.
fn stopping() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(CONNECTION, "close")]).into_response()
}

impl Door {
    fn opens_for(&self, headers: &HeaderMap) -> bool {
        headers.get(SECRET).is_some_and(|given| is_same(given.as_bytes(), self.secret.as_bytes()))
    }
}
