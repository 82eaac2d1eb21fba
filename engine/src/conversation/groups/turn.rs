//! The turn of a group: a command in it, or something that happens to it.

use std::collections::HashMap;

use sea_orm::TransactionTrait;

use super::{FromGroup, Group, GroupCommand, HeardInGroup, PIN};
use crate::conversation::numbers::fold;
use crate::conversation::{Bot, Cx, Draft, Engine, Fault, Moment, Page, Person, Tell, Tries, Turn, caught};
use crate::locale::{Locales, plain_digits};
use crate::store::{self, chat};

/// The words of a bot's commands in groups, in all languages at once.
#[derive(Debug, Default)]
pub(in crate::conversation) struct Words(HashMap<String, Spoken>);

/// A command that a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spoken {
    name: &'static str,
    takes_number: bool,
}

/// A command, and the number behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    name: &'static str,
    number: Option<i64>,
}

impl Words {
    pub fn new(locales: &Locales, commands: &[GroupCommand]) -> Words {
        let mut words = HashMap::new();
        for command in commands {
            let spoken = Spoken { name: command.name, takes_number: command.takes_number };
            words.insert(fold(command.name), spoken);
            for language in locales.languages() {
                let said = locales.plain(&language.code, &(command.words)());
                words.extend(said.split(',').map(|word| (fold(word), spoken)));
            }
        }
        Words(words)
    }

    /// The command that this text is, and nothing else but a number where it takes one: with or without a mark, and a bot's
    /// name behind it.
    fn read(&self, text: &str) -> Option<Asked> {
        let text = text.trim();
        let marked = text.strip_prefix(['/', '!', '／', '！']).unwrap_or(text);
        let spoken = |text: &str| match text.split_once('@') {
            Some((name, bot)) if !bot.contains(char::is_whitespace) => self.0.get(&fold(name)).copied(),
            Some(_) => None,
            None => self.0.get(&fold(text)).copied(),
        };
        if let Some(spoken) = spoken(marked) {
            return Some(Asked { name: spoken.name, number: None });
        }
        let (name, number) = marked.rsplit_once(char::is_whitespace)?;
        let number = plain_digits(number).parse().ok()?;
        let spoken = spoken(name.trim_end()).filter(|spoken| spoken.takes_number)?;
        Some(Asked { name: spoken.name, number: Some(number) })
    }
}

/// What is said at once in a group that nothing is kept in.
pub(in crate::conversation) struct Reply {
    pub page: Page,
    pub lang: String,
}

impl<B: Bot> Engine<B> {
    /// Plays the turn of a group. What it gives is said there and then, and not kept for later.
    ///
    /// # Errors
    /// [`Fault::Away`]: nothing was changed, and the update is to come again. Anything else has been told the operator.
    pub(in crate::conversation) async fn group_turn(
        &self,
        messenger: &str,
        heard: &FromGroup,
    ) -> Result<Option<Reply>, Fault> {
        let command = match &heard.heard {
            HeardInGroup::Text(text) => match self.group_words.read(text) {
                Some(command) if self.crowd.is_heard(messenger, &heard.address, self.now()) => Some(command),
                _ => return Ok(None),
            },
            _ => None,
        };
        let mut tries = Tries::of(&heard.address);
        loop {
            let played = caught(self.play_group(messenger, heard, command)).await;
            let Err(fault) = played else { return played };
            match tries.once_more(fault).await {
                Ok(()) => {}
                Err(fault @ Fault::Away(_)) => return Err(fault),
                Err(why) => {
                    tracing::error!(messenger, update = heard.update, %why, "a group's turn broke, nothing was changed");
                    return Ok(None);
                }
            }
        }
    }

    async fn play_group(
        &self,
        messenger: &str,
        heard: &FromGroup,
        command: Option<Asked>,
    ) -> Result<Option<Reply>, Fault> {
        let tx = store::begin(self.db()).await.map_err(Fault::Away)?;
        let at = Moment { tx: &tx, now: self.now(), chance: self.chance() };
        if !store::seen_update::note(&tx, messenger, &heard.update, at.now).await? {
            return Ok(None);
        }
        let reply = match (&heard.heard, command) {
            (HeardInGroup::Removed, _) => {
                chat::forget_at(&tx, messenger, &heard.address).await?;
                None
            }
            (HeardInGroup::Moved(to), _) => {
                self.group_moved(&at, messenger, &heard.address, to).await?;
                None
            }
            (HeardInGroup::Allowed, _) => {
                if let Some(chat) = chat::find(&tx, messenger, &heard.address).await? {
                    at.tell([Tell::new(chat.reader, PIN)]).await?;
                }
                None
            }
            (HeardInGroup::Left, _) => {
                self.keeper_left(&at, messenger, heard).await?;
                None
            }
            (HeardInGroup::Added, _) | (HeardInGroup::Text(_), Some(_)) => {
                self.group_asks(at, messenger, heard, command).await?
            }
            (HeardInGroup::Text(_), None) => None,
        };
        tx.commit().await?;
        self.committed().notify_one();
        Ok(reply)
    }

