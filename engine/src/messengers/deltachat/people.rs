//! Who somebody is: a person is their key, and a group what it calls itself. Both stay when the account folder is lost, and
//! neither is anybody else's then.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::asking::Core;
use super::rpc::RpcError;

/// How many people are kept in mind at most.
const MOST: usize = 10_000;

/// Who the contacts of a folder are.
#[derive(Debug, Default)]
pub(super) struct People {
    /// The fingerprint of our own key.
    own: String,
    by_contact: Mutex<HashMap<i64, String>>,
}

impl People {
    /// Those of a folder by whose link people come.
    pub fn of(link: &str) -> People {
        let own = link.split('#').nth(1).and_then(|rest| rest.split('&').next()).unwrap_or_default();
        People { own: own.to_ascii_lowercase(), by_contact: Mutex::default() }
    }

    /// The fingerprint of a contact's key. None: they have none, so nothing can be said in private.
    pub async fn address(&self, core: &Core, contact: i64) -> Result<Option<String>, RpcError> {
        let known = self.by_contact.lock().unwrap_or_else(PoisonError::into_inner).get(&contact).cloned();
        if known.is_some() {
            return Ok(known);
        }
        let keys = core.keys_of(contact).await?;
        let mut theirs = fingerprints(&keys).into_iter().filter(|key| *key != self.own);
        let (Some(address), None) = (theirs.next(), theirs.next()) else { return Ok(None) };
        let mut by_contact = self.by_contact.lock().unwrap_or_else(PoisonError::into_inner);
        if by_contact.len() >= MOST {
            by_contact.clear();
        }
        by_contact.insert(contact, address.clone());
        Ok(Some(address))
    }
}

/// Whether this is somebody's address, and no group's.
pub(super) fn is_persons(address: &str) -> bool {
    matches!(address.len(), 40 | 64) && address.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What a group calls itself, as a link into it says.
pub(super) fn group_in(link: &str) -> Option<String> {
    let parameters = link.split('#').nth(1)?.split('&');
    parameters.filter_map(|it| it.strip_prefix("x=")).find(|it| !it.is_empty()).map(str::to_owned)
}

/// The fingerprints in a text for people: lines of nothing but digits, each below the name of whose it is.
fn fingerprints(keys: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in keys.lines() {
        let is_key = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b' ');
        match found.last_mut().filter(|_| is_key) {
            Some(key) => key.extend(line.chars().filter(|digit| *digit != ' ').map(|digit| digit.to_ascii_lowercase())),
            None => found.push(String::new()),
        }
    }
    found.retain(|key| is_persons(key));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &str = "Messages are end-to-end encrypted.\nFingerprints:\n\nalice (alice@dc.test):\n5405 68A6 2913 E657 E505\n\
                        BC87 8C4A 303D 6780 1591\n\nMe (bot@dc.test):\n7877 DF33 9545 E1C5 D9B8\n604B FB2F 0513 2FB8 84FA\n\n\
                        Relays:\nalice@dc.test";

    #[test]
    fn keys_are_found_below_whosever_they_are() {
        let found = fingerprints(KEYS);
        assert_eq!(found, ["540568a62913e657e505bc878c4a303d67801591", "7877df339545e1c5d9b8604bfb2f05132fb884fa"]);
        assert!(found.iter().all(|key| is_persons(key)));
        let forged = KEYS.replace("alice (", "0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 (");
        assert_eq!(fingerprints(&forged), found, "a name is no key");
    }

    #[test]
    fn a_group_is_told_by_its_link_and_is_no_person() {
        let link = "https://i.delta.chat/#0E7C&v=3&x=3crtPq98nFqPcDr12s7wA-Qc&i=a&s=b&a=bot%40dc.test&n=bot&g=circle";
        let group = group_in(link).expect("a group");
        assert_eq!(group, "3crtPq98nFqPcDr12s7wA-Qc");
        assert!(!is_persons(&group));
        assert_eq!(group_in("https://i.delta.chat/#0E7C&v=3&i=a&s=b&a=bot%40dc.test&n=x%3D1"), None);
        assert_eq!(People::of(link).own, "0e7c");
    }
}
