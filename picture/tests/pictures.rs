//! What every picture keeps to, whatever is on it.

#![allow(clippy::expect_used, reason = "a test that breaks off has said what it had to say")]

use std::io::Cursor;

use exodus_picture::{Circle, Drawing, Help, Member, NAMED, Network, Status, Tie, WIDTH, Words, shares};
use proptest::prelude::*;
use roxmltree::{Document, Node};

const STATUSES: [Status; 4] = [Status::Green, Status::Orange, Status::Red, Status::Suspended];
const HELP: [Help; 5] = [Help::Promised, Help::Intended, Help::Some, Help::Ended, Help::Guarantee];

fn member(key: usize, name: &str) -> Member {
    let status = STATUSES[key % STATUSES.len()];
    let lacks = (status == Status::Orange).then(|| format!("lacks €{key}"));
    Member {
        key: key.try_into().expect("a few"),
        name: name.to_owned(),
        status,
        lacks,
        title: format!("{name}, {key}"),
    }
}

fn circle(caption: &str, keys: std::ops::Range<usize>, more: usize, name: &str) -> Circle {
    Circle {
        caption: caption.to_owned(),
        members: keys.map(|key| member(key, &format!("{name} {key}"))).collect(),
        more: (more > 0).then(|| format!("and {more} more")),
    }
}

/// So many near and further on, all of them with ties.
fn network(near: usize, further: usize, name: &str) -> Network {
    let (shown_near, shown_further) = shares(near, further);
    let last = shown_near + shown_further;
    let key = |key: usize| i64::try_from(key).expect("a few");
    let tie = |from: usize, to: usize, at: usize| Tie {
        from: key(from),
        to: key(to),
        help: HELP[at % HELP.len()],
        sum: (at.is_multiple_of(3)).then(|| format!("€{at}")),
        title: format!("{from} → {to}"),
    };
    let mine = (1..=shown_near).map(|near| tie(near, 0, near));
    let theirs = (shown_near + 1..=last).map(|at| tie(at, 1 + at % shown_near.max(1), at));
    Network {
        title: "My network".to_owned(),
        subtitle: format!("{near} near, {further} further on"),
        about: "A picture of my network".to_owned(),
        me: member(0, "You"),
        near: circle("Near circle", 1..shown_near + 1, near - shown_near, name),
        further: circle("Further on", shown_near + 1..last + 1, further - shown_further, name),
        ties: mine.chain(theirs).collect(),
        words: Words {
            green: "Green".to_owned(),
            orange: "Orange".to_owned(),
            red: "Red".to_owned(),
            ..Words::default()
        },
    }
}

fn number(node: Node<'_, '_>, name: &str) -> f32 {
    node.attribute(name).unwrap_or_default().parse().expect("a number")
}

/// A text on a picture, and what it takes up: left, top, right, bottom.
fn texts(svg: &str) -> Vec<(String, [f32; 4])> {
    let document = Document::parse(svg).expect("XML");
    let is_text = |node: &Node<'_, '_>| node.has_tag_name("text");
    let of = |node: Node<'_, '_>| {
        let (x, y, size, width) =
            (number(node, "x"), number(node, "y"), number(node, "font-size"), number(node, "textLength"));
        let left = if node.attribute("text-anchor") == Some("middle") { x - width / 2.0 } else { x };
        let words = node.text().unwrap_or_default().to_owned();
        (words, [left, y - 0.72 * size, left + width, y + 0.1 * size])
    };
    // What stands in a sign is a part of it.
    document.descendants().filter(is_text).map(of).filter(|(words, _)| words != "SOS").collect()
}

fn titles(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).expect("XML");
    let titles = document.descendants().filter(|node| node.has_tag_name("title"));
    titles.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

