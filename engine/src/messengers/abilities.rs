//! What each messenger can do: what its adapter goes by, and the table of it that people read (`docs/messengers.md`).

use std::time::Duration;

use crate::conversation::{Caps, Pace};

/// How somebody chooses without typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taps {
    /// By a button under the message.
    Buttons,
    /// By a reaction with the choice's number.
    Reactions,
    /// Not at all.
    Nothing,
}

/// What a messenger can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// What it is called.
    pub called: &'static str,
    /// What it can show.
    pub caps: Caps,
    /// The longest text of one message, in UTF-16 units; a page that is longer takes several.
    pub longest_message: usize,
    /// How people choose without typing.
    pub taps: Taps,
    /// After a tap, the page changes where it stands.
    pub edits: bool,
    /// What says yes, and what can't be undone, looks so.
    pub styles: bool,
    /// A button puts payment details or a link where they can be pasted from.
    pub copies: bool,
    /// An invite is sent into any other chat as a card with a button.
    pub shares: bool,
    /// The link of an invite carries its word.
    pub carries: bool,
    /// A reply answers the notice that it replies to.
    pub replies: bool,
    /// What is changed before its answer counts as it is now.
    pub changes: bool,
    /// What is said in a topic or a thread is answered there.
    pub places: bool,
    /// Pictures that are sent together are answered once.
    pub albums: bool,
    /// A page can bring a file.
    pub files: bool,
    /// A picture that a page brings is shown; elsewhere it is told in words what is on it.
    pub pictures: bool,
    /// It is told at once who can't be written to any more, and who can again.
    pub tells_of_leaving: bool,
    /// The bot can be at home in a group, with a card that it pins.
    pub groups: bool,
    /// What is said is encrypted from end to end.
    pub encrypted: bool,
    /// How fast notices are sent.
    pub pace: Pace,
    /// The time between two messages to one group.
    pub pace_in_groups: Duration,
}

/// Telegram: about 30 messages a second, one in a chat, and about 20 a minute in a group. A part of it is left to the pages
/// that people ask for.
pub const TELEGRAM: Abilities = Abilities {
    called: "Telegram",
    caps: Caps { longest_text: 4 * 4096, ..Caps::KEYBOARD },
    longest_message: 4096,
    taps: Taps::Buttons,
    edits: true,
    styles: true,
    copies: true,
    shares: true,
    carries: true,
    replies: true,
    changes: true,
    places: true,
    albums: true,
    files: true,
    pictures: true,
    tells_of_leaving: true,
    groups: true,
    encrypted: false,
    pace: Pace { a_second: 25, in_chat: Duration::from_secs(1), alone: false },
    pace_in_groups: Duration::from_secs(3),
};

/// Matrix. What a homeserver allows is its own affair: without limits this is brisk, and with them it asks us to wait.
pub const MATRIX: Abilities = Abilities {
    called: "Matrix",
    caps: Caps::NUMBERED,
    longest_message: Caps::NUMBERED.longest_text,
    taps: Taps::Reactions,
    edits: false,
    styles: false,
    copies: false,
    shares: false,
    carries: false,
    replies: true,
    changes: true,
    places: true,
    albums: false,
    files: true,
    pictures: true,
    tells_of_leaving: true,
    groups: true,
    encrypted: true,
    pace: Pace { a_second: 10, in_chat: Duration::ZERO, alone: true },
    pace_in_groups: Duration::ZERO,
};

/// Delta Chat: relays take sixty messages a minute, and ten at once. Apps leave to a button what is longer than 38 lines of 100
/// characters.
pub const DELTACHAT: Abilities = Abilities {
    called: "Delta Chat",
    caps: Caps::NUMBERED,
    longest_message: 3600,
    taps: Taps::Nothing,
    edits: false,
    styles: false,
    copies: false,
    shares: false,
    carries: false,
    replies: true,
    changes: true,
    places: false,
    albums: false,
    files: true,
    pictures: true,
    tells_of_leaving: false,
    groups: true,
    encrypted: true,
    pace: Pace { a_second: 1, in_chat: Duration::ZERO, alone: true },
    pace_in_groups: Duration::ZERO,
};

