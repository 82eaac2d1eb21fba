//! A browser without scripts: it keeps cookies, follows redirections, and sends forms.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::form_urlencoded::Serializer;

use crate::html::{self, Form};

const PATIENCE: Duration = Duration::from_secs(90);

/// What was answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What is read on it.
    pub fn text(&self) -> String {
        html::plain(&self.body)
    }

    pub fn forms(&self) -> Vec<Form> {
        html::forms(&self.body)
    }

    /// The labels of all that can be pressed.
    pub fn labels(&self) -> Vec<String> {
        self.forms().iter().flat_map(|form| &form.buttons).map(|button| button.label.clone()).collect()
    }

    #[track_caller]
    pub fn says(&self, words: &str) -> &Answer {
        assert!(self.text().contains(words), "no {words:?} ({}):\n{}\n{:?}", self.status, self.text(), self.labels());
        self
    }

    #[track_caller]
    pub fn says_nothing_of(&self, words: &str) -> &Answer {
        assert!(!self.text().contains(words), "{words:?}:\n{}", self.text());
        self
    }

    /// The first form with a button that has these words, and what the button sends.
    #[track_caller]
    pub fn button(&self, label: &str) -> (Form, Option<String>) {
        for form in self.forms() {
            if let Some(button) = form.buttons.iter().find(|button| button.label.contains(label)) {
                return (form.clone(), button.press.clone());
            }
        }
        panic!("no {label:?} ({}):\n{}\n{:?}", self.status, self.text(), self.labels());
    }
}

/// One browser.
#[derive(Clone, Debug)]
pub struct Browser {
    pub at: SocketAddr,
    pub lang: &'static str,
    pub cookies: BTreeMap<String, String>,
    /// The page in its one tab.
    pub page: Answer,
    /// Where that is.
    pub path: String,
}

impl Browser {
    pub fn new(at: SocketAddr, lang: &'static str) -> Browser {
        let page = Answer { status: 0, headers: Vec::new(), body: String::new() };
        Browser { at, lang, cookies: BTreeMap::new(), page, path: "/".to_owned() }
    }

    /// Goes to an address.
    pub async fn goes(&mut self, path: &str) -> &Answer {
        self.path = path.to_owned();
        self.page = self.asks("GET", path, &[], "").await;
        self.follows().await
    }

    /// The tab, wherever in it they are.
    pub fn tab(&self) -> String {
        self.path.split('/').take(3).collect::<Vec<_>>().join("/")
    }

    /// Looks at the open page of the tab once more.
    pub async fn looks_again(&mut self) -> &Answer {
        let tab = self.tab();
        self.goes(&tab).await
    }

    /// Goes to the page of notices.
    pub async fn reads_notices(&mut self) -> &Answer {
        let notices = format!("{}/notices", self.tab());
        self.goes(&notices).await
    }

    /// Presses a button of the page that is open, as soon as a finger can.
    #[track_caller]
    pub fn presses(&mut self, label: &str) -> impl Future<Output = &Answer> {
        let (form, press) = self.page.button(label);
        async move {
            // What can't be undone is not taken from whoever can't have read it yet.
            tokio::time::sleep(Duration::from_millis(600)).await;
            self.sends(&form, press.as_deref().map(|press| ("press", press))).await
        }
    }

    /// Writes an answer into the field of the page that is open.
    #[track_caller]
    pub fn writes(&mut self, answer: &str) -> impl Future<Output = &Answer> {
        let form = self.page.forms().into_iter().find(|form| form.field.is_some());
        let form = form.unwrap_or_else(|| panic!("nothing is asked:\n{}", self.page.text()));
        let answer = answer.to_owned();
        async move { self.sends(&form, Some(("answer", answer.as_str()))).await }
    }

    /// Sends a form, with this beside what it carries.
    pub async fn sends(&mut self, form: &Form, with: Option<(&str, &str)>) -> &Answer {
        let mut body = Serializer::new(String::new());
        body.extend_pairs(&form.hidden).extend_pairs(with);
        let to = form.action.clone().unwrap_or_else(|| self.path.clone());
        self.page =
            self.asks("POST", &to, &[("content-type", "application/x-www-form-urlencoded")], &body.finish()).await;
        self.follows().await
    }

    async fn follows(&mut self) -> &Answer {
        while self.page.status == 303 {
            self.path = self.page.header("location").unwrap().to_owned();
            self.page = self.asks("GET", &self.path.clone(), &[], "").await;
        }
        &self.page
    }

    /// One request, and what is answered to it; cookies are kept.
    pub async fn asks(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut lines = vec![
            format!("{method} {path} HTTP/1.1"),
            format!("host: {}", self.at),
            "connection: close".to_owned(),
            format!("accept-language: {}", self.lang),
            "user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(),
        ];
        if !cookies.is_empty() {
            lines.push(format!("cookie: {}", cookies.join("; ")));
        }
        if !body.is_empty() {
            lines.push(format!("content-length: {}", body.len()));
        }
        lines.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
        let request = format!("{}\r\n\r\n{body}", lines.join("\r\n"));
        let answered = tokio::time::timeout(PATIENCE, asked(self.at, &request)).await.expect("an answer in time");
        for (_, cookie) in answered.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            match value {
                "" => drop(self.cookies.remove(name)),
                value => drop(self.cookies.insert(name.to_owned(), value.to_owned())),
            }
        }
        answered
    }

    /// A stream of events for a program, from a place on.
    pub async fn streams(&self, path: &str, token: &str, after: i64) -> TcpStream {
        let mut stream = TcpStream::connect(self.at).await.unwrap();
        let request =
            format!("GET {path}?after={after} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {token}\r\n\r\n", self.at);
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }

    /// The stream of events of the page that is open.
    pub async fn watches(&self) -> TcpStream {
        let mut stream = TcpStream::connect(self.at).await.unwrap();
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let (tab, cookies) = (self.tab(), cookies.join("; "));
        let request = format!("GET {tab}/events HTTP/1.1\r\nhost: {}\r\ncookie: {cookies}\r\n\r\n", self.at);
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }
}

/// What is answered to whoever asks behind what stands in front, with these lines beside.
pub async fn inside(at: SocketAddr, path: &str, more: &str) -> String {
    let mut stream = TcpStream::connect(at).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: inside:8080\r\n{more}connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

async fn asked(at: SocketAddr, request: &str) -> Answer {
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    // A picture is no text; what is read of it is what stands before it.
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.map(|line| line.split_once(": ").unwrap());
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    Answer { status, headers, body: body.to_owned() }
}
