use std::time::Duration;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{Asked, Behind, Card, FromGroup, Letter, Pinned, SendError, Shown, Site, Visits, Waits, caught};

/// What a messenger can show; the renderers need to know nothing else of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// It shows buttons. Without them, choices are a numbered list.
    pub buttons: bool,
    /// The longest text of a message, in UTF-16 units.
    pub longest_text: usize,
    /// How much of a button's label is seen at the least, in UTF-16 units.
    pub seen_of_label: usize,
}

impl Caps {
    /// What Matrix and the terminal can show: text alone. The tests play their chats with the same, so what they prove
    /// is what people see.
    pub const NUMBERED: Caps = Caps { buttons: false, longest_text: 4096, seen_of_label: usize::MAX };

    /// What messengers with buttons show on a phone.
    pub const KEYBOARD: Caps = Caps { buttons: true, longest_text: 4096, seen_of_label: 36 };
}

/// How fast notices are sent through a messenger: below what it allows, because the pages that people ask for come on top
/// and don't wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Messages in a second, to all chats together.
    pub a_second: u32,
    /// The time between two messages to one chat.
    pub in_chat: Duration,
    /// Only the process that listens can send, so it shares this with no other.
    pub alone: bool,
}

impl Pace {
    /// As fast as it goes.
    pub const FREE: Pace = Pace { a_second: u32::MAX, in_chat: Duration::ZERO, alone: false };
}

/// What arrived from a person, as an adapter understands it.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The private chat it came from: the messenger's own id of it.
    pub address: String,
    /// The messenger's id of this update, by which a second delivery is recognised.
    pub update: String,
    /// Grows with every update of a chat: what is older than the last one handled came late.
    pub seq: i64,
    /// How the messenger calls the person.
    pub name: String,
    /// The language of the person's messenger, such as `ru` or `en-GB`.
    pub lang: Option<String>,
    /// What they did.
    pub heard: Heard,
    /// The message that the person replied to, or whose button they pressed, by the messenger's id of it: what
    /// [`Shown::message`] said when it was shown. Without the words quoted from it, which some messengers put in front.
    pub reply_to: Option<String>,
    /// Where in the chat it was said, if not in its main line: a thread or a topic, as the messenger calls that. What answers
    /// it is shown there, and the numbers that stand elsewhere are not meant.
    pub thread: Option<String>,
    /// What is sent together, such as the pictures of an album, has the same name in a chat: it is answered once.
    pub album: Option<String>,
    /// In which of several conversations that one address holds beside each other, as in the tabs of a browser: each stands where
    /// it is. Empty where there is only one.
    pub tab: String,
    /// It came before the open page could be read, so it is no answer to that page: a number which happens to stand there
    /// is not taken, nor a press of what can't be undone. Adapters leave it `false`; what waits behind another turn, or
    /// comes while a page waits to be sent, is marked on its way to the engine.
    pub early: bool,
}

/// What a person did, as far as a messenger can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The person wrote this.
    Text(String),
    /// The person wrote this into a page that asks, and that can be told from others: it answers that page or nothing.
    Answer {
        /// The page, by the [`Letter::id`] under which it was shown.
        page: String,
        /// What they wrote.
        text: String,
    },
    /// The person pressed a button with this data.
    Press(String),
    /// Something that we can't read: a picture, a voice message.
    Other,
    /// The person has changed a message of theirs that was answered already.
    Edited,
    /// They have come to a chat with the bot, and have said nothing yet: what is open is shown.
    Came,
    /// A message that stayed encrypted: the key to it has not come.
    Unreadable(Remedy),
    /// The person has shut the bot out: nothing can be written to them. No page answers it.
    Blocked,
    /// They let the bot write to them again. No page answers it.
    Unblocked,
}

/// What helps somebody whose message can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// To send it again; if that does not help, they will be invited to a new chat.
    Again,
    /// To come to a new chat, to which they are invited.
    Invited,
    /// To send it again, or to begin a new chat.
    NewChat,
    /// To let their app send to devices that they have not verified, or to verify the bot's: it keeps its messages from those.
    Verify,
}

/// After what a messenger broke over, the letter is tried again.
const AFTER_A_PANIC: Duration = Duration::from_secs(5);

/// Has a messenger show a letter. One that panics over it (an adapter stands on much that is not ours) has refused it for a
/// reason that nobody foresaw.
///
/// # Errors
/// What the messenger gave, or [`SendError::Unknown`] after a panic.
pub(crate) async fn shown_by(messenger: &dyn Messenger, letter: Letter<'_>) -> Result<Shown, SendError> {
    let shown = caught(async { Ok(messenger.show(letter).await) }).await;
    shown.unwrap_or_else(|fault| {
        tracing::warn!(messenger = messenger.name(), %fault, "a messenger broke over a letter, which is tried again");
        Err(SendError::Unknown { again: AFTER_A_PANIC, why: fault.to_string() })
    })
}

/// How people come into a messenger's chat with the bot from outside: what an invite shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayIn {
    /// The messenger's name, as [`Messenger::name`] has it.
    pub messenger: &'static str,
    /// A link to the chat; `{token}` in it stands for the word that follows `start`.
    pub link: Option<String>,
    /// A link to a person there; `{address}` in it stands for their account's address.
    pub person: Option<String>,
    /// A link by which somebody whom the bot knows signs in there, where nobody comes otherwise; `{token}` in it stands for a
    /// word that counts once. What is behind `link` is then a page for everybody, that leads on to the other messengers.
    pub signs_in: Option<String>,
}

