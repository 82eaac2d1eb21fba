//! What is typed in the terminal, a line at a time, and unseen where it has to be.

use std::io::{BufRead, BufReader, IsTerminal, Write, stdin, stdout};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use tokio::sync::mpsc;

/// Nobody answers any more: the terminal was closed, or Ctrl-D pressed.
pub(super) struct Gone;

/// Whoever types.
pub(super) struct Keyboard {
    lines: mpsc::UnboundedReceiver<String>,
}

impl Keyboard {
    /// `None`: there is no terminal, so nobody would see a question or answer it.
    pub fn of_this_process() -> Option<Keyboard> {
        if !stdin().is_terminal() || !stdout().is_terminal() {
            return None;
        }
        let (sender, lines) = mpsc::unbounded_channel();
        // A thread that nobody waits for: the process can end while a line is still to be typed.
        std::thread::spawn(move || {
            for line in BufReader::new(stdin()).split(b'\n').map_while(Result::ok) {
                if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                    break;
                }
            }
        });
        Some(Keyboard { lines })
    }

    /// The answer to a question.
    pub async fn line(&mut self, question: &str) -> Result<String, Gone> {
        show(question);
        let line = self.lines.recv().await.ok_or(Gone)?;
        Ok(line.trim().to_owned())
    }

    /// The same, which the terminal does not show. It may begin and end with a space.
    pub async fn secret(&mut self, question: &str) -> Result<String, Gone> {
        let _unseen = Unseen::begin();
        show(question);
        let line = self.lines.recv().await.ok_or(Gone)?;
        Ok(line.trim_end_matches('\r').to_owned())
    }
}

fn show(question: &str) {
    let _ = write!(stdout(), "{question}").and_then(|()| stdout().flush());
}

/// While it lives, the terminal does not show what is typed; then it is as it was, also when a signal has ended the wait.
struct Unseen {
    before: Option<Termios>,
}

impl Unseen {
    fn begin() -> Unseen {
        let before = tcgetattr(stdin()).ok();
        if let Some(before) = &before {
            let mut unseen = before.clone();
            unseen.local_modes.remove(LocalModes::ECHO);
            // The end of the line is seen, so that the next one begins below.
            unseen.local_modes.insert(LocalModes::ECHONL);
            // What was typed ahead is kept.
            let _ = tcsetattr(stdin(), OptionalActions::Now, &unseen);
        }
        Unseen { before }
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            let _ = tcsetattr(stdin(), OptionalActions::Now, before);
        }
    }
}
