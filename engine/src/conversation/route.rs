use std::fmt;

use crate::id::Id;

/// The longest route, in bytes: what a Telegram button can carry, less our own marks.
pub const LONGEST: usize = 48;

/// Where a person is: a screen's name and its arguments, such as `wishes` or `wish/412`.
///
/// Routes are short, so that they fit a column, a link and a button. They are what people send us,
/// so a screen checks every argument as it would any other input.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Route(String);

impl Route {
    /// The route of the screen with this name, without arguments.
    pub fn new(screen: &str) -> Route {
        Route(screen.to_owned())
    }

    /// The same route with one more argument.
    #[must_use]
    pub fn with(mut self, argument: impl fmt::Display) -> Route {
        self.0.push('/');
        self.0.push_str(&argument.to_string());
        self
    }

    /// Reads a route as it stands in a button or a column; `None` if it can't be one.
    pub fn parse(text: &str) -> Option<Route> {
        let fits = !text.is_empty() && text.len() <= LONGEST;
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.".contains(&b));
        (fits && plain && !text.starts_with('/')).then(|| Route(text.to_owned()))
    }

    /// The screen's name.
    pub fn screen(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// Whether it is this place, or a question that is asked about what stands there: `wish/412/drop` of `wish/412`.
    pub(super) fn is_within(&self, place: &Route) -> bool {
        self.0.strip_prefix(place.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The argument at this place, counted from 0.
    pub fn arg(&self, place: usize) -> Option<&str> {
        self.0.split('/').nth(place + 1)
    }

    /// The argument at this place as the id of something.
    pub fn id<Of>(&self, place: usize) -> Option<Id<Of>> {
        self.number(place).map(Id::new)
    }

    /// The argument at this place as a number, such as that of a page.
    pub fn number(&self, place: usize) -> Option<i64> {
        self.arg(place)?.parse().ok()
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_about_a_thing_is_within_its_place() {
        let place = Route::new("wish").with(41);
        for (route, is_within) in [("wish/41", true), ("wish/41/drop", true), ("wish/412", false), ("wish", false)] {
            assert_eq!(Route::parse(route).map(|route| route.is_within(&place)), Some(is_within), "{route}");
        }
    }

    #[test]
    fn a_route_is_a_name_and_its_arguments() {
        let route = Route::new("help").with(412).with("sum");
        assert_eq!(route.as_str(), "help/412/sum");
        assert_eq!((route.screen(), route.number(0), route.arg(1)), ("help", Some(412), Some("sum")));
        assert_eq!((route.number(1), route.arg(2)), (None, None));
    }

    #[test]
    fn what_can_not_be_a_route_is_refused() {
        for bad in ["", "/x", "a b", "a\nb", "привет", &"x".repeat(LONGEST + 1)] {
            assert_eq!(Route::parse(bad), None, "{bad:?}");
        }
    }
}
