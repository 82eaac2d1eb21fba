use std::io::{IsTerminal, Write};

use tokio::io::{AsyncBufReadExt, BufReader};

use super::Voice;
use crate::screens::Exodus;
use exodus_engine::locale::{Arg, Msg, Style, Text};
use exodus_engine::msg;
use exodus_engine::testing::{Play, Played, Stopped};

/// Talks with whoever sits at the keyboard, until they leave.
pub(super) async fn run<W: Write>(mut play: Play<Exodus, W>, seeded: bool, voice: &Voice) -> anyhow::Result<()> {
    let first = voice.plain(&msg!("demo-first"));
    if play.who().is_none() {
        play.choose(&first);
    }
    let seeded = seeded.then(|| seeded_line(&play));
    play.out().answer(&greeting(seeded, &first, voice))?;

    // A pipe does not.
    let shows_what_is_typed = std::io::stdin().is_terminal();
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    loop {
        let who = play.who().unwrap_or(&first).to_owned();
        play.out().prompt(&who)?;
        let Some(line) = lines.next_line().await? else {
            play.out().end()?;
            break;
        };
        if !shows_what_is_typed {
            play.out().typed(&line)?;
        }
        match play.typed(&line).await {
            Ok(Played::On) => {}
            Ok(Played::End) => break,
            Err(Stopped::Puzzled(puzzled)) => play.out().answer(&voice.say(&puzzled.msg()))?,
            Err(stopped) => return Err(stopped.into_error()),
        }
    }
    play.out().answer(&voice.say(&msg!("demo-bye")))?;
    Ok(())
}

/// What can be typed, and what it does.
fn greeting(seeded: Option<Msg>, first: &str, voice: &Voice) -> Text {
    let hello = format!("@{first} > /start");
    let how_to = [
        (hello.as_str(), msg!("demo-how-to-talk")),
        ("1", msg!("demo-how-to-choose")),
        ("clock +3d", msg!("demo-how-to-move-the-clock")),
        ("{invite}", msg!("demo-how-to-invite")),
        ("who", msg!("demo-how-to-see-who")),
        ("quit", msg!("demo-how-to-leave")),
    ];
    let how_to = how_to.iter().map(|(typed, does)| {
        let mut line = Text::styled(format!("{typed:<16}"), Style::Bold);
        line.append(voice.say(does));
        line
    });
    let seeded = seeded.map(|seeded| voice.say(&seeded)).unwrap_or_default();
    Text::join_paragraphs([voice.say(&msg!("demo-hello")), Text::join_lines(how_to), seeded])
}

fn seeded_line<W: Write>(play: &Play<Exodus, W>) -> Msg {
    let names = Arg::Verbatim(play.names());
    msg!("demo-seeded", names = names, who = Arg::Verbatim(format!("@{}", play.who().unwrap_or_default())))
}
