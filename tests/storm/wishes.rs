//! What people want to get done, as the labels that lead there: of those that a page offers, the last one is pressed. Where
//! a button may say it in brief, the words after the bar are those.

use crate::chance::Chance;

pub type Way = &'static [&'static str];

/// Whether a button says this, at length or in brief.
pub fn says(label: &str, words: &str) -> bool {
    words.split('|').any(|words| label.contains(words))
}

pub const ASK_MONTHLY: Way = &["👤 Profile", " Status", "I need help every month", "Yes, ask"];

const CONFIRM: Way = &["🗓 Organizer", "Waiting for me:|👍 For me:", "← ", "👍 Confirm"];
const REJECT: Way = &["🗓 Organizer", "Waiting for me:|👍 For me:", "← ", "Not received", "has not reached me"];
const PROMISE: Way = &["🗓 Organizer", "My help to others:", "→ ", "🤝 Promise", "Yes, I promise"];
const CLAIM: Way = &["🗓 Organizer", "My help to others:", "→ ", "Done"];
const CHANGE: Way = &["🗓 Organizer", "My help to others:", "→ ", "Change the sum"];
const WITHDRAW: Way = &["🗓 Organizer", "My help to others:", "→ ", "Withdraw", "Yes, withdraw"];
const REMIND: Way = &["🗓 Organizer", "Waiting for others:|Not confirmed:", "→ ", "Remind to confirm"];

/// What has happened to somebody, and what the pool of their circle makes of it.
const CASE: Way = &["👥 Members", "☂️ Pools", "☂️ Circle", "Something has happened", "Yes, ask"];
const SHARE: Way = &["👥 Members", "☂️ Pools", "☂️ Circle", "your share is", "I take my share"];
const LOWER: Way = &["👥 Members", "☂️ Pools", "☂️ Circle", "Your case", "Ask for less"];

/// Ways that members try who ask for help.
const OF_RECEIVERS: &[Way] = &[
    ASK_MONTHLY,
    CONFIRM,
    CONFIRM,
    CONFIRM,
    CONFIRM,
    REJECT,
    REJECT,
    &["🗓 Organizer", "Help for me:", "← ", "Ask to promise"],
    &["🗓 Organizer", "Help for me:", "← ", "Ask to keep the promise|Ask for it"],
    &["🗓 Organizer", "Help for me:", "← ", "Forgive", "Yes, forgive"],
    &["👤 Profile", " Status", "Change the monthly sum"],
    &["👤 Profile", " Status", "Change the sum of the emergency"],
    &["👤 Profile", " Status", "Tell my network too"],
    CASE,
    SHARE,
    LOWER,
];

/// Ways that few try, and seldom.
const SELDOM: &[Way] = &[
    &["👤 Profile", " Status", "I need help urgently", "7 days", "Yes, ask"],
    &["👤 Profile", " Status", "I need help urgently", "14 days", "Yes, ask"],
    &["👤 Profile", " Status", "I no longer need monthly help", "Yes, I no longer need it"],
    &["👤 Profile", " Status", "The emergency is over", "Yes, it is over", "Forgive the promises"],
    &["👤 Profile", " Status", "The emergency is over", "Yes, it is over", "let the promises stand"],
    &["👤 Profile", " Status", "Change the date", "14 days", "Yes, change the date"],
    OFFER,
    OFFER,
    &["👥 Members", "🛡 Trust list", "🛡 My guarantees", "Kin", "🛡 Our", "✖️ End it", "Yes, end it"],
    &["👥 Members", "☂️ Pools", "☂️ Circle", "Your case", "Take the case back", "Yes, take it back"],
    &["👥 Members", "☂️ Pools", "☂️ Circle", "Leave the pool", "Yes, leave"],
    &["👥 Members", "☂️ Pools", "☂️ Circle", "Change my contribution"],
];

const OFFER: Way = &["👥 Members", "🛡 Trust list", "Offer a mutual guarantee"];

