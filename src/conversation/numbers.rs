//! What "2" means: the second choice that was *shown*, even if the list has changed since.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A choice as it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offered {
    /// The number shown before it; on pages that ask for an answer there is none.
    pub number: Option<u32>,
    /// What it does, as a [`super::Press`] is written.
    pub press: String,
    pub label: String,
}

impl Offered {
    pub fn encode_all(all: &[Offered]) -> String {
        let line = |offered: &Offered| {
            let number = offered.number.map(|n| n.to_string()).unwrap_or_default();
            format!("{number}\t{}\t{}", offered.press, offered.label.replace(['\t', '\n'], " "))
        };
        all.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    pub fn parse_all(text: &str) -> Vec<Offered> {
        let line = |line: &str| {
            let mut parts = line.splitn(3, '\t');
            let number = parts.next()?.parse().ok();
            Some(Offered { number, press: parts.next()?.to_owned(), label: parts.next()?.to_owned() })
        };
        text.lines().filter_map(line).collect()
    }
}

/// The choice that these words mean: by its number, its label, or, unless the page `asks` for an
/// answer, the beginning of one label alone.
pub(super) fn chosen<'a>(offered: &'a [Offered], words: &str, asks: bool) -> Option<&'a Offered> {
    if let Some(number) = as_number(words) {
        return offered.iter().find(|o| o.number == Some(number));
    }
    let words = fold(words);
    if words.is_empty() {
        return None;
    }
    if let Some(exact) = offered.iter().find(|o| fold(&o.label) == words) {
        return Some(exact);
    }
    let mut beginnings = offered.iter().filter(|o| !asks && fold(&o.label).starts_with(&words));
    match (beginnings.next(), beginnings.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// A number as people type it on its own: `2`, `2.`, `2)`, `2️⃣`.
fn as_number(words: &str) -> Option<u32> {
    let plain: String = words.trim().nfkc().filter(|c| !matches!(c, '\u{fe0f}' | '\u{20e3}')).collect();
    let plain = plain.trim_end_matches(['.', ')']);
    let digits = plain.bytes().all(|b| b.is_ascii_digit());
    (digits && plain.len() <= 4).then(|| plain.parse().ok())?
}

/// Words that end in a number, as the choices of a notice are typed: `confirm 12`.
pub(super) fn numbered(text: &str) -> Option<(&str, i64)> {
    let (words, number) = text.trim().rsplit_once(char::is_whitespace)?;
    Some((words, number.parse().ok()?))
}

/// A label or an answer as it is compared: letters and digits, without case, accents and signs.
pub(super) fn fold(text: &str) -> String {
    let letters: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(asks: bool) -> Vec<Offered> {
        let labels = ["❤️ Help", "Help others", "Настройки", "Ещё", "‹ Back"];
        let number = |n: usize| (!asks).then_some(if n == 4 { 0 } else { n as u32 + 1 });
        labels
            .iter()
            .enumerate()
            .map(|(n, label)| Offered { number: number(n), press: format!("/{n}"), label: (*label).into() })
            .collect()
    }

    #[test]
    fn people_choose_by_number_by_label_or_by_its_beginning() {
        let all = offered(false);
        for (words, press) in [
            ("1", Some("/0")),
            ("2.", Some("/1")),
            ("3)", Some("/2")),
            ("4️⃣", Some("/3")),
            ("0", Some("/4")),
            ("help", Some("/0")),
            ("HELP", Some("/0")),
            ("help o", Some("/1")),
            ("настр", Some("/2")),
            ("еще", Some("/3")),
            ("back", Some("/4")),
            ("❤️ help", Some("/0")),
            ("hel", None),
            ("9", None),
            ("", None),
            ("❤️", None),
            ("99999999999", None),
        ] {
            assert_eq!(chosen(&all, words, false).map(|o| o.press.as_str()), press, "{words:?}");
        }
    }

    #[test]
    fn where_an_answer_is_awaited_only_a_whole_label_is_a_choice() {
        let all = offered(true);
        for (words, press) in [("1", None), ("0", None), ("b", None), ("Back", Some("/4")), ("help", Some("/0"))] {
            assert_eq!(chosen(&all, words, true).map(|o| o.press.as_str()), press, "{words:?}");
        }
    }

    #[test]
    fn what_was_offered_reads_back_as_it_was_stored() {
        for all in [offered(false), offered(true), vec![]] {
            assert_eq!(Offered::parse_all(&Offered::encode_all(&all)), all);
        }
    }
}