impl WayIn {
    /// The link for this word, and whether the word has to be sent by hand all the same.
    pub fn link(&self, token: &str) -> (Option<String>, bool) {
        let carries = self.link.as_ref().is_some_and(|link| link.contains("{token}"));
        (self.link.as_ref().map(|link| link.replace("{token}", token)), !carries)
    }

    /// Where to write to the person who has this account.
    pub fn person(&self, address: &str) -> Option<Url> {
        Url::parse(&self.person.as_ref()?.replace("{address}", address)).ok()
    }

    /// The same for whoever reads it in this messenger: what is no address of the web is known in its own alone.
    pub fn person_from(&self, address: &str, messenger: &str) -> Option<Url> {
        self.person(address).filter(|url| self.messenger == messenger || matches!(url.scheme(), "http" | "https"))
    }
}

/// Where an adapter brings what it heard.
#[async_trait]
pub trait Inbox: Send + Sync {
    /// Plays one turn; its page is shown beside it. When this returns `Ok`, the turn is in the database, and the update
    /// need not come again.
    ///
    /// # Errors
    /// The database could not take the turn: the same update has to be delivered again later.
    async fn receive(&self, incoming: Incoming) -> Result<(), anyhow::Error>;

    /// The same for what arrived from a group. Whoever keeps nothing in groups does nothing about it.
    ///
    /// # Errors
    /// As [`Inbox::receive`].
    async fn receive_from_group(&self, heard: FromGroup) -> Result<(), anyhow::Error> {
        let _ = heard;
        Ok(())
    }

    /// Somebody wants to send something of the bot's into another chat. What it has is offered soon, by
    /// [`Messenger::offer`], or never: nobody waits for it.
    fn asked(&self, asked: Asked) {
        let _ = asked;
    }

    /// An update of this chat has come and stands behind another: their pages wait for one another until what this gives
    /// is dropped, at the end of its turn.
    fn behind(&self, address: &str) -> Behind {
        let _ = address;
        Behind::default()
    }

    /// What is to be seen for whoever comes to look, where nothing can be sent to them.
    fn visits(&self) -> Option<&dyn Visits> {
        None
    }

    /// Where is said what waits for the database.
    fn waits(&self) -> Waits {
        Waits::default()
    }

    /// Waits for the pages of all turns that were played, though not for ever: to be called when the listening ends, while
    /// letters can still be sent. What the messenger has put off is not waited for.
    async fn all_shown(&self) {}
}

/// What an adapter must do. It knows its wire and nothing else: no screen, no table, no language.
#[async_trait]
pub trait Messenger: Send + Sync {
    /// The name that accounts carry: `telegram`, `matrix`, `terminal`.
    fn name(&self) -> &'static str;

    /// What it can show.
    fn caps(&self) -> Caps;

    /// How people find the bot there.
    fn way_in(&self) -> WayIn;

    /// How fast notices may be sent.
    fn pace(&self) -> Pace {
        Pace::FREE
    }

    /// The time between two messages to one group.
    fn pace_in_groups(&self) -> Duration {
        self.pace().in_chat
    }

    /// Whether something can be sent now, by this process. What is for it waits meanwhile, or another process sends it.
    fn ready(&self) -> bool {
        true
    }

    /// Whether good answers have come lately, since it has been listened to.
    fn hears(&self) -> bool {
        true
    }

    /// Whether only one process may listen at a time; the others wait until it has ended.
    fn listens_alone(&self) -> bool {
        false
    }

    /// Whether its people may leave for good, as from a keyboard: then the listening ends, and with the last messenger the
    /// bot. All others are lost when their listening ends, and tried again.
    fn may_end(&self) -> bool {
        false
    }

    /// Brings everything that arrives to the inbox, each chat's updates in their order, until
    /// `stop`; then lets the turns that have begun end.
    ///
    /// # Errors
    /// The messenger is lost: it refuses us, whatever we ask; a wrong token, say. Passing troubles are waited out.
    async fn listen(&self, inbox: &dyn Inbox, stop: CancellationToken) -> Result<(), anyhow::Error>;

    /// What it answers over HTTP, where the host answers anything.
    fn site(&self) -> Option<Site> {
        None
    }

    /// The turn of this update was played. `aside` is what is to be said in passing about it: where a press has an answer of
    /// its own, that is where it goes.
    fn handled(&self, update: &str, aside: Option<&str>) {
        let _ = (update, aside);
    }

    /// Shows one letter.
    ///
    /// # Errors
    /// See [`SendError`].
    async fn show(&self, letter: Letter<'_>) -> Result<Shown, SendError>;

    /// Answers what somebody asked for: see [`Inbox::asked`].
    async fn offer(&self, question: &str, cards: &[Card]) {
        let _ = (question, cards);
    }

    /// Pins a message of ours in a group, where the messenger knows such a thing. To do it once more is as good.
    ///
    /// # Errors
    /// See [`SendError`].
    async fn pin(&self, group: &str, message: &str) -> Result<Pinned, SendError> {
        let _ = (group, message);
        Ok(Pinned::Done)
    }

    /// Takes a message of ours away from a group, as far as it can be: it is not pinned any more, and not to be seen. What is
    /// there no more, or can't be taken away, is done with.
    ///
    /// # Errors
    /// See [`SendError`].
    async fn take_away(&self, group: &str, message: &str) -> Result<(), SendError> {
        let _ = (group, message);
        Ok(())
    }
}
