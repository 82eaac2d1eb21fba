//! By which words a choice, or a notice, is called: whole ones of its label, and the name of whoever it is about.

use super::numbers::fold;

/// Whether a name or a label begins with these words, whole ones.
pub(super) fn begins_with(name: &str, words: &str) -> bool {
    let words = fold(words);
    let rest = fold(name).strip_prefix(&words).map(|rest| rest.is_empty() || rest.starts_with(' '));
    !words.is_empty() && rest.unwrap_or(false)
}

/// Whether these words, whole ones, stand anywhere in a label.
pub(super) fn has_words(label: &str, words: &str) -> bool {
    let words = fold(words);
    !words.is_empty() && format!(" {} ", fold(label)).contains(&format!(" {words} "))
}

/// What stands before a name, or before the first word of it.
pub(super) fn without_name(words: &str, name: &str) -> Option<String> {
    let (words, name) = (fold(words), fold(name));
    let first = name.split(' ').next().unwrap_or_default();
    [name.as_str(), first].into_iter().filter(|name| !name.is_empty()).find_map(|name| {
        let rest = words.strip_suffix(name)?.strip_suffix(' ')?;
        Some(rest.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_may_be_followed_by_the_name_of_whom_it_is_about() {
        for (words, name, bare) in [
            ("Confirm Clara", "Clara", Some("confirm")),
            ("confirm clara smith", "Clara Smith", Some("confirm")),
            ("confirm clara", "Clara Smith", Some("confirm")),
            ("не получено Боря", "Боря", Some("не получено")),
            ("confirm", "Clara", None),
            ("clara", "Clara", None),
            ("confirm clara", "", None),
            ("confirmclara", "Clara", None),
        ] {
            assert_eq!(without_name(words, name).as_deref(), bare, "{words} {name}");
        }
    }

    #[test]
    fn a_label_is_named_by_its_whole_words() {
        assert!(begins_with("🤝→👍 Mark: done", "mark") && !begins_with("🤝→👍 Mark: done", "done"));
        assert!(has_words("🤝→👍 Mark: done", "done") && has_words("Отметить: исполнено", "Исполнено"));
        assert!(!has_words("Not received", "receive") && !has_words("Not received", ""));
    }
}
