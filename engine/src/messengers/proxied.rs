//! What is said of a way that leads through a proxy: the proxy may be what refuses.

use std::fmt::Display;

use url::Url;

/// Where a proxy listens that says nothing of it: the one kind whose port its scheme does not tell.
const SOCKS: u16 = 1080;

/// Why something was not reached, and through which proxy; never with what its address holds beside host and port.
pub(super) fn through(proxy: Option<&Url>, why: impl Display) -> String {
    let Some(proxy) = proxy else { return why.to_string() };
    let (host, port) = (proxy.host_str().unwrap_or_default(), proxy.port_or_known_default().unwrap_or(SOCKS));
    format!("through the proxy {host}:{port}: {why}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_without_its_secrets() {
        for (address, named) in [
            ("http://me:hush@proxy.example:3128", "proxy.example:3128"),
            ("https://me:hush@proxy.example", "proxy.example:443"),
            ("socks5h://me:hush@[::1]", "[::1]:1080"),
        ] {
            let told = through(Url::parse(address).ok().as_ref(), "it refuses");
            assert_eq!(told, format!("through the proxy {named}: it refuses"));
        }
        assert_eq!(through(None, "it refuses"), "it refuses");
    }
}
