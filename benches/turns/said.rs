use exodus_engine::conversation::{Heard, Incoming};

/// What somebody at this address did, as the update of this number.
pub fn incoming(who: &str, seq: i64, heard: Heard) -> Incoming {
    Incoming {
        address: who.to_owned(),
        update: seq.to_string(),
        seq,
        name: "Somebody".to_owned(),
        lang: None,
        heard,
        reply_to: None,
        thread: None,
        album: None,
        tab: String::new(),
        early: false,
    }
}
