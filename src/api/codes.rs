//! What problems are called, beside the refusals of the rules (`Refusal::code`). Others have written these down in their
//! programs, so none of them ever changes; `docs/api.md` lists them all.

use axum::http::StatusCode;

use crate::domain::Refusal;

/// The name of a problem, and the status that it is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    pub status: StatusCode,
    pub name: &'static str,
}

const fn code(status: StatusCode, name: &'static str) -> Code {
    Code { status, name }
}

pub const NO_TOKEN: Code = code(StatusCode::UNAUTHORIZED, "no_token");
pub const UNKNOWN_TOKEN: Code = code(StatusCode::UNAUTHORIZED, "unknown_token");
pub const NOT_ALLOWED: Code = code(StatusCode::FORBIDDEN, "not_allowed");
pub const SUSPENDED: Code = code(StatusCode::FORBIDDEN, "suspended");
pub const UNKNOWN: Code = code(StatusCode::NOT_FOUND, "unknown");
pub const NO_SUCH_METHOD: Code = code(StatusCode::METHOD_NOT_ALLOWED, "no_such_method");
pub const NOT_SURE: Code = code(StatusCode::CONFLICT, "not_sure");
pub const USED: Code = code(StatusCode::GONE, "used");
pub const UNREADABLE: Code = code(StatusCode::UNPROCESSABLE_ENTITY, "unreadable");
pub const SUM: Code = code(StatusCode::UNPROCESSABLE_ENTITY, "sum");
pub const TEXT: Code = code(StatusCode::UNPROCESSABLE_ENTITY, "text");
pub const OTHER_REQUEST: Code = code(StatusCode::UNPROCESSABLE_ENTITY, "other_request");
pub const TOO_OFTEN: Code = code(StatusCode::TOO_MANY_REQUESTS, "too_often");
pub const BROKEN: Code = code(StatusCode::INTERNAL_SERVER_ERROR, "broken");
pub const AWAY: Code = code(StatusCode::SERVICE_UNAVAILABLE, "away");

/// What a refusal is called. What is not theirs is called as what does not exist.
pub fn of(refusal: Refusal) -> Code {
    match refusal {
        Refusal::Unknown | Refusal::NotYours => UNKNOWN,
        Refusal::NotPositive | Refusal::Days | Refusal::Hours => code(StatusCode::UNPROCESSABLE_ENTITY, refusal.code()),
        _ => code(StatusCode::CONFLICT, refusal.code()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// All that are not refusals.
    const OWN: [Code; 15] = [
        NO_TOKEN,
        UNKNOWN_TOKEN,
        NOT_ALLOWED,
        SUSPENDED,
        UNKNOWN,
        NO_SUCH_METHOD,
        NOT_SURE,
        USED,
        UNREADABLE,
        SUM,
        TEXT,
        OTHER_REQUEST,
        TOO_OFTEN,
        BROKEN,
        AWAY,
    ];

    #[test]
    fn the_page_about_the_interface_lists_every_code_and_no_other() {
        let page = include_str!("../../docs/api.md");
        let table = page.split("\n## Codes\n").nth(1).unwrap().split("\n## ").next().unwrap();
        let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
        let listed: BTreeSet<(&str, u16)> =
            rows.map(|(name, rest)| (name, rest.split('|').next().unwrap().trim().parse().unwrap())).collect();
        let own = OWN.iter().map(|code| (code.name, code.status.as_u16()));
        let invalid = [Refusal::NotPositive, Refusal::Days, Refusal::Hours].map(Refusal::code);
        // What is not theirs is told by no code of its own.
        let told =
            Refusal::CODES.iter().filter(|name| ![Refusal::Unknown.code(), Refusal::NotYours.code()].contains(name));
        let told = told.map(|name| (*name, if invalid.contains(name) { 422 } else { 409 }));
        let known: BTreeSet<(&str, u16)> = own.chain(told).collect();
        assert_eq!(listed, known);
        assert_eq!(known.len(), OWN.len() + Refusal::CODES.len() - 2, "each is called by a name of its own");
    }

    #[test]
    fn what_is_not_theirs_is_called_as_what_does_not_exist() {
        assert_eq!((of(Refusal::NotYours), of(Refusal::Unknown)), (UNKNOWN, UNKNOWN));
    }
}
