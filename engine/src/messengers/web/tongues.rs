//! In which language somebody is spoken to who is not known: as their browser asks, or as they have chosen on the page.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use url::form_urlencoded;

use crate::locale::Locales;

/// So many languages of a browser are looked at.
const MOST: usize = 10;

/// The code of the language.
pub(super) fn of(locales: &Locales, headers: &HeaderMap, query: Option<&str>) -> String {
    let fields = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let chosen = fields.filter(|(name, _)| name == "lang").map(|(_, lang)| lang.into_owned()).next();
    let is_known = |lang: &String| locales.languages().iter().any(|language| language.code == *lang);
    if let Some(chosen) = chosen.filter(is_known) {
        return chosen;
    }
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|asked| asked.to_str().ok()).unwrap_or_default();
    let found = in_order(asked).into_iter().find_map(|tag| locales.negotiate(Some(tag)));
    found.unwrap_or(locales.default_language()).to_owned()
}

/// What a browser asks for, that which it likes best first.
fn in_order(asked: &str) -> Vec<&str> {
    let weighed = asked.split(',').take(MOST).filter_map(|one| {
        let mut parts = one.split(';').map(str::trim);
        let tag = parts.next().filter(|tag| !tag.is_empty() && *tag != "*")?;
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse().ok());
        Some((tag, weight.filter(|weight: &f32| weight.is_finite() && *weight > 0.0)?))
    });
    let mut weighed: Vec<(&str, f32)> = weighed.collect();
    weighed.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    weighed.into_iter().map(|(tag, _)| tag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_likes_best_comes_first() {
        assert_eq!(in_order("de;q=0.5, ru-RU, en;q=0.8, *;q=0.1, fr;q=0"), ["ru-RU", "en", "de"]);
        assert_eq!(in_order(""), Vec::<&str>::new());
        assert_eq!(in_order("x;q=nonsense,ru"), ["ru"]);
    }
}
