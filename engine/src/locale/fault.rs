//! What can be wrong with the texts of a language. All of it is found at start, none of it later.

/// A fault in the language files, with the place to mend.
#[derive(Debug, thiserror::Error)]
pub enum LocaleError {
    /// A text is not as Fluent or our markup wants it.
    #[error("{file}:{line}: {problem}")]
    Broken {
        /// The file with the fault.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong there.
        problem: String,
    },
    /// Two messages of one key.
    #[error("{file}:{line}: the message \"{key}\" is there already, in {first}")]
    Duplicate {
        /// The file with the second.
        file: String,
        /// The line of the second, counted from 1.
        line: usize,
        /// The key of both.
        key: String,
        /// The place of the first: file and line.
        first: String,
    },
    /// A message refers to one that is not there.
    #[error("{file}:{line}: \"{key}\" refers to \"{reference}\", which does not exist")]
    Dangling {
        /// The file with the message.
        file: String,
        /// The line of the message, counted from 1.
        line: usize,
        /// The key of the message.
        key: String,
        /// The key of what is not there.
        reference: String,
    },
    /// A language lacks a message that no language can do without.
    #[error("the language \"{language}\" has no message \"{key}\", which its formats need")]
    Missing {
        /// The code of the language.
        language: String,
        /// The key of the message.
        key: String,
    },
    /// A folder is called as no language is.
    #[error("\"{0}\" is not a language code (such as \"en\" or \"pt-BR\")")]
    NotALanguage(String),
    /// A language is asked for that is not spoken.
    #[error("there is no language \"{code}\"; the languages are {known}")]
    UnknownLanguage {
        /// The code that was asked for.
        code: String,
        /// The codes of those that are spoken.
        known: String,
    },
    /// There is not one text.
    #[error("there are no languages at all")]
    NoLanguages,
}
