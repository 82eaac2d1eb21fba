//! In which language somebody is spoken to.

use async_trait::async_trait;

use super::settings;
use crate::conversation::{Cx, Fault, Input, Page, Screen, Step};
use crate::locale::Language;
use crate::msg;

/// The language that I am spoken to in: `language`.
pub struct ChooseLanguage {
    languages: Vec<Language>,
}

impl ChooseLanguage {
    /// The choice among these: see [`Locales::languages`](crate::locale::Locales::languages).
    pub fn among(languages: &[Language]) -> ChooseLanguage {
        ChooseLanguage { languages: languages.to_vec() }
    }
}

#[async_trait]
impl<W: Send + Sync> Screen<W> for ChooseLanguage {
    fn name(&self) -> &'static str {
        "language"
    }

    async fn page(&self, cx: &Cx<'_, W>) -> Result<Page, Fault> {
        Ok(view(&self.languages, &cx.lang))
    }

    async fn act(&self, cx: &mut Cx<'_, W>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(lang) = input else { return Ok(Step::stay()) };
        if !self.languages.iter().any(|language| language.code == lang) {
            return Err(Fault::Lost);
        }
        settings::speak(&cx.turn.at, cx.me()?, &lang).await?;
        cx.lang = lang;
        Ok(Step::back().saying(msg!("language-changed")))
    }
}

fn view(languages: &[Language], now: &str) -> Page {
    languages.iter().fold(Page::new(msg!("language-choose")).polyglot(), |page, language| {
        let name = language.name.clone();
        let label =
            if language.code == now { msg!("language-now", name = name) } else { msg!("language-other", name = name) };
        page.light(label, &language.code)
    })
}