    /// What is kept in a group is kept where it goes on.
    async fn group_moved(&self, at: &Moment<'_>, messenger: &str, from: &str, to: &str) -> Result<(), Fault> {
        match chat::moved(at.tx, messenger, (from, to)).await? {
            Some(chat) => at.show_card_anew(&chat, None).await,
            None => Ok(()),
        }
    }

    /// Whose it is does not see any more what is said of them there.
    async fn keeper_left(&self, at: &Moment<'_>, messenger: &str, heard: &FromGroup) -> Result<(), Fault> {
        let Some(chat) = chat::find(at.tx, messenger, &heard.address).await? else { return Ok(()) };
        match self.speaker(at, messenger, heard).await? {
            Some(person) if person.id == chat.keeper => at.let_go(&[chat]).await,
            _ => Ok(()),
        }
    }

    /// The person who speaks. That they do so in a group does not mean that they can be written to.
    async fn speaker(&self, at: &Moment<'_>, messenger: &str, heard: &FromGroup) -> Result<Option<Person>, Fault> {
        let Some(who) = &heard.who else { return Ok(None) };
        let found = store::account::find_by_account(at.tx, messenger, &who.address).await?;
        Ok(found.map(|(_, person)| Person::from(person)))
    }

    /// A command, or (none) the bot was added.
    async fn group_asks(
        &self,
        at: Moment<'_>,
        messenger: &str,
        heard: &FromGroup,
        command: Option<Asked>,
    ) -> Result<Option<Reply>, Fault> {
        let chat = chat::find(at.tx, messenger, &heard.address).await?;
        let is_bound = chat.is_some();
        let person = self.speaker(&at, messenger, heard).await?;
        // Whoever adds the bot to a thousand groups and is nobody whom it knows gets no word in any.
        let is_ignored = match command {
            None => is_bound || person.is_none(),
            Some(_) => !is_bound && !self.crowd.is_answered(messenger, at.now),
        };
        if is_ignored {
            return Ok(None);
        }
        let said = heard.who.as_ref().and_then(|who| self.locales.negotiate(who.lang.as_deref()));
        let lang = person.as_ref().map(|person| person.lang.clone());
        let lang = lang.or(said.map(str::to_owned)).unwrap_or_else(|| self.locales.default_language().to_owned());
        let (address, name) = heard.who.as_ref().map_or(("", ""), |who| (who.address.as_str(), who.name.as_str()));
        let turn = Turn { at, messenger, address, name, person };
        let world = self.bot.arrive(&turn).await?;
        let mut cx = Cx { turn: &turn, world, route: self.bot.home(), lang, also_in: None, draft: Draft::default() };
        let number = command.and_then(|command| command.number);
        let group = Group { address: &heard.address, place: heard.place.as_deref(), bound: chat.as_ref(), number };
        let savepoint = at.tx.begin().await?;
        let done = match command {
            Some(command) => self.bot.in_group(&mut cx, group, command.name).await,
            None => self.bot.greets(&mut cx, group).await,
        };
        let page = match done {
            Ok(page) => {
                savepoint.commit().await?;
                page
            }
            Err(Fault::Refused(step)) => {
                savepoint.rollback().await?;
                step.saying.map(Page::new)
            }
            Err(fault) => return Err(fault),
        };
        self.bot.depart(&mut cx).await?;
        Ok(page.map(|page| Reply { page, lang: cx.lang }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_all_that_is_said() {
        let words = [("circle", "circle"), ("круг", "circle"), ("help_out", "help_out"), ("help out", "help_out")];
        let spoken = |(word, name)| (fold(word), Spoken { name, takes_number: name == "pool" });
        let words = Words(words.into_iter().chain([("pool", "pool"), ("касса", "pool")]).map(spoken).collect());
        for (text, command) in [
            ("/circle", Some("circle")),
            ("/circle@some_bot", Some("circle")),
            (" !Circle ", Some("circle")),
            ("КРУГ", Some("circle")),
            ("/help_out", Some("help_out")),
            ("help out", Some("help_out")),
            ("circle of friends", None),
            ("/circle now", None),
            ("/circle@some_bot now", None),
            ("круги", None),
            ("", None),
            ("@circle", None),
        ] {
            assert_eq!(words.read(text), command.map(|name| Asked { name, number: None }), "{text:?}");
        }
        for (text, number) in [("/pool 3", 3), ("/pool@some_bot 3", 3), ("!касса  12", 12), ("pool ٣", 3)] {
            assert_eq!(words.read(text), Some(Asked { name: "pool", number: Some(number) }), "{text:?}");
        }
        for text in ["/circle 3", "/pool three", "pool party 3", "/pool 3 4", "3"] {
            assert_eq!(words.read(text), None, "{text:?}");
        }
    }
}
