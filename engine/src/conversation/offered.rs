use super::Weight;

/// A choice as it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offered {
    /// The number shown before it; on pages that ask for an answer there is none.
    pub number: Option<u32>,
    /// What it does, as a [`super::Press`] is written.
    pub press: String,
    pub label: String,
    /// What it would mean to do it by mistake.
    pub weight: Weight,
}

impl Offered {
    pub fn encode_all(all: &[Offered]) -> String {
        let line = |offered: &Offered| {
            let number = offered.number.map(|n| n.to_string()).unwrap_or_default();
            let weight = match offered.weight {
                Weight::Light => "~",
                Weight::Switch => "^",
                Weight::Plain => "",
                Weight::Grave => "!",
            };
            format!("{number}{weight}\t{}\t{}", offered.press, offered.label.replace(['\t', '\n'], " "))
        };
        all.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    pub fn parse_all(text: &str) -> Vec<Offered> {
        let line = |line: &str| {
            let mut parts = line.splitn(3, '\t');
            let number = parts.next()?;
            let weight = match number.chars().last() {
                Some('~') => Weight::Light,
                Some('^') => Weight::Switch,
                Some('!') => Weight::Grave,
                _ => Weight::Plain,
            };
            let number = number.trim_end_matches(['~', '^', '!']).parse().ok();
            Some(Offered { number, press: parts.next()?.to_owned(), label: parts.next()?.to_owned(), weight })
        };
        text.lines().filter_map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_offered_reads_back_as_it_was_stored() {
        let labels = ["❤️ Help", "Help others", "‹ Back"];
        let one = |(n, label): (u32, &&str)| Offered {
            number: (n > 0).then_some(n),
            press: format!("/{n}"),
            label: (*label).to_owned(),
            weight: [Weight::Switch, Weight::Plain, Weight::Grave][n as usize],
        };
        for all in [(0..).zip(&labels).map(one).collect(), vec![]] {
            assert_eq!(Offered::parse_all(&Offered::encode_all(&all)), all);
        }
    }
}
