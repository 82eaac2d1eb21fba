//! What "2" means: the second choice that was *shown*, even if the list has changed since.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::offered::Offered;
use crate::locale::plain_digits;

/// What somebody's words mean among the choices they were shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chosen<'a> {
    One(&'a Offered),
    /// The words fit choices that do different things.
    Several,
    Nothing,
}

/// The choice that these words mean: by its number, its label, both as they stand on one line, or, unless the page
/// `asks` for an answer, the beginning of one label alone, or else of any of the words in one label alone, or of several of
/// them in their order.
pub(super) fn chosen<'a>(offered: &'a [Offered], words: &str, asks: bool) -> Chosen<'a> {
    if let Some(number) = as_number(words) {
        let numbered = offered.iter().find(|o| o.number.map(i64::from) == Some(number));
        return match numbered {
            Some(numbered) => Chosen::One(numbered),
            // A choice that is called so: `200` is €200, where it is no number of a choice nor of a notice.
            None if !asks && marked(words).is_none() => {
                one_of(offered.iter().filter(|o| fold(&o.label) == fold(words)))
            }
            None => Chosen::Nothing,
        };
    }
    if asks && words.contains(char::is_numeric) {
        // An answer of its own: without its signs, $100 would be the offered €100.
        return one_of(offered.iter().filter(|o| is_label(&o.label, words)));
    }
    let words = fold(words);
    if words.is_empty() {
        return Chosen::Nothing;
    }
    let is_line = |o: &&Offered| o.number.is_some_and(|number| format!("{number} {}", fold(&o.label)) == words);
    if let Some(line) = offered.iter().find(is_line) {
        return Chosen::One(line);
    }
    match one_of(offered.iter().filter(|o| fold(&o.label) == words)) {
        Chosen::Nothing if !asks => match one_of(offered.iter().filter(|o| fold(&o.label).starts_with(&words))) {
            Chosen::Nothing if words.chars().count() >= SHORTEST => {
                match one_of(offered.iter().filter(|o| has(o, &words))) {
                    Chosen::Nothing => one_of(offered.iter().filter(|o| has_in_order(o, &words))),
                    middle => middle,
                }
            }
            beginning => beginning,
        },
        exact => exact,
    }
}

/// Whether it is this label, sign by sign, with or without what stands before its first word.
fn is_label(label: &str, words: &str) -> bool {
    let [label, words] =
        [label, words].map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
    let bare = label.split_once(' ').filter(|(sign, _)| !sign.contains(char::is_alphanumeric)).map(|(_, bare)| bare);
    label == words || bare == Some(words.as_str())
}

/// A letter alone may begin a label, as it is read; in the middle of one nobody looks for it.
const SHORTEST: usize = 2;

/// Whether these words stand in a label, the last of them perhaps cut short.
fn has(offered: &Offered, words: &str) -> bool {
    format!(" {}", fold(&offered.label)).contains(&format!(" {words}"))
}

/// Whether all of these words, several, stand in a label in this order, with others between them: `change the sum` means
/// `Change the monthly sum`. Each may be cut short.
fn has_in_order(offered: &Offered, words: &str) -> bool {
    let label = fold(&offered.label);
    let mut rest = label.split(' ');
    let mut said = words.split(' ');
    let is_several = words.contains(' ');
    is_several && said.all(|word| word.chars().count() >= SHORTEST && rest.any(|one| one.starts_with(word)))
}

/// The choice that is named by its first words, whole ones: where nobody looks at the choices any more, a letter that is
/// typed by mistake must not do anything.
pub(super) fn named<'a>(offered: &'a [Offered], words: &str) -> Chosen<'a> {
    let words = fold(words);
    let begins =
        |o: &&Offered| fold(&o.label).strip_prefix(&words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if words.is_empty() { Chosen::Nothing } else { one_of(offered.iter().filter(begins)) }
}

/// The one deed of all these, which may be called by its name in several languages.
pub(super) fn one_of<'a>(mut fitting: impl Iterator<Item = &'a Offered>) -> Chosen<'a> {
    match fitting.next() {
        None => Chosen::Nothing,
        Some(first) if fitting.all(|other| other.press == first.press) => Chosen::One(first),
        Some(_) => Chosen::Several,
    }
}

/// A number as people type it on its own, in the digits of any script: `2`, `2.`, `(2)`, `№ 2`, `No. 2`, `#2`, `２`, `٢`, `2️⃣`.
pub(super) fn as_number(words: &str) -> Option<i64> {
    let plain = plain_digits(words);
    let plain = without_mark(plain.trim()).trim_start_matches(['(', '[']);
    let plain = plain.trim_end_matches(['.', ')', ']', ':', ',']).trim();
    let digits = !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| plain.parse().ok())?
}

/// A number alone that is marked as one: `№ 12`, `No. 12`, `#12`.
pub(super) fn marked(text: &str) -> Option<i64> {
    let text = text.trim();
    (without_mark(text) != text).then(|| as_number(text))?
}

