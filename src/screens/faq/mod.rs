//! What people ask: what this is, how to begin, what the signs and the menu mean, and what to do when.

mod about;
mod topic;

pub use about::Faq;
pub use topic::FaqTopic;
