//! What cities are called, and by which clock they go: `locales/cities.txt`, and in each language `cities.txt` of its
//! folder. A language without one calls them as the list does.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::embedded;

static CITIES: LazyLock<Cities> = LazyLock::new(|| {
    Cities::read(embedded::data("cities.txt").unwrap_or_default(), &embedded::data_of_all("cities.txt"))
});

/// All cities whose names are known.
pub struct Cities {
    cities: Vec<City>,
    /// Where in `cities` the one is that is called so in some language.
    by_name: HashMap<String, usize>,
    /// Where the first city of each time zone is.
    first: HashMap<&'static str, usize>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct City {
    /// What it is called in the list of all; it goes by this name in the store.
    pub name: &'static str,
    /// The time zone, a name of the IANA list.
    pub zone: &'static str,
    /// What languages call it: their codes, and its name.
    called: Vec<(&'static str, &'static str)>,
}

/// All cities, read once.
pub fn cities() -> &'static Cities {
    &CITIES
}

impl Cities {
    fn read(list: &'static str, languages: &[(&'static str, &'static str)]) -> Cities {
        let mut all = Cities { cities: Vec::new(), by_name: HashMap::new(), first: HashMap::new() };
        for (zone, listed) in lines(list) {
            all.first.entry(zone).or_insert(all.cities.len());
            for names in listed {
                let mut names = names.split('|').map(str::trim);
                let Some(name) = names.next() else { continue };
                let place = all.cities.len();
                all.cities.push(City { name, zone, called: Vec::new() });
                names.chain([name]).for_each(|name| all.is_called(name, place));
            }
        }
        for (code, list) in languages {
            for (name, called) in lines(list) {
                let Some(&place) = all.by_name.get(&fold(name)) else { continue };
                if let Some(shown) = called.first() {
                    all.cities[place].called.push((code, shown));
                }
                called.iter().for_each(|name| all.is_called(name, place));
            }
        }
        all
    }

    /// What is the name of two is that of the first.
    fn is_called(&mut self, name: &str, place: usize) {
        self.by_name.entry(fold(name)).or_insert(place);
    }

    /// The city that somebody calls so, in whatever language; capital letters, accents and hyphens are all the same.
    pub fn named(&self, name: &str) -> Option<&City> {
        self.by_name.get(&fold(name)).map(|&place| &self.cities[place])
    }

    /// The city that stands for a time zone.
    pub fn of_zone(&self, zone: &str) -> Option<&City> {
        self.first.get(zone).map(|&place| &self.cities[place])
    }
}

impl City {
    /// What it is called in a language.
    pub fn called(&self, lang: &str) -> &str {
        self.called.iter().find(|(code, _)| *code == lang).map_or(self.name, |(_, called)| called)
    }
}

/// What stands before `=` in each line, and what is listed after it. A line that begins with `#` is a comment.
fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    lines.map(|(key, listed)| (key.trim(), listed.split(';').map(str::trim).collect()))
}

/// A name as it is compared: small letters and digits without accents, and one space for whatever stands between them.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            // These have no accent that could be taken off.
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'ə' => folded.push('e'),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            letter if is_combining_mark(letter) => {}
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_is_found_by_whatever_it_is_called() {
        for (name, zone, ru, en) in [
            ("Тегеран", "Asia/Tehran", "Тегеран", "Tehran"),
            ("Лиссабон", "Europe/Lisbon", "Лиссабон", "Lisbon"),
            ("будапешт", "Europe/Budapest", "Будапешт", "Budapest"),
            ("СОФИЯ", "Europe/Sofia", "София", "Sofia"),
            ("Токио", "Asia/Tokyo", "Токио", "Tokyo"),
            ("Дубай", "Asia/Dubai", "Дубай", "Dubai"),
            ("Цюрих", "Europe/Zurich", "Цюрих", "Zurich"),
            ("Казань", "Europe/Moscow", "Казань", "Kazan"),
            ("нови сад", "Europe/Belgrade", "Нови-Сад", "Novi Sad"),
            ("Київ", "Europe/Kyiv", "Киев", "Kyiv"),
            ("Kiev", "Europe/Kyiv", "Киев", "Kyiv"),
            ("Zürich", "Europe/Zurich", "Цюрих", "Zurich"),
            ("Zuerich", "Europe/Zurich", "Цюрих", "Zurich"),
            ("Köln", "Europe/Berlin", "Кёльн", "Cologne"),
            ("MUNCHEN", "Europe/Berlin", "Мюнхен", "Munich"),
            ("São Paulo", "America/Sao_Paulo", "Сан-Паулу", "São Paulo"),
            ("Mumbai", "Asia/Kolkata", "Мумбаи", "Mumbai"),
            ("Łódź", "Europe/Warsaw", "Лодзь", "Łódź"),
            ("İSTANBUL", "Europe/Istanbul", "Стамбул", "Istanbul"),
            ("санкт  петербург", "Europe/Moscow", "Санкт-Петербург", "Saint Petersburg"),
            ("東京", "Asia/Tokyo", "Токио", "Tokyo"),
            ("gmt", "UTC", "UTC", "UTC"),
        ] {
            let city = cities().named(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!((city.zone, city.called("ru"), city.called("en")), (zone, ru, en), "{name}");
            assert_eq!(city.called("xx"), city.name);
        }
        for unknown in ["Atlantis", "", "  ", "'", "Europe"] {
            assert_eq!(cities().named(unknown), None, "{unknown}");
        }
    }

    /// What is called like another city would be understood as that one, and a name of a language that the list does not
    /// know, as none.
    #[test]
    fn the_lists_are_without_mistakes() {
        let mut of_name: HashMap<String, &str> = HashMap::new();
        let mut faults = Vec::new();
        let mut note = |called: &str, city: &'static str| {
            let before = *of_name.entry(fold(called)).or_insert(city);
            if before != city {
                faults.push(format!("{called} is {before} and {city}"));
            }
        };
        let list = embedded::data("cities.txt").unwrap();
        for (_, listed) in lines(list) {
            for names in listed {
                let city = names.split('|').next().unwrap_or_default().trim();
                names.split('|').for_each(|called| note(called, city));
            }
        }
        for (code, list) in embedded::data_of_all("cities.txt") {
            for (name, called) in lines(list) {
                match cities().named(name).filter(|city| city.name == name) {
                    Some(city) => called.into_iter().for_each(|called| note(called, city.name)),
                    None => panic!("{code}: there is no city {name} in locales/cities.txt"),
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(cities().cities.len() > 900);
    }
}
