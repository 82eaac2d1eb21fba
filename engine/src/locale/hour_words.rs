//! What people say between two hours, `from 22 to 7`: in each language `hours.txt` of its folder.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::embedded;

static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let all = embedded::data_of_all("hours.txt").into_iter();
    let lines = all.flat_map(|(_, text)| text.lines()).filter(|line| !line.starts_with('#'));
    lines
        .flat_map(|line| line.split(','))
        .map(|word| word.trim().to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
});

/// Whether this word, in any language, says nothing but that an hour follows.
pub fn is_hour_word(word: &str) -> bool {
    WORDS.contains(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_to_an_hour_is_known_in_each_language_and_what_changes_it_is_none() {
        for (word, is_one) in
            [("from", true), ("To", true), ("до", true), ("С", true), ("pm", false), ("вечера", false), ("", false)]
        {
            assert_eq!(is_hour_word(word), is_one, "{word:?}");
        }
    }
}
