//! Draws a network that nobody lives in, and says how long that took: `cargo run --release -p exodus-picture --example drawn -- 60 x.png`
//!
//! The first argument is how many there are beside whom it is of. A file that ends in `.svg` gets SVG.

use std::error::Error;
use std::time::{Duration, Instant};

use exodus_picture::{Circle, Help, Member, Network, Status, Tie, Words, shares};

const NAMES: [&str; 14] = [
    "Anna",
    "Борис",
    "Clara",
    "Дима",
    "Ева",
    "Ёлка",
    "Giorgi",
    "Hélène",
    "Игорь",
    "José María",
    "Ксения",
    "Łukasz",
    "Мария",
    "安娜 🌸",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let count: usize = args.next().unwrap_or_else(|| "60".to_owned()).parse()?;
    let file = args.next();
    let network = invented(count);
    let timed = |what: &str, took: Duration| println!("{what}: {:.1} ms", took.as_secs_f64() * 1000.0);
    let started = now();
    let drawing = network.draw();
    timed("places for all", started.elapsed());
    let started = now();
    let svg = drawing.svg();
    timed(&format!("SVG of {} KiB", svg.len() / 1024), started.elapsed());
    let started = now();
    let png = drawing.png()?;
    timed(&format!("PNG of {} KiB, {:?}", png.len() / 1024, drawing.size()), started.elapsed());
    if let Some(file) = file {
        let content = if file.ends_with(".svg") { svg.into_bytes() } else { png };
        std::fs::write(file, content)?;
    }
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "this measures")]
fn now() -> Instant {
    Instant::now()
}

fn invented(count: usize) -> Network {
    let near = (count * 3 / 8).max(count.min(3));
    let (shown_near, shown_further) = shares(near, count - near);
    let key = |at: usize| i64::try_from(at).unwrap_or_default();
    let member = |at: usize| {
        let name = NAMES[at * 5 % NAMES.len()];
        let name = if at < NAMES.len() { name.to_owned() } else { format!("{name} {}", at / NAMES.len()) };
        let status = match at % 7 {
            2 => Status::Orange,
            5 if at % 2 == 1 => Status::Red,
            6 if at > 20 && at.is_multiple_of(3) => Status::Suspended,
            _ => Status::Green,
        };
        let lacks = matches!(status, Status::Orange | Status::Red).then(|| format!("недостаёт {} €", 50 + at * 10));
        Member { key: key(at), title: name.clone(), name, status, lacks }
    };
    let circle = |caption: &str, from: usize, shown: usize, all: usize| Circle {
        caption: caption.to_owned(),
        members: (from..from + shown).map(member).collect(),
        more: (all > shown).then(|| format!("и ещё {}", all - shown)),
    };
    let tie = |from: usize, to: usize, help: Help, sum: Option<String>| Tie {
        from: key(from),
        to: key(to),
        help,
        sum,
        title: format!("{from} → {to}"),
    };
    let mut ties = Vec::new();
    for at in 1..=shown_near {
        let sum = Some(format!("{} €", at * 10));
        match at % 5 {
            0 => ties.push(tie(0, at, Help::Promised, sum)),
            1 => ties.push(tie(at, 0, Help::Intended, sum)),
            2 => ties.push(tie(0, at, Help::Intended, sum)),
            3 => {
                ties.push(tie(at, 0, Help::Promised, sum.clone()));
                ties.push(tie(0, at, Help::Intended, sum));
                ties.push(tie(0, at, Help::Guarantee, None));
            }
            _ => ties.push(tie(0, at, Help::Guarantee, None)),
        }
    }
    let all_near = near;
    for at in 0..shown_further {
        let near = 1 + at * 7 % shown_near.max(1);
        let sum = (at.is_multiple_of(3)).then(|| format!("{} €", 5 + at));
        let help = if sum.is_some() { Help::Promised } else { Help::Some };
        ties.push(tie(1 + all_near + at, near, help, sum));
    }
    Network {
        title: "Моя сеть".to_owned(),
        subtitle: format!("{near} рядом со мной, {} дальше", count - near),
        about: "Моя сеть".to_owned(),
        me: Member { name: "Вы".to_owned(), ..member(0) },
        near: circle("Ближний круг", 1, shown_near, near),
        further: circle("Дальше", 1 + near, shown_further, count - near),
        ties,
        words: Words {
            green: "всё хорошо".to_owned(),
            orange: "нужна помощь каждый месяц".to_owned(),
            red: "нужна помощь срочно".to_owned(),
            suspended: "не участвует".to_owned(),
            promised: "обещано или исполнено".to_owned(),
            intended: "намерение".to_owned(),
            helps: "помогает".to_owned(),
            ended: "было недавно".to_owned(),
            guarantee: "взаимное поручительство".to_owned(),
        },
    }
}
