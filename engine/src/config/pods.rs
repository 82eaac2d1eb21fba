//! What Kubernetes puts into the environment of every pod, for each service beside it: a service that is called `bot`
//! gives BOT_SERVICE_HOST, BOT_SERVICE_PORT, BOT_SERVICE_PORT_HTTP, BOT_PORT, BOT_PORT_8080_TCP,
//! BOT_PORT_8080_TCP_ADDR and the like; one that is called `bot-db` BOT_DB_SERVICE_HOST and so on.

use std::net::IpAddr;

/// Whether a variable with this name, without our prefix, comes from there.
pub(super) fn puts(name: &str, text: &str) -> bool {
    of_service(name, text, true) || after_each_word(name).any(|rest| of_service(rest, text, false))
}

/// What is left of a name after its first word, its first two, ...
fn after_each_word(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('_').filter_map(|(at, _)| name.get(at + 1..))
}

/// `ours`: the service is called as we are, and no key of ours could be meant. Otherwise the text has to be of the kind that
/// Kubernetes writes there: BOT_HTTP_PORT is somebody's mistake.
fn of_service(name: &str, text: &str, ours: bool) -> bool {
    match name {
        "SERVICE_HOST" => ours || text.parse::<IpAddr>().is_ok(),
        "SERVICE_PORT" => ours || is_number(text),
        "PORT" => ours || is_address(text),
        _ => match (name.strip_prefix("SERVICE_PORT_"), name.strip_prefix("PORT_")) {
            (Some(port), _) => !port.is_empty() && is_number(text),
            (_, Some(port)) => is_of_port(port),
            _ => false,
        },
    }
}

/// `8080_TCP`, `8080_TCP_ADDR`, `8080_TCP_PORT`, `8080_TCP_PROTO`.
fn is_of_port(port: &str) -> bool {
    let mut parts = port.split('_');
    parts.next().is_some_and(is_number)
        && matches!(parts.next(), Some("TCP" | "UDP" | "SCTP"))
        && matches!(parts.next(), None | Some("ADDR" | "PORT" | "PROTO"))
        && parts.next().is_none()
}

fn is_number(text: &str) -> bool {
    text.parse::<u16>().is_ok()
}

/// `tcp://10.96.0.7:8080`.
fn is_address(text: &str) -> bool {
    ["tcp://", "udp://", "sctp://"].iter().any(|scheme| text.starts_with(scheme))
}