/// What lies on something else, or beyond the frame.
fn faults(drawing: &Drawing) -> Vec<String> {
    let svg = drawing.svg();
    let document = Document::parse(&svg).expect("XML");
    let frame = document.root_element().attribute("viewBox").expect("a frame");
    let frame: Vec<f32> = frame.split(' ').map(|it| it.parse().expect("a number")).collect();
    let texts = texts(&svg);
    let mut faults = Vec::new();
    for (at, (words, [left, top, right, bottom])) in texts.iter().enumerate() {
        if *left < 0.0 || *top < 0.0 || *right > frame[2] || *bottom > frame[3] {
            faults.push(format!("{words:?} is beyond the frame"));
        }
        for (other, [its_left, its_top, its_right, its_bottom]) in &texts[..at] {
            if left < its_right && its_left < right && top < its_bottom && its_top < bottom {
                faults.push(format!("{words:?} lies on {other:?}"));
            }
        }
    }
    faults
}

#[test]
fn no_words_lie_on_others_or_beyond_the_frame_however_many_there_are() {
    for name in ["Anna", "Константин Константинопольский", "M", "安 🌸 WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"]
    {
        for (near, further) in
            [(0, 0), (1, 0), (2, 1), (3, 5), (8, 0), (0, 8), (5, 20), (20, 40), (60, 0), (1, 59), (300, 200), (3, 497)]
        {
            let drawing = network(near, further, name).draw();
            assert_eq!(faults(&drawing), Vec::<String>::new(), "{near} near, {further} further on: {name}");
        }
    }
}

