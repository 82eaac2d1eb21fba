//! All that is kept about me.

use async_trait::async_trait;

use crate::aid;
use crate::screens::world::{Here, World, aid, anybody};
use exodus_engine::conversation::{Content, Fault, File, Page, Route, Screen};
use exodus_engine::msg;

/// What is kept about me, and the file of it: `my-data` says what there is, `my-data/file` brings it.
pub struct MyData;

/// What follows in the route of the page that brings the file.
const FILE: &str = "file";

#[async_trait]
impl Screen<World> for MyData {
    fn name(&self) -> &'static str {
        "my-data"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let me = anybody(cx)?;
        if cx.route.arg(0) != Some(FILE) {
            return Ok(view());
        }
        let reading = &cx.world.settings.reading;
        let bytes = aid::my_data(&aid(cx), me.id, (reading.currency.as_str(), &reading.unit)).await?;
        Ok(view_file(bytes))
    }
}

fn view() -> Page {
    Page::new(msg!("my-data-title"))
        .say(msg!("my-data-what"))
        .say(msg!("my-data-secret"))
        .go(msg!("my-data-send"), Route::new("my-data").with(FILE))
}

fn view_file(bytes: Vec<u8>) -> Page {
    let (name, media_type) = ("exodus-my-data.json".to_owned(), "application/json".to_owned());
    let file = File { name, media_type, content: Content::Bytes(bytes) };
    Page::new(msg!("my-data-here")).bringing(file)
}
