//! Long lists, a page at a time: each page names the next one.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::Asked;
use super::body::unreadable;
use super::call::Api;
use super::problem::Problem;
use crate::store::Slice;

/// So many are on a page, if not said otherwise; and at most.
const USUAL: u64 = 20;
const MOST: u64 = 100;

/// The part of a list that is asked for: one more than is shown, so that it is known whether there is another page.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    skip: u64,
    shown: u64,
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// The cursor of the next page; none on the last.
    pub next: Option<String>,
}

impl Part {
    /// What `cursor` and `limit` in the query say.
    ///
    /// # Errors
    /// They say nothing that can be read.
    pub fn of(api: &Api, asked: &Asked) -> Result<Part, Problem> {
        let shown = match asked.query("limit") {
            None => USUAL,
            Some(limit) => limit
                .parse()
                .ok()
                .filter(|limit| (1..=MOST).contains(limit))
                .ok_or_else(|| unreadable(api, asked, "limit"))?,
        };
        let skip = match asked.query("cursor") {
            None => 0,
            Some(cursor) => behind(cursor).ok_or_else(|| unreadable(api, asked, "cursor"))?,
        };
        Ok(Part { skip, shown })
    }

    /// What is asked of the database.
    pub fn slice(self) -> Slice {
        Slice { skip: self.skip, take: self.shown + 1 }
    }

    /// The page of what was found.
    pub fn page<F, T>(self, found: Vec<F>, shown: impl Fn(F) -> T) -> Page<T> {
        let most = usize::try_from(self.shown).unwrap_or(usize::MAX);
        let next = (found.len() > most).then(|| cursor(self.skip + self.shown));
        Page { items: found.into_iter().take(most).map(shown).collect(), next }
    }
}

fn cursor(skip: u64) -> String {
    URL_SAFE_NO_PAD.encode(format!("behind {skip}"))
}

fn behind(cursor: &str) -> Option<u64> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    std::str::from_utf8(&bytes).ok()?.strip_prefix("behind ")?.parse().ok().filter(|skip| *skip < u64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_the_next_one_and_the_last_one_none() {
        let part = Part { skip: 20, shown: 2 };
        assert_eq!(part.slice(), Slice { skip: 20, take: 3 });
        let page = part.page(vec![1, 2, 3], |one| one);
        assert_eq!((page.items, page.next.as_deref().and_then(behind)), (vec![1, 2], Some(22)));
        assert_eq!(part.page(vec![1, 2], |one| one).next, None);
        for nonsense in ["", "x", "YmVoaW5kIHg", "YmVoaW5kIC0x"] {
            assert_eq!(behind(nonsense), None, "{nonsense}");
        }
    }
}
