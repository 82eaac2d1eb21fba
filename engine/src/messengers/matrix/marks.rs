//! Small signs that the bot lives: that it has read what somebody wrote, and that it is busy with it where that takes
//! longer. They are sent beside everything else, and left out where there are too many.

use std::time::Duration;

use matrix_sdk::ruma::api::client::receipt::create_receipt::v3::ReceiptType;
use matrix_sdk::ruma::events::receipt::ReceiptThread;
use matrix_sdk::ruma::{EventId, RoomId};
use matrix_sdk::{Client, Room};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

/// A turn that takes longer is told of.
const LONG: Duration = Duration::from_secs(1);

/// So many signs may wait.
const MOST: usize = 64;

/// One sign.
enum Sign {
    Read(Room, String),
    Busy(Room, bool),
}

/// Sends signs.
pub(super) struct Marks {
    client: Client,
    signs: mpsc::Sender<Sign>,
    stop: CancellationToken,
}

/// Something that somebody said, while its turn is played.
pub(super) struct Mark(Option<oneshot::Sender<()>>);

impl Mark {
    /// The turn is over, and in the database.
    pub fn ends(self) {
        let _ = self.0.map(|done| done.send(()));
    }
}

impl Marks {
    /// Signs of this client, until `stop`.
    pub fn of(client: Client, stop: CancellationToken) -> Marks {
        let (signs, coming) = mpsc::channel(MOST);
        tokio::spawn(stop.clone().run_until_cancelled_owned(send(coming)));
        Marks { client, signs, stop }
    }

    /// The turn of this message begins.
    pub fn begins(&self, room: &str, event: &str) -> Mark {
        let Some(room) = RoomId::parse(room).ok().and_then(|room| self.client.get_room(&room)) else {
            return Mark(None);
        };
        let (done, mut is_done) = oneshot::channel();
        let (signs, event) = (self.signs.clone(), event.to_owned());
        let following = async move {
            let mut played = tokio::time::timeout(LONG, &mut is_done).await;
            if played.is_err() {
                let _ = signs.try_send(Sign::Busy(room.clone(), true));
                played = Ok(is_done.await);
                let _ = signs.try_send(Sign::Busy(room.clone(), false));
            }
            if let Ok(Ok(())) = played {
                let _ = signs.try_send(Sign::Read(room, event));
            }
        };
        tokio::spawn(self.stop.clone().run_until_cancelled_owned(following));
        Mark(Some(done))
    }
}

/// What the homeserver does not take is not worth a word.
async fn send(mut coming: mpsc::Receiver<Sign>) {
    while let Some(sign) = coming.recv().await {
        let sent = match sign {
            Sign::Busy(room, busy) => room.typing_notice(busy).await,
            Sign::Read(room, event) => match EventId::parse(event) {
                Ok(event) => room.send_single_receipt(ReceiptType::Read, ReceiptThread::Unthreaded, event).await,
                Err(_) => Ok(()),
            },
        };
        if let Err(error) = sent {
            tracing::trace!(%error, "a sign was not sent");
        }
    }
}
