//! The conversation engine: a chat is a small web site.
//!
//! Every place in the conversation is a [`Screen`] with a [`Route`]. What a person sees there is a
//! [`Page`]: a function of the route, the database and the [`Draft`] of a form, and of nothing else.
//! So a redraw, a restart, a change of language or a second messenger cost nothing. Messengers are
//! browsers of different ability; two renderers turn the same page into an inline keyboard or into a
//! numbered list.
//!
//! A choice is a link, which may be followed for ever from any old message, or a deed, which runs
//! only from the page that offered it: it carries a word that is drawn anew for the page of each turn.
//! Choices of a notice carry the notice's own word instead.
//!
//! One update is one turn, and one turn is one database transaction ([`Engine`]): it notes that the
//! update was seen, lets the screen act, and saves where the person is now. The page is shown after
//! the commit ([`Desk`]); nothing is sent while the transaction is open.
//!
//! This floor knows nothing of what a bot is about, nor of any messenger. To write another bot on it:
//! 1. implement [`Bot`]: who is talking, and which screens there are;
//! 2. write a [`Screen`] for each place;
//! 3. give the [`Engine`] a database, and a [`Desk`] to each [`Messenger`].

mod album;
mod answering;
mod any_words;
mod apology;
mod bot;
mod called_by;
mod caught;
mod chance;
mod clock;
mod command;
mod commanded;
mod deed;
mod desk;
mod draft;
mod elsewhere;
mod engine;
mod farewell;
mod fault;
mod file;
mod forget;
mod form;
mod groups;
mod guesses;
mod hearing;
mod letter;
mod linking;
mod lost;
mod meaning;
mod messenger;
mod missed;
mod moment;
mod moments;
mod notice;
mod numbers;
mod offered;
pub(crate) mod own_notices;
mod page;
mod pages;
mod plain;
mod press;
pub(crate) mod queue;
mod reach;
mod render;
mod route;
mod said;
mod screen;
mod session;
mod sharing;
mod showing;
mod signed_in;
mod since;
mod speaking;
mod strangers;
mod tell;
mod tries;
mod typed_code;
mod visits;
mod waits;
mod ways_in;
mod whereabouts;
mod with_answer;
mod yes_or_no;

pub use bot::{Bot, Person, Sought, Turn};
pub use caught::{caught, panicked};
pub use chance::{Chance, OsChance};
pub use clock::Clock;
pub use command::{Command, Commands, LINK};
pub use desk::Desk;
pub use draft::Draft;
pub use engine::{Answer, Engine};
pub use fault::Fault;
pub use file::{Content, Drawing, File, Picture};
pub use forget::forget_words;
pub use form::{Field, Form, Taken};
pub use groups::{Binding, FromGroup, Group, GroupCommand, HeardInGroup, Speaker};
pub(crate) use groups::{LET_GO, NOT_PINNED, PIN};
pub use letter::{InGroup, Letter, Pinned, SendError, Shown};
pub use linking::{ACCOUNTS, COUNTS, MOST_ACCOUNTS, UNLINK, account_name};
pub(crate) use messenger::shown_by;
pub use messenger::{Caps, Heard, Inbox, Incoming, Messenger, Pace, Remedy, WayIn};
pub use moment::Moment;
pub use moments::Moments;
pub use notice::{Answered, Kept};
pub use page::{Choice, Nature, Page, Weight};
pub use plain::{Pages, PlainNotices};
pub use press::Press;
pub use render::{Button, Does, Named, Reader, Rendered, render_notice};
pub use route::Route;
pub use screen::{Cx, Input, Screen, Screens, Step, To};
pub use session::Session;
pub use sharing::{Asked, Card, Shareable};
pub use showing::Behind;
pub use signed_in::browser_name;
pub use tell::{Tell, Urgency};
pub use tries::Tries;
pub use visits::{BROWSERS, Opened, SIGNS_IN_WITHIN, SignedIn, Site, Told, Visits};
pub use waits::{Waiting, Waits};
pub use ways_in::WaysIn;
