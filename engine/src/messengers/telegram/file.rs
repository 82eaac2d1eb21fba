//! A file, as Telegram takes it: a document of its own message, under which a short page stands.

use reqwest::multipart::{Form, Part};
use teloxide::payloads::SendDocument;
use teloxide::requests::Payload;

use super::Telegram;
use super::keyboard::Keyboard;
use super::letter::Said;
use super::show::Sent;
use super::wire::Trouble;
use crate::conversation::File;

/// The longest caption, in UTF-16 units. What is longer is a message of its own below the file.
const LONGEST_CAPTION: usize = 1024;

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
        let form = form(to, file, page).map_err(Trouble::Silent)?;
        let form = match topic {
            Some(topic) => form.text("message_thread_id", topic.to_string()),
            None => form,
        };
        self.wire.upload::<Sent>(SendDocument::NAME, form).await.map(|sent| sent.message_id)
    }
}

/// The request. (teloxide would read the whole answer, and break over what is new in it.)
fn form(to: i64, file: &File, page: Option<(&Said, Option<Keyboard>)>) -> Result<Form, String> {
    let document = Part::bytes(file.bytes.clone()).file_name(file.name.clone());
    let document = document.mime_str(&file.media_type).map_err(|error| error.to_string())?;
    let mut form = Form::new().text("chat_id", to.to_string()).part("document", document);
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