#[test]
fn everybody_up_to_sixty_has_a_name_and_how_many_more_there_are_is_said() {
    let named = |drawing: &Drawing| {
        let svg = drawing.svg();
        let named = texts(&svg).iter().filter(|(words, _)| words.starts_with("Anna ")).count();
        (named, texts(&svg).into_iter().map(|(words, _)| words).filter(|words| words.starts_with("and ")).collect())
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(named(&network(20, 40, "Anna").draw()), (60, none));
    assert_eq!(named(&network(97, 0, "Anna").draw()), (NAMED, vec!["and 37 more".to_owned()]));
    let both = vec!["and 264 more".to_owned(), "and 176 more".to_owned()];
    assert_eq!(named(&network(300, 200, "Anna").draw()), (NAMED, both));
}

#[test]
fn the_same_network_is_always_drawn_the_same() {
    let network = network(20, 30, "Anna");
    assert_eq!(network.draw(), network.clone().draw());
    assert_eq!(network.draw().svg(), network.draw().svg());
    assert_eq!(network.draw().png(), network.draw().png());
}

#[test]
fn each_dot_and_each_arrow_has_its_title_and_what_is_not_there_has_no_arrow() {
    let mut network = network(3, 2, "Anna");
    let beyond = Tie { from: 1, to: 99, help: Help::Promised, sum: Some("€777".into()), title: "1 → 99".into() };
    network.ties.push(beyond);
    let svg = network.draw().svg();
    let titles = titles(&svg);
    assert_eq!(titles[0], "A picture of my network");
    for title in ["You, 0", "Anna 1, 1", "Anna 5, 5", "1 → 0", "3 → 0", "4 → 2", "5 → 3"] {
        assert!(titles.iter().any(|it| it == title), "{title}: {titles:?}");
    }
    assert_eq!(titles.len(), 1 + 6 + 5);
    assert!(!titles.iter().any(|it| it.contains("99")) && !texts(&svg).iter().any(|(words, _)| words == "€777"));
}

#[test]
fn sums_stand_on_their_arrows() {
    let words: Vec<String> = texts(&network(6, 0, "Anna").draw().svg()).into_iter().map(|(words, _)| words).collect();
    assert!(words.contains(&"€3".to_owned()) && words.contains(&"€6".to_owned()), "{words:?}");
}

#[test]
fn only_what_is_on_the_picture_is_explained() {
    let words =
        |network: &Network| texts(&network.draw().svg()).into_iter().map(|(words, _)| words).collect::<Vec<_>>();
    assert!(!words(&network(0, 0, "Anna")).contains(&"Red".to_owned()));
    assert!(words(&network(2, 0, "Anna")).contains(&"Red".to_owned()));
}

struct Pixels {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl Pixels {
    fn of(drawing: &Drawing) -> Pixels {
        let png = drawing.png().expect("a picture");
        let mut reader = png::Decoder::new(Cursor::new(png)).read_info().expect("PNG");
        let mut rgb = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut rgb).expect("PNG");
        Pixels { width: info.width, height: info.height, rgb }
    }

    fn has(&self, colour: [u8; 3]) -> bool {
        self.rgb.chunks(3).any(|pixel| pixel == colour)
    }
}

#[test]
fn it_is_painted_as_large_as_it_says_and_in_all_colours() {
    for (near, further) in [(0, 0), (3, 5), (60, 0), (300, 200)] {
        let drawing = network(near, further, "Анна").draw();
        let pixels = Pixels::of(&drawing);
        assert_eq!((pixels.width, pixels.height), drawing.size());
        assert_eq!(pixels.width, WIDTH);
        assert!(pixels.height < 3 * WIDTH && pixels.has([0x2a, 0x8a, 0x4a]), "Green");
        if near > 2 {
            assert!(pixels.has([0xd9, 0x77, 0x06]) && pixels.has([0xc6, 0x28, 0x28]), "Orange and Red");
        }
    }
}

#[test]
fn names_are_painted_with_their_own_letters() {
    let painted = |name: &str| {
        let mut network = network(1, 0, "Anna");
        network.near.members[0].name = name.to_owned();
        Pixels::of(&network.draw()).rgb
    };
    let boxes = painted("安安安安");
    assert_eq!(boxes, painted("字字字字"), "letters that the font lacks are boxes");
    for name in ["Анна", "Ивва", "Anna", "Ёжик"] {
        assert_ne!(painted(name), boxes, "{name}");
    }
    assert_ne!(painted("Анна"), painted("Ивва"));
}

/// Whatever people may be called, also what nobody could type.
fn name() -> impl Strategy<Value = String> {
    let bad = prop::sample::select(vec![
        "</text><script>alert(1)</script>",
        "&amp;",
        "]]>",
        "<!--",
        "\"'onload=x",
        "\u{202E}txt",
        "\u{2066}\u{2067}",
        "\u{200B}",
        "\u{0}",
        "\u{FFFF}",
        "\u{FFFE}",
        "שלום",
        "مرحبا",
        "👨‍👩‍👧",
        "e\u{301}\u{301}\u{301}",
        "\u{FEFF}",
        "\r\n",
        "<svg/onload=1>",
    ]);
    prop::collection::vec(prop_oneof![any::<String>(), bad.prop_map(str::to_owned)], 0..4)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_somebody_is_called_is_text(names in prop::collection::vec(name(), 3)) {
        let mut network = network(2, 1, "Anna");
        for (member, name) in network.near.members.iter_mut().zip(&names) {
            member.name.clone_from(name);
            member.title.clone_from(name);
        }
        network.me.title.clone_from(&names[2]);
        network.ties[0].title.clone_from(&names[2]);
        network.ties[0].sum = Some(names[0].clone());
        network.title.clone_from(&names[1]);
        let drawing = network.draw();
        let svg = drawing.svg();
        let document = Document::parse(&svg).expect("XML");
        let ours = ["svg", "title", "rect", "g", "circle", "path", "text"];
        for node in document.descendants().filter(Node::is_element) {
            prop_assert!(ours.contains(&node.tag_name().name()), "{:?}", node.tag_name());
            prop_assert!(node.attributes().all(|it| !it.name().starts_with("on") && it.name() != "style"));
            let turns = |c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}' | '\u{200E}' | '\u{200F}');
            prop_assert!(!node.text().unwrap_or_default().contains(turns));
        }
        prop_assert_eq!(faults(&drawing), Vec::<String>::new());
        prop_assert!(drawing.png().is_ok());
    }
}