/// The browser: nothing is sent there, and what there is to see is seen by whoever looks.
pub const WEB: Abilities = Abilities {
    called: "Browser",
    caps: Caps { buttons: true, longest_text: 64 * 1024, seen_of_label: usize::MAX },
    longest_message: 64 * 1024,
    taps: Taps::Buttons,
    edits: true,
    styles: true,
    copies: false,
    shares: false,
    carries: true,
    replies: true,
    changes: false,
    places: false,
    albums: false,
    files: true,
    pictures: true,
    tells_of_leaving: false,
    groups: false,
    encrypted: false,
    pace: Pace::FREE,
    pace_in_groups: Duration::ZERO,
};

/// The terminal, in which somebody tries the bot alone.
pub const TERMINAL: Abilities = Abilities {
    called: "Terminal",
    caps: Caps::NUMBERED,
    longest_message: Caps::NUMBERED.longest_text,
    taps: Taps::Nothing,
    edits: false,
    styles: false,
    copies: false,
    shares: false,
    carries: false,
    replies: true,
    changes: false,
    places: false,
    albums: false,
    files: true,
    pictures: false,
    tells_of_leaving: false,
    groups: true,
    encrypted: false,
    pace: Pace::FREE,
    pace_in_groups: Duration::ZERO,
};

/// All of it as a table in Markdown.
pub fn table() -> String {
    let all = [TELEGRAM, MATRIX, DELTACHAT, WEB, TERMINAL];
    let yes = |is_so: bool| if is_so { "yes" } else { "–" }.to_owned();
    let seconds = |time: Duration| if time.is_zero() { "–".to_owned() } else { format!("{} s", time.as_secs()) };
    let pace =
        |pace: Pace| if pace.a_second == u32::MAX { "–".to_owned() } else { format!("{} a second", pace.a_second) };
    let taps = |taps: Taps| {
        let how = match taps {
            Taps::Buttons => "a button",
            Taps::Reactions => "a reaction with its number",
            Taps::Nothing => "–",
        };
        how.to_owned()
    };
    let typed = |caps: Caps| if caps.buttons { "its words" } else { "its number or its words" }.to_owned();
    type Cell<'a> = Box<dyn Fn(&Abilities) -> String + 'a>;
    let rows: Vec<(&str, Cell<'_>)> = vec![
        ("a choice by a tap", Box::new(|it| taps(it.taps))),
        ("a choice by typing", Box::new(|it| typed(it.caps))),
        ("a page changes where it stands", Box::new(|it| yes(it.edits))),
        ("what says yes, and what can’t be undone, looks so", Box::new(|it| yes(it.styles))),
        ("a button copies payment details and links", Box::new(|it| yes(it.copies))),
        ("an invite is sent into any chat as a card", Box::new(|it| yes(it.shares))),
        ("the link of an invite carries its word", Box::new(|it| yes(it.carries))),
        ("a reply answers its notice", Box::new(|it| yes(it.replies))),
        ("what is changed before its answer counts as it is now", Box::new(|it| yes(it.changes))),
        ("an answer stands in the topic or thread of the question", Box::new(|it| yes(it.places))),
        ("an album is answered once", Box::new(|it| yes(it.albums))),
        ("a page brings a file", Box::new(|it| yes(it.files))),
        ("a picture is shown", Box::new(|it| yes(it.pictures))),
        ("who can’t be written to is known at once", Box::new(|it| yes(it.tells_of_leaving))),
        ("a card in the group of a circle", Box::new(|it| yes(it.groups))),
        ("encrypted from end to end", Box::new(|it| yes(it.encrypted))),
        ("the longest message, in UTF-16 units", Box::new(|it| it.longest_message.to_string())),
        ("the longest page, in messages", Box::new(|it| it.caps.longest_text.div_ceil(it.longest_message).to_string())),
        ("notices", Box::new(|it| pace(it.pace))),
        ("between two notices to one chat", Box::new(|it| seconds(it.pace.in_chat))),
        ("between two messages in one group", Box::new(|it| seconds(it.pace_in_groups))),
    ];
    let head = all.map(|it| it.called).join(" | ");
    let mut table = format!("| | {head} |\n|{}\n", "---|".repeat(all.len() + 1));
    for (what, cell) in rows {
        table.push_str(&format!("| {what} | {} |\n", all.map(|it| cell(&it)).join(" | ")));
    }
    table
}
