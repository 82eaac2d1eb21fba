// Somebody in a real browser who has no mouse: signs in by a link, asks for help, and sees a message come. Each page is looked at
// on a phone and on a screen, by day and by night, by a program that knows what people need to read a page (axe).
//
//   node look.mjs CHROMIUM AXE SITE LINK LANG [PICTURES]
//
// Writes `watching` when a message may come, and at the end what is wrong, one a line.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Chromium } from "./chromium.mjs";

const [program, axeFile, site, link, lang, pictures] = process.argv.slice(2);
const axe = readFileSync(axeFile, "utf8");
const words = {
  en: { enter: "Sign in", menu: "Menu", help: "I need help", monthly: "every month", send: "Send", ask: "Yes, ask", notices: "essage", fresh: "new message" },
  ru: { enter: "Войти", menu: "Меню", help: "Мне нужна помощь", monthly: "ежемесячная", send: "Отправить", ask: "Да, попросить", notices: "ообщени", fresh: "новое сообщение" },
}[lang];

const browser = await Chromium.start(program);
const wrong = [];

async function look(name) {
  for (const width of [320, 1280]) {
    for (const dark of [false, true]) {
      const how = `${name}, ${lang}, ${width} px, ${dark ? "dark" : "light"}`;
      await browser.looks({ width, dark });
      await browser.until("a whole page", () => browser.is("document.readyState === 'complete' && document.documentElement !== null"));
      if (await browser.is("document.documentElement.scrollWidth > window.innerWidth")) wrong.push(`${how}: wider than the window`);
      await browser.is(`${axe}; undefined`);
      const found = await browser.is("axe.run().then(({ violations }) => violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html}`))");
      wrong.push(...found.map((one) => `${how}: ${one}`));
      if (pictures) writeFileSync(join(pictures, `${name}-${lang}-${width}-${dark ? "dark" : "light"}.png`), await browser.picture());
    }
  }
}

try {
  for (const [name, path] of [["outside", "/"], ["invite", "/i/AAAAAAAAAAAAAAAAAAAAAA"], ["nothing", "/nothing"], ["programs", "/api/v1/"]]) {
    await browser.goes(`${site}${path}?lang=${lang}`);
    await look(name);
  }
  await browser.goes(`${site}${link}?lang=${lang}`);
  await look("door");
  await browser.presses(words.enter);
  await look("menu");
  await browser.presses(words.help);
  await browser.presses(words.monthly);
  await look("question");
  await browser.tabsTo("answer");
  await browser.types("500");
  await browser.presses(words.send);
  await look("sure");
  await browser.presses(words.ask);
  await look("asked");
  await browser.presses(words.menu);
  console.log("watching");
  // Nobody here loads the page again.
  await browser.until("the message", () => browser.is(`document.body.innerText.includes(${JSON.stringify(words.fresh)})`));
  await browser.presses(words.notices);
  await look("notices");
  // A page that is not there says so, and nothing else may be refused: no style, no script, no picture.
  wrong.push(...browser.refused.filter((one) => !one.includes("404")));
} catch (error) {
  wrong.push(error.stack);
} finally {
  await browser.end();
}
for (const one of wrong) console.log(one);
process.exit(wrong.length ? 1 : 0);
