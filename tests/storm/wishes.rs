//! What people want to get done, as the labels that lead there: of those that a page offers, the last one is pressed.

use crate::chance::Chance;

pub type Way = &'static [&'static str];

pub const ASK_MONTHLY: Way = &["👤 Profile", "🔆 Status", "I need help every month", "Yes, ask"];

/// Ways that members try who ask for help.
const OF_RECEIVERS: &[Way] = &[
    ASK_MONTHLY,
    &["🗓 Organizer", "I confirm:", "← ", "👍 Confirm"],
    &["🗓 Organizer", "I confirm:", "← ", "👍 Confirm"],
    &["🗓 Organizer", "I confirm:", "← ", "Not received"],
    &["🗓 Organizer", "Help to me:", "← ", "Ask to promise"],
    &["🗓 Organizer", "Help to me:", "← ", "Ask to fulfil"],
    &["🗓 Organizer", "Help to me:", "← ", "Forgive", "Yes, forgive"],
    &["👤 Profile", "🔆 Status", "Change the monthly sum"],
    &["👤 Profile", "🔆 Status", "Change the sum of the emergency"],
    &["👤 Profile", "🔆 Status", "Tell my network too"],
];

/// Ways that few try, and seldom.
const SELDOM: &[Way] = &[
    &["👤 Profile", "🔆 Status", "I need help urgently", "7 days", "Yes, ask"],
    &["👤 Profile", "🔆 Status", "I need help urgently", "14 days", "Yes, ask"],
    &["👤 Profile", "🔆 Status", "I need no monthly help any more", "Yes, I need it no more"],
    &["👤 Profile", "🔆 Status", "The emergency is over", "Yes, it is over", "Release them"],
    &["👤 Profile", "🔆 Status", "The emergency is over", "Yes, it is over", "Let the promises stand"],
    &["👤 Profile", "🔆 Status", "Change the date", "14 days"],
];

/// Ways that members try who help.
const OF_SUPPORTERS: &[Way] = &[
    &["🗓 Organizer", "My help:", "→ ", "🤝 Promise", "Yes, I promise"],
    &["🗓 Organizer", "My help:", "→ ", "🤝 Promise", "Yes, I promise"],
    &["🗓 Organizer", "My help:", "→ ", "Done"],
    &["🗓 Organizer", "My help:", "→ ", "Done"],
    &["🗓 Organizer", "My help:", "→ ", "Done"],
    &["🗓 Organizer", "My help:", "→ ", "Change the sum"],
    &["🗓 Organizer", "My help:", "→ ", "Withdraw", "Yes, withdraw"],
    &["🗓 Organizer", "Others confirm:", "→ ", "Remind to confirm"],
];

/// Ways on which nothing is done.
const LOOKS: &[Way] = &[
    &["🗓 Organizer", "Archive, my help:"],
    &["🗓 Organizer", "Archive, help to me:", "← "],
    &["🗓 Organizer", "My help:", "→ "],
    &["👥 Members", "Near circle", "👤 Kin"],
    &["❓ FAQ"],
];

/// From an invite to help.
const HELP: Way =
    &["Yes, I want to help", "❤️ Help", "🆘 Help with the emergency", "Yes, I am willing", "Yes, I promise"];

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
    pub fn next(chance: &mut Chance, asks: bool) -> Wish {
        match chance.below(100) {
            0..35 => Wish { begins: Begins::WithANotice, way: &["Yes, I promise", "Yes, withdraw"] },
            35..50 => Wish::to_help(),
            50..53 => Wish::to(one_of(chance, SELDOM)),
            53..80 if asks && chance.percent(60) => Wish::to(one_of(chance, OF_RECEIVERS)),
            53..88 => Wish::to(one_of(chance, OF_SUPPORTERS)),
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
