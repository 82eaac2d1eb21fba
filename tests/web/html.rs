//! A page as a browser reads it: its text, and the forms on it.

use std::collections::BTreeMap;

/// A form: where it is sent, what it carries unseen, and its buttons by their labels.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub action: Option<String>,
    pub hidden: BTreeMap<String, String>,
    /// The name of the field that is written into.
    pub field: Option<String>,
    pub buttons: Vec<Button>,
}

#[derive(Clone, Debug)]
pub struct Button {
    pub label: String,
    pub press: Option<String>,
}

/// All forms of a page.
pub fn forms(page: &str) -> Vec<Form> {
    page.split("<form").skip(1).map(|rest| form(rest.split("</form>").next().unwrap())).collect()
}

fn form(text: &str) -> Form {
    let (head, inside) = text.split_once('>').unwrap();
    let mut form = Form { action: attribute(head, "action"), ..Form::default() };
    for input in inside.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let name = attribute(input, "name").unwrap();
        match attribute(input, "type").as_deref() {
            Some("hidden") => drop(form.hidden.insert(name, attribute(input, "value").unwrap())),
            _ => form.field = Some(name),
        }
    }
    for button in inside.split("<button").skip(1) {
        let (head, rest) = button.split_once('>').unwrap();
        let label = plain(rest.split("</button>").next().unwrap());
        form.buttons.push(Button { label, press: attribute(head, "value") });
    }
    form
}

/// Where the links of a page lead, by their words.
pub fn links(page: &str) -> Vec<(String, String)> {
    let links = page.split("<a ").skip(1).map(|rest| {
        let (head, rest) = rest.split_once('>').unwrap();
        (plain(rest.split("</a>").next().unwrap()), attribute(head, "href").unwrap())
    });
    links.collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once(&format!("{name}=\""))?.1;
    Some(unescaped(rest.split('"').next()?))
}

/// What is read, without the marks.
pub fn plain(page: &str) -> String {
    let mut text = String::new();
    let page = page.split_once("<main>").map_or(page, |(_, main)| main);
    // Nobody sees it until a script says so.
    let page = match page.split_once("<p id=\"changed\"") {
        Some((before, rest)) => format!("{before}{}", rest.split_once("</p>").unwrap().1),
        None => page.to_owned(),
    };
    for (place, part) in page.split('<').enumerate() {
        let (tag, words) = if place == 0 { ("", part) } else { part.split_once('>').unwrap_or((part, "")) };
        if ["p", "/p", "br", "h1", "h2", "/h1", "/h2", "article", "/button", "/li"]
            .contains(&tag.split(' ').next().unwrap())
        {
            text.push('\n');
        }
        text.push_str(words);
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    unescaped(&lines.join("\n"))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
