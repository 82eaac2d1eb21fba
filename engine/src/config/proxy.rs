use std::fmt;

use url::Url;

use super::value::Value;

/// A proxy between us and a messenger; its address may hold a user's name and password.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyUrl(Url);

impl ProxyUrl {
    /// The address as it has to be used, password and all.
    pub fn reveal(&self) -> &Url {
        &self.0
    }
}

/// Without the user's name and password, as logs and errors may show it.
impl fmt::Debug for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.0.scheme(), self.0.host_str().unwrap_or_default())?;
        self.0.port().map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl Value for ProxyUrl {
    const EXPECTED: &'static str = "an address such as socks5h://127.0.0.1:9050 or http://user:password@host:3128, which begins \
         with http, https, socks5 or socks5h";
    const SECRET: bool = true;

    fn read(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let known = matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h");
        // A password with a letter that ends it would leave the rest behind the host.
        let whole = text.matches('@').count() <= 1
            && matches!(url.path(), "" | "/")
            && url.query().is_none()
            && url.fragment().is_none()
            && url.host_str().is_some_and(|host| !host.is_empty());
        (known && whole).then_some(ProxyUrl(url))
    }

    fn because(text: &str) -> Option<String> {
        text.contains('@').then(|| {
            "in a user's name or a password, write %40 for @, %2F for /, %23 for #, %3F for ?, %3A for : and %25 for %".to_owned()
        })
    }
}
