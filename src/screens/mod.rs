//! The screens of the mutual-aid bot: `<menu>/<screen>.rs`, one screen a file.
//!
//! A screen loads what it shows through `aid`, makes a page of it in a function of plain data, and
//! does its deeds through `aid` again. It knows no SQL and no rules. To add a screen:
//! 1. write it: a file in the folder of its menu, with [`Screen`](exodus_engine::conversation::Screen) for it;
//! 2. register it: one line in `screens`;
//! 3. give it words: its keys in `locales/*/<menu>.ftl`.

mod administration;
mod exodus;
mod faq;
mod fresh;
mod groups;
mod help;
mod initiatives;
mod members;
mod menu;
mod organizer;
mod pools;
mod profile;
mod reading;
mod sentences;
mod start;
mod status;
mod suspended;
mod trust;
mod world;

use std::sync::Arc;

use url::Url;

pub use exodus::Exodus;
pub use groups::GROUP_COMMANDS;
pub use reading::Reading;
pub use sentences::{state_name, status_name, unfit, why};
pub use world::World;

use crate::aid::Rules;
use exodus_engine::conversation::{Screens, WaysIn};
use exodus_engine::locale::Locales;
use exodus_engine::person;

/// What a community's configuration says about the conversation.
pub struct Settings {
    pub rules: Rules,
    /// The messengers that people can come through.
    pub ways_in: WaysIn,
    /// Where people write to when something is wrong.
    pub support_contact: Option<Url>,
    /// The languages to choose from, and the currencies beside the community's own.
    pub locales: Arc<Locales>,
    pub reading: Reading,
}

/// All screens of the bot: those that any bot can have, and its own.
fn screens(settings: &Settings) -> Screens<World> {
    Screens::default()
        .with(start::Welcome)
        .with(start::Invited)
        .with(person::ChooseLanguage::among(settings.locales.languages()))
        .with(menu::Menu)
        .with(profile::Profile::of(&settings.locales))
        .with(profile::Name)
        .with(profile::About)
        .with(profile::Payment)
        .with(profile::PaymentDetailScreen)
        .with(profile::AddPayment)
        .with(profile::EditPayment)
        .with(profile::Notifications)
        .with(profile::DailyHour)
        .with(profile::Programs::default())
        .with(profile::MyData)
        .with(profile::Leave)
        .with(profile::Clearing)
        .with(profile::SetOffLines)
        .with(person::OtherCurrency::of(&settings.locales))
        .with(person::QuietHoursScreen)
        .with(person::TimeZoneScreen::for_those_in(settings.rules.zone.clone()))
        .with(person::WrittenTo)
        .with(person::Accounts::through(settings.ways_in.clone()))
        .with(person::Browsers::through(settings.ways_in.clone(), settings.rules.zone.clone()))
        .with(status::StatusScreen)
        .with(status::AskMonthly)
        .with(status::AskEmergency)
        .with(status::ChangeSum)
        .with(status::ChangeDate)
        .with(status::EndCollection)
        .with(members::Members)
        .with(members::Network)
        .with(members::Expand)
        .with(members::MemberCard)
        .with(members::Circle)
        .with(members::Helps)
        .with(members::Invite)
        .with(members::InviteTo)
        .with(members::Invites)
        .with(trust::Trust)
        .with(trust::Ring)
        .with(trust::Guarantee)
        .with(trust::Offer)
        .with(trust::Offers)
        .with(trust::Guaranteed)
        .with(initiatives::Initiatives)
        .with(initiatives::InitiativesOver)
        .with(initiatives::InitiativeCard)
        .with(initiatives::Propose)
        .with(initiatives::Vote)
        .with(initiatives::LowerInitiative)
        .with(initiatives::ProlongInitiative)
        .with(initiatives::InitiativeNews)
        .with(initiatives::InitiativeGroup)
        .with(initiatives::CancelInitiative)
        .with(initiatives::CloseInitiative)
        .with(help::Help)
        .with(organizer::Organizer)
        .with(organizer::Lists)
        .with(organizer::CommitmentScreen)
        .with(organizer::Change)
        .with(organizer::Given)
        .with(organizer::NoteScreen)
        .with(organizer::PassOn)
        .with(organizer::ChainScreen)
        .with(pools::Pools)
        .with(pools::OpenPool)
        .with(pools::PoolScreen)
        .with(pools::PoolGroup)
        .with(pools::Contribution)
        .with(pools::PoolInvite)
        .with(pools::Join)
        .with(pools::PoolMembers)
        .with(pools::EndedCases)
        .with(pools::OpenCase)
        .with(pools::CaseScreen)
        .with(pools::LowerCase)
        .with(faq::Faq)
        .with(faq::FaqTopic)
        .with(suspended::Suspended)
        .with(administration::Administration)
        .with(administration::AdminMembers)
        .with(administration::AdminMember)
        .with(administration::Suspend)
        .with(administration::SignInFor)
        .with(administration::AdminStatus::default())
        .with(administration::Announce)
        .with(administration::AnnouncementScreen)
        .with(administration::ClearingTrial)
}
