//! What the files of one language define, read once at start, so that a mistake in them stops the start.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::fault::LocaleError;
use super::markup;

/// The messages and terms of one language; a term's key starts with a hyphen.
#[derive(Default)]
pub(super) struct Catalog {
    entries: BTreeMap<String, Defined>,
}

#[derive(Default)]
struct Defined {
    file: String,
    line: usize,
    variables: BTreeSet<String>,
    references: BTreeSet<String>,
}

/// The file as Fluent understands it.
///
/// # Errors
/// [`LocaleError::Broken`] with the line of the first thing that is not Fluent.
pub(super) fn parse(file: &str, text: &str) -> Result<FluentResource, LocaleError> {
    FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| LocaleError::Broken {
        file: file.to_owned(),
        line: errors.first().map_or(1, |error| line_at(text, error.pos.start)),
        problem: errors.first().map_or_else(String::new, |error| error.kind.to_string()),
    })
}

impl Catalog {
    /// Adds what one file defines.
    ///
    /// # Errors
    /// A key that is there already, or faulty markup.
    pub(super) fn read(&mut self, file: &str, resource: &FluentResource) -> Result<(), LocaleError> {
        let source = resource.source();
        // Entries come in their order: each line is counted once.
        let (mut line, mut counted) = (1, 0);
        for entry in resource.entries() {
            let (key, name, value, attributes) = match entry {
                Entry::Message(message) => {
                    (message.id.name.to_owned(), message.id.name, message.value.as_ref(), &message.attributes)
                }
                Entry::Term(term) => (format!("-{}", term.id.name), term.id.name, Some(&term.value), &term.attributes),
                _ => continue,
            };
            // The name is a slice of the source: their distance is its place in it.
            let place = (name.as_ptr() as usize).saturating_sub(source.as_ptr() as usize);
            line += lines_in(source.as_bytes().get(counted..place).unwrap_or_default());
            counted = place;
            if let Some(first) = self.entries.get(&key) {
                let first = format!("{}:{}", first.file, first.line);
                return Err(LocaleError::Duplicate { file: file.to_owned(), line, key, first });
            }
            let mut defined = Defined { file: file.to_owned(), line, ..Defined::default() };
            let patterns = value.into_iter().chain(attributes.iter().map(|attribute| &attribute.value));
            for pattern in patterns {
                defined.pattern(pattern).map_err(|problem| LocaleError::Broken {
                    file: file.to_owned(),
                    line,
                    problem,
                })?;
            }
            self.entries.insert(key, defined);
        }
        Ok(())
    }

    /// Lays another catalog over this one: where both define a key, the other's counts.
    pub(super) fn overlay(&mut self, other: Catalog) {
        self.entries.extend(other.entries);
    }

    /// Finds the first reference that leads nowhere.
    ///
    /// # Errors
    /// [`LocaleError::Dangling`].
    pub(super) fn check_references(&self) -> Result<(), LocaleError> {
        for (key, defined) in &self.entries {
            if let Some(reference) = defined.references.iter().find(|reference| !self.entries.contains_key(*reference))
            {
                return Err(LocaleError::Dangling {
                    file: defined.file.clone(),
                    line: defined.line,
                    key: key.clone(),
                    reference: reference.clone(),
                });
            }
        }
        Ok(())
    }

    /// The keys of all messages, in order; terms are not among them.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str).filter(|key| !key.starts_with('-'))
    }

    pub(super) fn defines(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The variables of a message and of the messages it refers to. Terms see no variables of a message.
    pub(super) fn variables(&self, key: &str) -> BTreeSet<String> {
        let mut variables = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut ahead = vec![key];
        while let Some(key) = ahead.pop() {
            if key.starts_with('-') || !seen.insert(key) {
                continue;
            }
            if let Some(defined) = self.entries.get(key) {
                variables.extend(defined.variables.iter().cloned());
                ahead.extend(defined.references.iter().map(String::as_str));
            }
        }
        variables
    }

    /// The messages that other messages refer to.
    pub(super) fn referenced(&self) -> BTreeSet<&str> {
        self.entries.values().flat_map(|defined| &defined.references).map(String::as_str).collect()
    }
}

impl Defined {
    fn pattern(&mut self, pattern: &Pattern<&str>) -> Result<(), String> {
        let mut own_text = String::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => own_text.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression)?,
            }
        }
        markup::fault(&own_text).map_or(Ok(()), Err)
    }

    fn expression(&mut self, expression: &Expression<&str>) -> Result<(), String> {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector)?;
                variants.iter().try_for_each(|variant| self.pattern(&variant.value))
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) -> Result<(), String> {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
                Ok(())
            }
            InlineExpression::MessageReference { id, .. } => {
                self.references.insert(id.name.to_owned());
                Ok(())
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.references.insert(format!("-{}", id.name));
                arguments.as_ref().map_or(Ok(()), |arguments| self.arguments(arguments))
            }
            InlineExpression::FunctionReference { id, .. } => Err(format!("there is no function {}()", id.name)),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => Ok(()),
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>) -> Result<(), String> {
        let named = arguments.named.iter().map(|argument| &argument.value);
        arguments.positional.iter().chain(named).try_for_each(|argument| self.inline(argument))
    }
}

fn line_at(text: &str, offset: usize) -> usize {
    1 + lines_in(text.as_bytes().get(..offset).unwrap_or(text.as_bytes()))
}

fn lines_in(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| byte == b'\n').count()
}
