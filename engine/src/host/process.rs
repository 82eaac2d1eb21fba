//! Who this process is among those that work on the same database.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::delivery::Holder;

/// A name that no other process has, and what tells whether a process of this machine has ended: after a crash nobody
/// then waits for the end of its leases.
///
/// # Errors
/// The system has no randomness to give.
pub(super) fn holder() -> anyhow::Result<Holder> {
    let mut random = [0; 12];
    getrandom::fill(&mut random).map_err(|error| anyhow::anyhow!("the system gives no random numbers: {error}"))?;
    let random = BASE64_URL_SAFE_NO_PAD.encode(random);
    let id = match place().zip(began("self")) {
        Some((place, began)) => format!("{place} {} {began} {random}", std::process::id()),
        None => random,
    };
    Ok(Holder { id, is_gone })
}

/// Whether the process with that id ran here, and runs no more. Numbers of processes are used again, but not with the
/// same beginning.
fn is_gone(id: &str) -> bool {
    let mut parts = id.split(' ');
    let (Some(theirs), Some(number), Some(since)) = (parts.next(), parts.next(), parts.next()) else { return false };
    place().is_some_and(|here| here == theirs) && began(number).as_deref() != Some(since)
}

/// This start of this machine, and which of its processes can be seen from here: containers have numbers of their own.
fn place() -> Option<String> {
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let numbers = std::fs::read_link("/proc/self/ns/pid").ok()?;
    Some(format!("{}/{}", boot.trim(), numbers.display()))
}

/// When the process with this number began, in ticks since the machine did; `None`: it runs no more. See proc(5).
fn began(number: &str) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
    // What follows the program's name, which may have spaces in it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    // Killed, and nobody has asked how it ended yet.
    if matches!(state, "Z" | "X") {
        return None;
    }
    fields.nth(18).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_process_has_a_name_of_its_own() {
        assert_ne!(holder().unwrap().id, holder().unwrap().id);
    }

    #[test]
    fn only_a_process_that_ran_here_and_has_ended_is_gone() {
        let me = holder().unwrap().id;
        let parts: Vec<&str> = me.split(' ').collect();
        let [place, number, since, random] = parts[..] else {
            // Not on Linux: then nobody is ever known to be gone.
            assert!(!is_gone(&me));
            return;
        };
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let of_child =
            format!("{place} {} {} {random}", child.id(), began(&child.id().to_string()).unwrap_or_default());
        child.wait().unwrap();
        for (id, gone) in [
            (me.clone(), false),
            (of_child, true),
            (format!("{place} {number} 1{since} {random}"), true),
            (format!("elsewhere {number} 1{since} {random}"), false),
            (random.to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(is_gone(&id), gone, "{id}");
        }
    }
}
