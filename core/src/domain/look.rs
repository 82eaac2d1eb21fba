//! What names look like: by that, and not by their letters, somebody may be taken for another.

use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

/// What a name looks like. Two names look alike when they are the same but for case, spaces, and letters that can hardly be
/// told from one another, of whatever script they are (the skeletons of UTS #39).
pub fn look_of(name: &str) -> String {
    let small = name.nfkd().flat_map(char::to_lowercase);
    let looks: String = small.map(look_of_letter).collect();
    // Of all that two letters together look like, what small letters can be written as.
    looks.split_whitespace().collect::<Vec<_>>().join(" ").replace("rn", "m")
}

/// What a letter looks like, small or large: the Latin letter that either of the two is taken for, or else itself.
///
/// The large one comes first, since more of those look like Latin ones; whichever is asked for, both have the same look.
fn look_of_letter(small: char) -> String {
    let small = small.to_string();
    let looks = [&small.to_uppercase(), &small].map(|letter| skeleton(letter).collect::<String>());
    let latin = looks.into_iter().find(|looks| looks.is_ascii()).map(|latin| latin.to_lowercase());
    latin.unwrap_or(small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_eye_takes_for_one_name_has_one_look() {
        for (one, other) in [
            ("Anna Petrova", "anna  PETROVA"),
            // With a Cyrillic А.
            ("Anna Petrova", "\u{410}nna Petrova"),
            ("Jose", "ＪＯＳＥ"),
            ("Jose", "J\u{43e}s\u{435}"),
            ("Сергей Гусев", "СЕРГЕЙ ГУСЕВ"),
            ("Семён", "Cемён"),
            ("Елена", "ЕЛЕНА"),
            ("Нина", "H\u{438}н\u{430}"),
            ("Hanna", "\u{4bb}anna"),
            ("Ilya", "llya"),
            ("Ilya", "1LYA"),
            ("Marta", "Marta\u{200b}"),
            ("Amanda", "Arnanda"),
            ("José", "Jose\u{301}"),
            ("O’Neil", "0'NEIL"),
            ("Straße", "STRASSE"),
        ] {
            assert_eq!(look_of(one), look_of(other), "{one} {other}");
        }
    }

    #[test]
    fn names_that_nobody_mixes_up_have_different_looks() {
        let names = [
            "Anna",
            "Anya",
            "Аня",
            "Яна",
            "Инна",
            "Ирина",
            "Марина",
            "Мария",
            "Маша",
            "Миша",
            "Саша",
            "Паша",
            "Даша",
            "Дима",
            "Рима",
            "Семён",
            "Семен",
            "José",
            "Jose",
            "Josef",
            "Ян",
            "Ион",
            "Иван",
            "Лев",
            "Олег",
            "Ольга",
            "Юлия",
            "Шура",
            "Щура",
            "שרה",
            "דוד",
            "محمد",
            "👤",
            "Борис 2",
            "Борис 3",
        ];
        for (place, one) in names.iter().enumerate() {
            for other in &names[place + 1..] {
                assert_ne!(look_of(one), look_of(other), "{one} {other}");
            }
        }
    }

    #[test]
    fn a_look_is_its_own_look() {
        for name in ["Anna Petrova", "Сергей", "ＪＯＳＥ 10", "Amanda", "Straße", "👍🏽 Ann"] {
            assert_eq!(look_of(&look_of(name)), look_of(name), "{name}");
        }
    }
}
