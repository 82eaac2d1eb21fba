//! Bots are tested as people meet them: by chats that are written down and played.
//!
//! A [`Play`] takes a chat line by line: each line is a turn of the real bot ([`House`]), then everything that is due
//! is delivered, and all of it is written down in the form that [`terminal`](crate::messengers::terminal) describes. A chat
//! that was written down so can be played again, and has to come out the same: with buttons ([`Keyboard`]) and without,
//! on any database, and with the bot started anew between every two lines. Besides what people say and how the clock
//! moves, a chat may contain what a messenger's network does to people:
//!
//! - `@anna reply 12 > words`: Anna replies to the notice with this number;
//! - `clock off +62d`: the clock moves while the bot is off, and then it is started again;
//! - `@anna again`: Anna's last message or press arrives a second time;
//! - `@anna in @circle > words`: Anna says something in a group, which is shown things as somebody called so would be;
//! - `@anna >> Label`: Anna presses an old button: on the oldest message that shows it;
//! - `@boris >> @anna Label`: Boris presses what only Anna was shown, as forged data would;
//! - `{invite}`, `{invite:anna}`, `{code}`, `{code:anna}`, `{U+0007}`, `{x*10000}` in words: see [`fill`].
//!
//! What goes on in a messenger that is really there is tested with [`Running`]: a bot that runs in it, by a clock that is moved
//! by hand, while people do what the chat tells ([`chat_steps`]). With the cargo feature `testing` there is a Bot API server for
//! that, `bot_api`; `tests/telegram/examples.rs` and `tests/matrix/example.rs` beside this crate play so the chats of the
//! examples.

mod blanks;
mod clock;
mod counted;
mod house;
mod keyboard;
mod people;
mod play;
mod puzzled;
mod running;

pub use blanks::{Shown, fill};
pub use clock::HandClock;
pub use counted::Counted;
pub use house::{House, Stage};
pub use keyboard::Keyboard;
pub use people::People;
pub use play::{Play, Played, Stopped};
pub use puzzled::Puzzled;
pub use running::{BEGINNING, ChatStep, Running, chat_of, chat_steps};

/// Telegram, as far as a bot can tell: a Bot API server that checks what Telegram checks, and people who use it.
#[cfg(feature = "testing")]
pub use bot_api;
