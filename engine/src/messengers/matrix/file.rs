//! A file, as Matrix takes it: uploaded encrypted, as all is that is said in an encrypted room, and told by an event of its own.

use matrix_sdk::Room;
use matrix_sdk::attachment::{AttachmentConfig, AttachmentInfo, BaseImageInfo};
use matrix_sdk::room::reply::{EnforceThread, Reply};
use matrix_sdk::ruma::events::Mentions;
use matrix_sdk::ruma::events::relation::Thread;
use matrix_sdk::ruma::events::room::message::TextMessageEventContent;
use matrix_sdk::ruma::events::room::message::{AddMentions, ReplyWithinThread};
use matrix_sdk::ruma::{OwnedTransactionId, UInt};
use mime::{APPLICATION_OCTET_STREAM, Mime};

use super::trouble::Trouble;
use crate::conversation::{File, Picture};

/// Sends a file that comes with this letter, in this thread. Tried again, it is told once; what was uploaded before nobody
/// can find then.
pub(super) async fn attach(room: &Room, file: &File, letter: &str, thread: Option<Thread>) -> Result<(), Trouble> {
    let kind: Mime = file.media_type.parse().unwrap_or(APPLICATION_OCTET_STREAM);
    let id = OwnedTransactionId::from(format!("{letter}-file"));
    let before = thread.and_then(|thread| thread.in_reply_to).map(|before| Reply {
        event_id: before.event_id,
        enforce_thread: EnforceThread::Threaded(ReplyWithinThread::No),
        add_mentions: AddMentions::No,
    });
    let bytes = file.bytes().await.map_err(Trouble::Silent)?;
    let config = AttachmentConfig::new().txn_id(id).mentions(Some(Mentions::new())).reply(before);
    let config = match file.picture() {
        Some(picture) => {
            config.info(shown(picture, bytes.len())).caption(Some(TextMessageEventContent::plain(&picture.about)))
        }
        None => config,
    };
    room.send_attachment(&file.name, &kind, bytes, config).await.map(drop).map_err(|error| Trouble::from(&error))
}

/// How large a picture is: apps make room for it before they have it.
fn shown(picture: &Picture, bytes: usize) -> AttachmentInfo {
    let (width, height) = picture.drawing.size();
    let size = u64::try_from(bytes).ok().and_then(UInt::new);
    AttachmentInfo::Image(BaseImageInfo {
        width: Some(width.into()),
        height: Some(height.into()),
        size,
        ..BaseImageInfo::default()
    })
}