/// Ways on which nothing is done.
const LOOKS: &[Way] = &[
    &["🗓 Organizer", "Archive: my help ·|👍 My help:"],
    &["🗓 Organizer", "Archive: help for me ·|👍 Help for me:", "← "],
    &["🗓 Organizer", "My help to others:", "→ "],
    &["👥 Members", "My network", "Kin"],
    &["👥 Members", "Who helps me", "Kin", "Circle"],
    &["👥 Members", "Expand the network"],
    &["👥 Members", "🛡 Trust list", "🛡 My guarantees", "Kin"],
    &["👥 Members", "💡 Initiatives", "💡 €"],
    &["👥 Members", "☂️ Pools", "☂️ Circle", "👥 Members", "Kin"],
    &["❓ FAQ"],
];

/// From an invite to help, or to the guarantee that it offers.
const HELP: Way = &[
    "Yes, we help each other",
    "Yes, I want to help",
    "❤️ Help",
    "🆘 Help with the emergency",
    "Yes, I intend to",
    "Yes, I promise",
];

/// What somebody is like: what they do about help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Asks for it, and confirms what comes.
    Asks,
    /// Promises what they intend, and does it.
    Promises,
    /// Does what they intend, without a promise.
    Does,
    /// Thinks better of it.
    Withdraws,
    /// Intends much, and lets it be: it lapses with the month.
    LetsBe,
}

impl Nature {
    /// Of the people in a circle, whose places are counted from 0.
    pub fn of(place: usize) -> Nature {
        match place {
            0..3 => Nature::Asks,
            3..6 => Nature::Promises,
            6..8 => Nature::Does,
            8 => Nature::Withdraws,
            _ => Nature::LetsBe,
        }
    }

    /// What they do first, when they have come in.
    pub fn first(self) -> &'static [Way] {
        match self {
            Nature::Asks => &[CONFIRM, CONFIRM],
            Nature::Promises => &[PROMISE, CLAIM],
            Nature::Does => &[CLAIM],
            Nature::Withdraws => &[WITHDRAW],
            Nature::LetsBe => &[],
        }
    }

    fn ways(self) -> &'static [Way] {
        match self {
            Nature::Asks => OF_RECEIVERS,
            Nature::Promises => &[PROMISE, PROMISE, CLAIM, CLAIM, CLAIM, CHANGE, REMIND, CASE, SHARE, SHARE],
            Nature::Does => &[CLAIM, CLAIM, CLAIM, CLAIM, CHANGE, REMIND, CASE, SHARE, SHARE],
            Nature::Withdraws => &[WITHDRAW, WITHDRAW, CHANGE, CLAIM],
            Nature::LetsBe => &[CHANGE],
        }
    }

    /// Whether they would choose this on a notice.
    pub fn likes(self, label: &str, chance: &mut Chance) -> bool {
        let percent = match self {
            _ if label.contains("Not received") => 30,
            _ if label.contains("Withdraw") => {
                if self == Nature::Withdraws {
                    100
                } else {
                    10
                }
            }
            Nature::LetsBe if ["Promise", "Done"].iter().any(|words| label.contains(words)) => 0,
            _ if ["Look", "Card"].iter().any(|words| label.contains(words)) => 30,
            _ => 100,
        };
        chance.percent(percent)
    }
}

/// Where a way begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    AtTheMenu,
    /// With an invite that somebody passed on.
    WithAnInvite,
    /// With a notice, whatever it offers.
    WithANotice,
}

pub struct Wish {
    pub begins: Begins,
    pub way: Way,
}

impl Wish {
    pub fn to(way: Way) -> Wish {
        Wish { begins: Begins::AtTheMenu, way }
    }

    /// To take an invite, and to help whoever it leads to.
    pub fn to_help() -> Wish {
        Wish { begins: Begins::WithAnInvite, way: HELP }
    }

    /// What somebody wants next.
    pub fn next(chance: &mut Chance, nature: Nature) -> Wish {
        match chance.below(100) {
            0..35 => Wish { begins: Begins::WithANotice, way: &["Yes, I promise", "Yes, withdraw"] },
            35..45 => Wish::to_help(),
            45..48 => Wish::to(one_of(chance, SELDOM)),
            48..90 => Wish::to(one_of(chance, nature.ways())),
            _ => Wish::to_look(chance),
        }
    }

    pub fn to_look(chance: &mut Chance) -> Wish {
        Wish::to(one_of(chance, LOOKS))
    }
}

fn one_of(chance: &mut Chance, ways: &[Way]) -> Way {
    chance.one_of(ways).copied().unwrap_or_default()
}
