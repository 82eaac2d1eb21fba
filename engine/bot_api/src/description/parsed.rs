use std::collections::HashMap;
use std::fmt;

/// The description, by names.
#[derive(Default)]
pub(super) struct Described {
    /// What each method answers, and takes.
    pub methods: HashMap<&'static str, (Vec<Kind>, Vec<Field>)>,
    pub types: HashMap<&'static str, Vec<Field>>,
    /// What each of them is one of.
    pub unions: HashMap<&'static str, Vec<Kind>>,
}

pub(super) struct Field {
    pub name: &'static str,
    pub optional: bool,
    /// It is one of these.
    pub kinds: Vec<Kind>,
}

pub(super) enum Kind {
    Named(&'static str),
    List(Box<Kind>),
}

impl Kind {
    fn parse(text: &'static str) -> Kind {
        match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
            Some(of) => Kind::List(Box::new(Kind::parse(of))),
            None => Kind::Named(text),
        }
    }

    fn all(text: &'static str) -> Vec<Kind> {
        text.split('|').map(Kind::parse).collect()
    }

    /// The type that is named, however deep in lists.
    #[cfg(test)]
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Named(name) => name,
            Kind::List(of) => of.name(),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Named(name) => f.write_str(name),
            Kind::List(of) => write!(f, "list of {of}"),
        }
    }
}

/// Whose fields the lines are that follow.
enum Of {
    Nothing,
    Method(&'static str),
    Type(&'static str),
}

impl Described {
    /// Reads the description; see its first lines for how it is written.
    pub fn parse(text: &'static str) -> Described {
        let (mut described, mut of) = (Described::default(), Of::Nothing);
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let (Some(first), second) = (words.next(), words.next().unwrap_or_default()) else { continue };
            if line.starts_with(' ') {
                let name = first.trim_end_matches('?');
                let field = Field { name, optional: first.len() > name.len(), kinds: Kind::all(second) };
                match of {
                    Of::Method(method) => {
                        described.methods.entry(method).and_modify(|(_, fields)| fields.push(field));
                    }
                    Of::Type(kind) => described.types.entry(kind).or_default().push(field),
                    Of::Nothing => {}
                }
                continue;
            }
            of = match first {
                "method" => {
                    let answers = Kind::all(words.next().unwrap_or_default());
                    described.methods.insert(second, (answers, Vec::new()));
                    Of::Method(second)
                }
                "type" => {
                    described.types.insert(second, Vec::new());
                    Of::Type(second)
                }
                _ => {
                    described.unions.insert(second, Kind::all(words.next().unwrap_or_default()));
                    Of::Nothing
                }
            };
        }
        described
    }
}
