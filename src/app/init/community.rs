//! What the community is asked: its language, its currency, and by which clock its months end.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::Host;
use super::keyboard::Gone;
use crate::app::config::Currency;
use crate::app::output;
use exodus_engine::config::Value;
use exodus_engine::hours::{Zone, place};
use exodus_engine::locale::{Arg, decimals_of};
use exodus_engine::msg;

/// The language for those whose own is not known. The questions go on in it.
pub(super) async fn language(host: &mut Host) -> Result<String, Gone> {
    let languages = host.locales.clone();
    let names: Vec<String> = languages.languages().iter().map(|language| language.name.clone()).collect();
    let usual = languages.languages().iter().position(|language| language.code == host.lang).unwrap_or_default();
    let chosen = host.chooses(&msg!("init-language"), &names, usual).await?;
    if let Some(language) = languages.languages().get(chosen) {
        host.lang.clone_from(&language.code);
    }
    Ok(host.lang.clone())
}

/// The code of the unit of account: typed as such, or as people call it.
pub(super) async fn currency(host: &mut Host) -> Result<String, Gone> {
    let names = host.locales.currency_names();
    let mut doubted = None;
    output::say("");
    loop {
        let typed = host.asks(&msg!("init-currency"), Some("EUR")).await?;
        let listed = named(&typed, &names);
        let is_listed = listed.is_some();
        let code = listed.unwrap_or_else(|| typed.to_uppercase());
        if Currency::read(&code).is_none() {
            host.say(&msg!("init-currency-form"));
        } else if is_listed || doubted.as_ref() == Some(&code) {
            let sum = host.locales.sum_in(&host.lang, 10_i64.pow(decimals_of(&code)) * 1_250, &code);
            host.say(&msg!("init-currency-shown", sum = Arg::Verbatim(sum)));
            return Ok(code);
        } else {
            host.say(&msg!("init-currency-unlisted", code = Arg::Verbatim(code.clone())));
            doubted = Some(code);
        }
    }
}

/// The one currency that is called so in any language: a word, in whatever form.
fn named(typed: &str, names: &[(String, String)]) -> Option<String> {
    let typed = typed.to_lowercase();
    let is_meant = |name: &str| {
        let name = name.to_lowercase();
        let is_form = |stem: &str| !stem.is_empty() && typed.starts_with(stem) && !typed.contains(' ');
        name.strip_suffix('*').map_or(name == typed, is_form)
    };
    let mut codes: Vec<&String> = names.iter().filter(|(_, name)| is_meant(name)).map(|(code, _)| code).collect();
    codes.sort_unstable();
    codes.dedup();
    match codes[..] {
        [code] => Some(code.clone()),
        _ => None,
    }
}

/// The name of the time zone in which months and days begin at midnight.
pub(super) async fn zone(host: &mut Host, now: DateTime<Utc>) -> Result<String, Gone> {
    let usual = of_this_machine();
    loop {
        let typed = host.asks(&msg!("init-zone"), Some(usual.name())).await?;
        let Some(found) = place::place_of(&typed, now) else {
            host.say(&msg!("init-zone-form"));
            continue;
        };
        let name = found.zone.name().to_owned();
        let time = found.zone.local(now).format("%H:%M").to_string();
        host.say(&msg!("init-zone-now", zone = Arg::Verbatim(name.clone()), time = Arg::Verbatim(time)));
        return Ok(name);
    }
}

/// The zone of this machine's clock, which need not be the community's.
fn of_this_machine() -> Zone {
    let linked = || {
        let path = std::fs::canonicalize("/etc/localtime").ok()?;
        let after = path.strip_prefix("/usr/share/zoneinfo").ok().map(Path::to_path_buf)?;
        Some(after.to_string_lossy().into_owned())
    };
    let noted = || std::fs::read_to_string("/etc/timezone").ok();
    let found = std::env::var("TZ").ok().and_then(|zone| zone.parse().ok());
    let found = found.or_else(|| noted()?.trim().parse().ok()).or_else(|| linked()?.parse().ok());
    found.unwrap_or(Zone::UTC)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_currency_is_known_by_its_code_and_its_names_when_there_is_one_of_them() {
        let names = crate::texts::locales(exodus_engine::locale::Format::default()).unwrap().currency_names();
        for (typed, code) in
            [("eur", Some("EUR")), ("€", Some("EUR")), ("евро", Some("EUR")), ("XXQ", None), ("", None)]
        {
            assert_eq!(named(typed, &names).as_deref(), code, "{typed:?}");
        }
    }
}
