//! What a member is called.

use exodus_engine::locale::{LineFault, clean_name};

/// The signs by which lists say how somebody is: Green, Orange, Red, suspended. In a name they would say so, too.
pub const SIGNS_OF_STATUS: [char; 4] = ['✅', '🔆', '🆘', '⏸'];

/// A name that somebody can be called by: one line of at most 64 characters, in which nothing is hidden, and none of the
/// signs that say how somebody is. Two may have the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

/// Why something is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// It is no line that can be kept.
    Unfit(LineFault),
    /// One of [`SIGNS_OF_STATUS`] stands in it.
    Sign,
}

impl Name {
    /// The name that somebody has typed.
    ///
    /// # Errors
    /// It can't be one.
    pub fn read(typed: &str) -> Result<Name, NameFault> {
        let name = clean_name(typed).map_err(NameFault::Unfit)?;
        if name.contains(SIGNS_OF_STATUS) { Err(NameFault::Sign) } else { Ok(Name(name)) }
    }

    /// The name that somebody has elsewhere, which is used to such signs: without them, if anything is left then.
    pub fn from_elsewhere(name: &str) -> Option<Name> {
        Name::read(&name.replace(SIGNS_OF_STATUS, " ")).ok()
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_says_how_somebody_is() {
        for sign in SIGNS_OF_STATUS {
            for typed in
                [format!("Jose {sign}"), format!("{sign}\u{fe0f}Jose"), format!("Jo{sign}se"), sign.to_string()]
            {
                assert_eq!(Name::read(&typed), Err(NameFault::Sign), "{typed}");
            }
            let of = |name: &str| Name::from_elsewhere(name).map(|name| name.as_str().to_owned());
            assert_eq!(of(&format!("Jose {sign}\u{fe0f}")).as_deref(), Some("Jose"));
            assert_eq!(of(&format!("{sign} {sign}\u{fe0f}")), None);
        }
        assert!(Name::read("Jose ❤️").is_ok());
        assert_eq!(Name::read(" "), Err(NameFault::Unfit(LineFault::Empty)));
    }
}
