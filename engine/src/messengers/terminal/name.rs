/// The longest name, in characters.
const LONGEST: usize = 32;

/// Reads the name of somebody who talks in the terminal: letters of any alphabet, digits, `-` and `_`. It is their
/// address, so capitals make no difference. `None` if it can't be a name.
pub(super) fn read(word: &str) -> Option<String> {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let begins_well = word.chars().next().is_some_and(char::is_alphanumeric);
    let fits = begins_well && word.chars().count() <= LONGEST && word.chars().all(allowed);
    fits.then(|| word.to_lowercase())
}

/// How the terminal calls a person by their address: `anna` is Anna.
pub(super) fn shown(address: &str) -> String {
    let mut letters = address.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_word_of_letters_and_digits() {
        for (word, name) in [
            ("anna", Some("anna")),
            ("Anna", Some("anna")),
            ("анна-мария", Some("анна-мария")),
            ("guest_12", Some("guest_12")),
            ("", None),
            ("-x", None),
            ("anna!", None),
            ("an na", None),
            (&"x".repeat(33), None),
        ] {
            assert_eq!(read(word).as_deref(), name, "{word:?}");
        }
        assert_eq!((shown("anna").as_str(), shown("анна").as_str()), ("Anna", "Анна"));
    }
}
