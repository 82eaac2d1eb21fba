use async_trait::async_trait;

use crate::aid;
use crate::screens::world::{Here, World, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Screen, Step};
use exodus_engine::locale::Language;
use exodus_engine::msg;

/// The choice of a language, for members.
pub struct ChooseLanguage;

#[async_trait]
impl Screen<World> for ChooseLanguage {
    fn name(&self) -> &'static str {
        "language"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        Ok(view(&cx.world.settings.languages, &cx.lang))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(lang) = input else { return Ok(Step::stay()) };
        if !cx.world.settings.languages.iter().any(|language| language.code == lang) {
            return Err(Fault::Lost);
        }
        run(cx, async |work| aid::speak(work, me(cx)?.id, &lang).await).await.map_err(Fault::from)?;
        cx.lang = lang;
        Ok(Step::back().saying(msg!("language-changed")))
    }
}

fn view(languages: &[Language], now: &str) -> Page {
    languages.iter().fold(Page::new(msg!("language-choose")).polyglot(), |page, language| {
        let name = language.name.clone();
        let label = if language.code == now {
            msg!("language-now", name = name)
        } else {
            msg!("welcome-language", name = name)
        };
        page.light(label, &language.code)
    })
}
