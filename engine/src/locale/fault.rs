//! What can be wrong with the texts of a language. All of it is found at start, none of it later.

/// A fault in the language files, with the place to mend.
#[derive(Debug, thiserror::Error)]
pub enum LocaleError {
    #[error("{file}:{line}: {problem}")]
    Broken { file: String, line: usize, problem: String },
    #[error("{file}:{line}: the message \"{key}\" is there already, in {first}")]
    Duplicate { file: String, line: usize, key: String, first: String },
    #[error("{file}:{line}: \"{key}\" refers to \"{reference}\", which does not exist")]
    Dangling { file: String, line: usize, key: String, reference: String },
    #[error("the language \"{language}\" has no message \"{key}\", which its formats need")]
    Missing { language: String, key: String },
    #[error("\"{0}\" is not a language code (such as \"en\" or \"pt-BR\")")]
    NotALanguage(String),
    #[error("there is no language \"{code}\"; the languages are {known}")]
    UnknownLanguage { code: String, known: String },
    #[error("there are no languages at all")]
    NoLanguages,
}
