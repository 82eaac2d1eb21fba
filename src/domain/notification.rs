//! What a member wants to be told, and how soon.

/// What a notice is about, as a member chooses about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The status of those in my network: who asks for help, and how it ended.
    Network,
    /// Help to me.
    HelpToMe,
    /// Help to collections that I support: mine, and that of the others in the circle.
    Supported,
    /// What I should settle in time.
    Reminders,
    /// What a month has brought.
    Digests,
    /// What the administrators tell everybody.
    Announcements,
}

impl Category {
    /// All of them, in the order of the menu.
    pub const ALL: [Category; 6] = [
        Category::Network,
        Category::HelpToMe,
        Category::Supported,
        Category::Reminders,
        Category::Digests,
        Category::Announcements,
    ];

    /// The short name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Category::Network => "network",
            Category::HelpToMe => "help_to_me",
            Category::Supported => "supported",
            Category::Reminders => "reminders",
            Category::Digests => "digests",
            Category::Announcements => "announcements",
        }
    }

    /// The category of a stored name.
    pub fn parse(name: &str) -> Option<Category> {
        Category::ALL.into_iter().find(|category| category.as_str() == name)
    }
}

/// How a member wants to be told of a category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// At once.
    #[default]
    On,
    /// Once a day, all together.
    Digest,
    /// Not at all.
    Off,
}

impl Mode {
    const ALL: [Mode; 3] = [Mode::On, Mode::Digest, Mode::Off];

    /// The short name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::On => "on",
            Mode::Digest => "digest",
            Mode::Off => "off",
        }
    }

    /// The mode of a stored name.
    pub fn parse(name: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.as_str() == name)
    }

    /// The next one when a member goes through them: on, digest, off, on.
    #[must_use]
    pub fn next(self) -> Mode {
        match self {
            Mode::On => Mode::Digest,
            Mode::Digest => Mode::Off,
            Mode::Off => Mode::On,
        }
    }
}

/// How somebody is told of something. What needs their answer is told at once, whatever they chose: others wait for it.
pub fn mode(chosen: Mode, needs_an_answer: bool) -> Mode {
    if needs_an_answer { Mode::On } else { chosen }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_stored_are_read_again() {
        for category in Category::ALL {
            assert_eq!(Category::parse(category.as_str()), Some(category));
        }
        for mode in Mode::ALL {
            assert_eq!(Mode::parse(mode.as_str()), Some(mode));
        }
        assert_eq!((Category::parse("weather"), Mode::parse("sometimes")), (None, None));
    }

    #[test]
    fn the_modes_go_round() {
        for mode in Mode::ALL {
            assert_eq!(mode.next().next().next(), mode);
            assert_ne!(mode.next(), mode);
        }
    }

    #[test]
    fn what_needs_an_answer_can_not_be_switched_off() {
        for chosen in Mode::ALL {
            assert_eq!(mode(chosen, true), Mode::On);
            assert_eq!(mode(chosen, false), chosen);
        }
    }
}