/// Whether somebody asks: `done?` says of nothing that it is done.
pub(super) fn is_question(text: &str) -> bool {
    text.contains(['?', '？', '؟'])
}

/// Words that end in a number, as the choices of a notice are typed: `confirm № 12`, `Confirm #12`, `Anna 12`; or begin with
/// it: `12 confirm`.
pub(super) fn numbered(text: &str) -> Option<(&str, i64)> {
    let (words, number) = text.trim().rsplit_once(char::is_whitespace)?;
    let Some(number) = as_number(number) else {
        let (number, words) = text.trim().trim_start_matches(['№', '#', ' ']).split_once(char::is_whitespace)?;
        // (`20 €` is what somebody would give, and no number with a sign behind it.)
        return as_number(number).filter(|_| !fold(words).is_empty()).map(|number| (words, number));
    };
    let words = words.trim_end_matches(['№', '#', ' ']);
    let mark =
        words.rsplit_once(char::is_whitespace).filter(|(_, mark)| NUMERO.contains(&mark.to_lowercase().as_str()));
    Some((mark.map_or(words, |(words, _)| words), number))
}

/// How `№` is written where a keyboard has none; small letters.
pub(super) const NUMERO: [&str; 5] = ["number", "номер", "no.", "no", "nr."];

/// What stands behind the mark of a number.
fn without_mark(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix(['№', '#']) {
        return rest.trim_start_matches(['№', '#', ' ']);
    }
    let marked = NUMERO.iter().find_map(|mark| text.get(..mark.len()).filter(|begin| begin.to_lowercase() == *mark));
    marked.map_or(text, |mark| text[mark.len()..].trim_start())
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
    use crate::conversation::Weight;

    fn offered(asks: bool) -> Vec<Offered> {
        let labels = ["❤️ Help", "Help others", "Настройки", "Ещё", "‹ Back"];
        let number = |n: usize| (!asks).then_some(if n == 4 { 0 } else { n as u32 + 1 });
        labels
            .iter()
            .enumerate()
            .map(|(n, label)| Offered {
                number: number(n),
                press: format!("/{n}"),
                label: (*label).into(),
                weight: [Weight::Light, Weight::Plain, Weight::Grave][n % 3],
            })
            .collect()
    }

    fn press<'a>(all: &'a [Offered], words: &str, asks: bool) -> Option<&'a str> {
        match chosen(all, words, asks) {
            Chosen::One(offered) => Some(&offered.press),
            Chosen::Several => Some("several"),
            Chosen::Nothing => None,
        }
    }

    #[test]
    fn people_choose_by_number_by_label_or_by_its_beginning() {
        let all = offered(false);
        for (words, means) in [
            ("1", Some("/0")),
            ("2.", Some("/1")),
            ("3)", Some("/2")),
            (" 3 ", Some("/2")),
            ("3\n", Some("/2")),
            ("(3)", Some("/2")),
            ("№2", Some("/1")),
            ("№ 2", Some("/1")),
            ("#2", Some("/1")),
            ("No. 2", Some("/1")),
            ("02", Some("/1")),
            ("２", Some("/1")),
            ("٢", Some("/1")),
            ("۲", Some("/1")),
            ("२", Some("/1")),
            ("②", Some("/1")),
            ("4️⃣", Some("/3")),
            ("4\u{20e3}", Some("/3")),
            ("\u{200f}٢\u{200f}", Some("/1")),
            ("0", Some("/4")),
            ("help", Some("/0")),
            ("HELP", Some("/0")),
            ("Help!", Some("/0")),
            ("help o", Some("/1")),
            ("настр", Some("/2")),
            ("НАСТРОЙКИ", Some("/2")),
            ("настроики", Some("/2")),
            ("еще", Some("/3")),
            ("Ещё", Some("/3")),
            ("back", Some("/4")),
            ("others", Some("/1")),
            ("oth", Some("/1")),
            ("o", None),
            ("thers", None),
            ("❤️ help", Some("/0")),
            ("2. Help others", Some("/1")),
            ("1. Help others", None),
            ("• Настройки", Some("/2")),
            ("hel", Some("several")),
            ("9", None),
            ("-1", None),
            ("1 2", None),
            ("2\n\nthanks", None),
            ("½", None),
            ("", None),
            ("№", None),
            ("❤️", None),
            ("99999999999", None),
            ("99999999999999999999999", None),
        ] {
            assert_eq!(press(&all, words, false), means, "{words:?}");
        }
    }

    #[test]
    fn words_may_leave_out_others_between_them() {
        let one = |label: &str| Offered {
            number: None,
            press: format!("/{label}"),
            label: label.into(),
            weight: Weight::Plain,
        };
        let all = ["✏️ Change the monthly sum", "✅ I no longer need monthly help", "Change the date"].map(one);
        for (words, means) in [
            ("change the sum", Some("/✏️ Change the monthly sum")),
            ("chan sum", Some("/✏️ Change the monthly sum")),
            ("sum change", None),
            ("change sums", None),
            ("change the", Some("several")),
            ("need help", Some("/✅ I no longer need monthly help")),
            ("c s", None),
        ] {
            assert_eq!(press(&all, words, false), means, "{words:?}");
        }
    }

    #[test]
    fn a_choice_out_of_sight_is_taken_by_whole_words_alone() {
        let all = offered(false);
        for (words, press) in [
            ("help others", Some("/1")),
            ("настройки", Some("/2")),
            ("back", Some("/4")),
            ("н", None),
            ("настрой", None),
            ("help", None),
            ("2", None),
            ("", None),
        ] {
            let found = match named(&all, words) {
                Chosen::One(found) => Some(found.press.as_str()),
                _ => None,
            };
            assert_eq!(found, press, "{words:?}");
        }
    }

    #[test]
    fn where_an_answer_is_awaited_only_a_whole_label_is_a_choice() {
        let all = offered(true);
        for (words, means) in [("1", None), ("0", None), ("b", None), ("Back", Some("/4")), ("help", Some("/0"))] {
            assert_eq!(press(&all, words, true), means, "{words:?}");
        }
    }

    #[test]
    fn an_offered_sum_is_not_taken_for_one_of_another_currency() {
        let label = |label: &str| Offered {
            number: None,
            press: format!("/{label}"),
            label: label.into(),
            weight: Weight::Light,
        };
        let all = ["€100", "🙏 All that is missing: €300", "7 days"].map(label);
        for (words, means) in [
            ("€100", Some("/€100")),
            ("100$", None),
            ("£100", None),
            ("-100", None),
            ("100%", None),
            ("all that is missing: €300", Some("/🙏 All that is missing: €300")),
            ("🙏 All that is  missing: €300", Some("/🙏 All that is missing: €300")),
            ("7 Days", Some("/7 days")),
        ] {
            assert_eq!(press(&all, words, true), means, "{words:?}");
        }
    }

    #[test]
    fn a_sum_is_chosen_by_its_number_where_no_choice_has_that() {
        let one = |number, label: &str| Offered {
            number: Some(number),
            press: format!("/{label}"),
            label: label.into(),
            weight: Weight::Plain,
        };
        let all = [one(1, "❤️ €200"), one(2, "❤️ €1"), one(3, "✏️ Another sum")];
        for (words, means) in
            [("200", Some("/❤️ €200")), ("1", Some("/❤️ €200")), ("№ 200", None), ("20", None), ("€1", Some("/❤️ €1"))]
        {
            assert_eq!(press(&all, words, false), means, "{words:?}");
        }
        assert_eq!(press(&all, "200", true), None, "it is an answer of its own");
    }

    #[test]
    fn two_choices_of_one_name_are_told_apart_by_their_numbers() {
        let one = |number, press: &str, label: &str| Offered {
            number: Some(number),
            press: press.into(),
            label: label.into(),
            weight: Weight::Plain,
        };
        let all = [one(1, "/a", "Anna"), one(2, "/b", "Anna"), one(3, "/c", "OK"), one(3, "/c", "Ok!")];
        for (words, means) in
            [("anna", Some("several")), ("2", Some("/b")), ("2. anna", Some("/b")), ("ok", Some("/c"))]
        {
            assert_eq!(press(&all, words, false), means, "{words:?}");
        }
    }

    #[test]
    fn a_notice_is_named_by_the_number_behind_the_words() {
        for (text, means) in [
            ("confirm 12", Some(("confirm", 12))),
            ("confirm №12", Some(("confirm", 12))),
            ("confirm № 12", Some(("confirm", 12))),
            ("not received  ١٢", Some(("not received", 12))),
            ("confirm (12)", Some(("confirm", 12))),
            ("confirm #12", Some(("confirm", 12))),
            ("confirm No. 12", Some(("confirm", 12))),
            ("confirm no 12", Some(("confirm", 12))),
            ("confirm No.12", Some(("confirm", 12))),
            ("confirm number 12", Some(("confirm", 12))),
            ("подтвердить номер 12", Some(("подтвердить", 12))),
            ("12 confirm", Some(("confirm", 12))),
            ("№ 12 not received", Some(("not received", 12))),
            ("Anna 16", Some(("Anna", 16))),
            ("20 €", None),
            ("confirm -12", None),
            ("confirm", None),
            ("12", None),
        ] {
            assert_eq!(numbered(text), means, "{text:?}");
        }
    }

    #[test]
    fn a_number_may_be_marked_as_that_of_a_notice() {
        for (text, means) in [
            ("№7", Some(7)),
            (" № 7. ", Some(7)),
            ("#7", Some(7)),
            ("No. 7", Some(7)),
            ("no7", Some(7)),
            ("№ ٧", Some(7)),
            ("Номер 7", Some(7)),
            ("7", None),
            ("no", None),
            ("№", None),
            ("not 7", None),
            ("номер", None),
        ] {
            assert_eq!(marked(text), means, "{text:?}");
        }
    }
}
