use std::fmt;
use std::sync::Arc;

/// A file that a page brings with it: made when the page is drawn, sent into the chat together with it, and kept in no second
/// place.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// What it is called where it is saved: `my-data.json`.
    pub name: String,
    /// Its media type: `application/json`.
    pub media_type: String,
    /// What is in it.
    pub content: Content,
}

/// What is in a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A picture, which is shown where that can be done. To paint one takes a while, so it is painted when it is sent.
    Picture(Picture),
}

/// Something to be seen.
#[derive(Clone)]
pub struct Picture {
    /// What there is to see, in words of the reader's language: for whoever can't see it.
    pub about: String,
    /// What it looks like.
    pub drawing: Arc<dyn Drawing>,
}

/// A drawing that a bot makes.
///
/// As SVG it stands in pages of the browser. So it has no style and no script of its own, and whatever people wrote is escaped
/// in it. Of the colours of a page it takes what it names as classes: `fill-` and `stroke-` with `paper`, `ink`, `quiet`,
/// `line`, `accent`, `inner` and `outer`.
pub trait Drawing: fmt::Debug + Send + Sync {
    /// Its width and height as PNG, in pixels.
    fn size(&self) -> (u32, u32);

    /// As SVG.
    fn svg(&self) -> String;

    /// As PNG.
    ///
    /// # Errors
    /// Why it could not be painted.
    fn png(&self) -> Result<Vec<u8>, String>;
}

impl Picture {
    /// It as SVG: drawn beside what others wait for. Nothing where that fails.
    pub async fn svg(&self) -> String {
        let drawing = self.drawing.clone();
        tokio::task::spawn_blocking(move || drawing.svg()).await.unwrap_or_default()
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Picture").field(&self.about).finish()
    }
}

/// It looks the same, and so do its words.
impl PartialEq for Picture {
    fn eq(&self, other: &Picture) -> bool {
        self.about == other.about
            && (Arc::ptr_eq(&self.drawing, &other.drawing) || self.drawing.svg() == other.drawing.svg())
    }
}

impl File {
    /// The picture that it is, if it is one.
    pub fn picture(&self) -> Option<&Picture> {
        match &self.content {
            Content::Picture(picture) => Some(picture),
            Content::Bytes(_) => None,
        }
    }

    /// Its bytes. A picture is painted, beside what others wait for.
    ///
    /// # Errors
    /// Why it could not be painted.
    pub async fn bytes(&self) -> Result<Vec<u8>, String> {
        match &self.content {
            Content::Bytes(bytes) => Ok(bytes.clone()),
            Content::Picture(picture) => {
                let drawing = picture.drawing.clone();
                let painted = tokio::task::spawn_blocking(move || drawing.png()).await;
                painted.map_err(|error| error.to_string())?
            }
        }
    }
}
