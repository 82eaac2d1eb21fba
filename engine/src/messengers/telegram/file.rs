//! A file, as Telegram takes it: a document of its own message, or a picture that is shown there, under which a short page stands.

use reqwest::multipart::{Form, Part};
use teloxide::payloads::{SendDocument, SendPhoto};
use teloxide::requests::Payload;

use super::Telegram;
use super::keyboard::Keyboard;
use super::letter::Said;
use super::show::Sent;
use super::wire::Trouble;
use crate::conversation::File;

/// The longest caption, in UTF-16 units. What is longer is a message of its own below the file.
const LONGEST_CAPTION: usize = 1024;

/// The largest picture that is shown, in bytes, and in pixels: its width and height together. A larger one is a document.
const LARGEST_PICTURE: usize = 10 * 1024 * 1024;
const LONGEST_SIDES: u32 = 10_000;

/// No picture is shown of which one side is so many times as long as the other.
const LONGEST_TO_SHORTEST: u32 = 20;

/// Whether a page is short enough to stand under a file.
pub(super) fn is_caption(said: &Said) -> bool {
    said.length <= LONGEST_CAPTION
}

impl Telegram {
    /// Sends a file, with a page under it if there is one. Gives the number of the message.
    pub(super) async fn send_file(
        &self,
        (to, topic): (i64, Option<i32>),
        file: &File,
        page: Option<(&Said, Option<Keyboard>)>,
    ) -> Result<i32, Trouble> {
        let bytes = file.bytes().await.map_err(Trouble::Silent)?;
        let is_shown = file.picture().is_some_and(|picture| is_shown(picture.drawing.size(), bytes.len()));
        let (method, part) = if is_shown { (SendPhoto::NAME, "photo") } else { (SendDocument::NAME, "document") };
        let form = form(to, (file, part, bytes), page).map_err(Trouble::Silent)?;
        let form = match topic {
            Some(topic) => form.text("message_thread_id", topic.to_string()),
            None => form,
        };
        self.wire.upload::<Sent>(method, form).await.map(|sent| sent.message_id)
    }
}

/// Whether Telegram shows a picture of this width and height, and of so many bytes.
fn is_shown((width, height): (u32, u32), bytes: usize) -> bool {
    let (short, long) = (width.min(height), width.max(height));
    bytes <= LARGEST_PICTURE
        && width.saturating_add(height) <= LONGEST_SIDES
        && long <= short.saturating_mul(LONGEST_TO_SHORTEST)
}

/// The request. (teloxide would read the whole answer, and break over what is new in it.)
fn form(
    to: i64,
    (file, part, bytes): (&File, &'static str, Vec<u8>),
    page: Option<(&Said, Option<Keyboard>)>,
) -> Result<Form, String> {
    let content = Part::bytes(bytes).file_name(file.name.clone());
    let content = content.mime_str(&file.media_type).map_err(|error| error.to_string())?;
    let mut form = Form::new().text("chat_id", to.to_string()).part(part, content);
    let Some((said, keyboard)) = page else { return Ok(form) };
    form = form.text("caption", said.text.clone());
    let json = |value: serde_json::Result<String>| value.map_err(|error| error.to_string());
    if !said.entities.is_empty() {
        form = form.text("caption_entities", json(serde_json::to_string(&said.entities))?);
    }
    if let Some(keyboard) = keyboard {
        form = form.text("reply_markup", json(serde_json::to_string(&keyboard))?);
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_is_too_large_to_be_shown_is_a_document() {
        for (size, bytes, expected) in [
            ((1280, 1500), 400_000, true),
            ((5000, 5000), LARGEST_PICTURE, true),
            ((1280, 1500), LARGEST_PICTURE + 1, false),
            ((5000, 5001), 1, false),
            ((100, 2001), 1, false),
            ((0, 10), 1, false),
        ] {
            assert_eq!(is_shown(size, bytes), expected, "{size:?}, {bytes}");
        }
    }
}
