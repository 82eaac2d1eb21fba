//! The screens of the mutual-aid bot: `<menu>/<screen>.rs`, one screen a file.
//!
//! A screen loads what it shows through `aid`, makes a page of it in a function of plain data, and
//! does its deeds through `aid` again. It knows no SQL and no rules. To add a screen:
//! 1. write it: a file in the folder of its menu, with [`Screen`](exodus_engine::conversation::Screen) for it;
//! 2. register it: one line in `screens`;
//! 3. give it words: its keys in `locales/*/<menu>.ftl`.

mod exodus;
mod faq;
mod help;
mod members;
mod menu;
mod organizer;
mod profile;
mod reading;
mod sentences;
mod start;
mod status;
mod world;

use std::sync::Arc;

use url::Url;

pub use exodus::Exodus;
pub use reading::Reading;
pub use world::World;

use crate::aid::Rules;
use exodus_engine::conversation::{Messenger, Screens, WayIn};
use exodus_engine::locale::Language;
use exodus_engine::person;

/// What a community's configuration says about the conversation.
pub struct Settings {
    pub rules: Rules,
    /// The messengers that people can come through.
    pub ways_in: WaysIn,
    /// Where people write to when something is wrong.
    pub support_contact: Option<Url>,
    /// The languages to choose from.
    pub languages: Vec<Language>,
    pub reading: Reading,
}

/// The messengers that people can come through. Where the bot is found in one may become known only while it runs.
pub struct WaysIn(Box<dyn Fn() -> Vec<WayIn> + Send + Sync>);

impl WaysIn {
    pub fn of(messengers: Vec<Arc<dyn Messenger>>) -> WaysIn {
        WaysIn(Box::new(move || messengers.iter().map(|messenger| messenger.way_in()).collect()))
    }

    /// As they are now.
    fn now(&self) -> Vec<WayIn> {
        self.0()
    }
}

impl From<Vec<WayIn>> for WaysIn {
    fn from(ways: Vec<WayIn>) -> WaysIn {
        WaysIn(Box::new(move || ways.clone()))
    }
}

/// All screens of the bot: those that any bot can have, and its own.
fn screens(settings: &Settings) -> Screens<World> {
    Screens::default()
        .with(start::Welcome)
        .with(start::Invited)
        .with(person::ChooseLanguage::among(&settings.languages))
        .with(menu::Menu)
        .with(profile::Profile)
        .with(profile::Notifications)
        .with(person::QuietHoursScreen)
        .with(person::TimeZoneScreen::for_those_in(settings.rules.zone.clone()))
        .with(person::WrittenTo)
        .with(status::StatusScreen)
        .with(status::AskMonthly)
        .with(status::AskEmergency)
        .with(status::ChangeSum)
        .with(status::ChangeDate)
        .with(status::EndCollection)
        .with(members::Members)
        .with(members::Near)
        .with(members::MemberCard)
        .with(members::Invite)
        .with(members::Invites)
        .with(help::Help)
        .with(organizer::Organizer)
        .with(organizer::Lists)
        .with(organizer::CommitmentScreen)
        .with(organizer::Change)
        .with(faq::Faq)
}
