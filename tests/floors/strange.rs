//! Words that a floor may not say, in its code and in its comments: whoever writes another bot would stumble over them.

use super::sources::{ENGINE, Source, hold, sources};

/// What one bot is about.
const OF_MUTUAL_AID: [&str; 14] = [
    "aid",
    "collection",
    "commitment",
    "commitments",
    "communities",
    "community",
    "intention",
    "intentions",
    "member",
    "members",
    "obligation",
    "obligations",
    "organizer",
    "supporter",
];

/// Those of them that a wire says itself, of a chat or a room.
const OF_A_WIRE: [&str; 2] = ["member", "members"];

/// The engine bears the name of the bot that it was made for; what else is called so, in databases, logs and rooms.
const NAMED_SO: [&str; 10] = [
    "`exodus`",
    "\"exodus\"",
    "exodus_engine",
    "exodus-engine",
    "EXODUS_LOG_FORMAT",
    "exodus=",
    "exodus.choices",
    "exodus.session",
    "\"EXODUS\"",
    "\"Exodus\"",
];

/// The lines of a file in which one of these words stands, with the word.
fn said(source: &Source, text: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for said in line.split(|letter: char| !letter.is_alphanumeric()) {
            if words.contains(&said.to_lowercase().as_str()) {
                found.push(format!("{}:{}: `{said}`", source.place(), number + 1));
            }
        }
    }
    found
}

#[test]
fn the_engine_says_no_word_of_mutual_aid() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.house == &ENGINE) {
        let text = NAMED_SO.into_iter().fold(source.text.clone(), |text, name| text.replace(name, "-"));
        let in_a_wire = ["messengers/telegram/", "messengers/matrix/"].iter().any(|wire| source.path.starts_with(wire));
        let strange = OF_MUTUAL_AID.into_iter().chain(["exodus"]);
        let strange: Vec<&str> = strange.filter(|word| !(in_a_wire && OF_A_WIRE.contains(word))).collect();
        faults.extend(said(source, &text, &strange));
    }
    assert!(
        faults.is_empty(),
        "other bots are written on this, which have nothing to do with it:\n{}",
        faults.join("\n")
    );
}

#[test]
fn below_the_messengers_none_of_them_is_known() {
    const FLOORS: [&str; 6] = ["delivery", "conversation", "config", "hours", "locale", "id"];
    let below = sources();
    let below = below.iter().filter(|source| source.house == &ENGINE && FLOORS.contains(&source.floor()));
    hold(below.flat_map(|source| said(source, &source.code(), &["telegram", "matrix", "teloxide"])).collect());
}
