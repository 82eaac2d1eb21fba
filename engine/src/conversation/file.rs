/// A file that a page brings with it: made when the page is drawn, sent into the chat together with it, and kept in no second
/// place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What it is called where it is saved: `my-data.json`.
    pub name: String,
    /// Its media type: `application/json`.
    pub media_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}
