// A real Chromium, asked through the protocol of its developer tools.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE = 30_000;

export class Chromium {
  static async start(program) {
    const home = mkdtempSync(join(tmpdir(), "exodus-chromium-"));
    const options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
    const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-default-browser-check"];
    const run = spawn(program, [...options, ...quiet, `--user-data-dir=${home}`, "--remote-debugging-port=0", "about:blank"]);
    const told = await new Promise((found, lost) => {
      let said = "";
      run.stderr.on("data", (data) => {
        said += data;
        const address = said.match(/DevTools listening on (ws:\S+)/);
        if (address) found(address[1]);
      });
      run.on("exit", () => lost(new Error(`${program} ended: ${said}`)));
      run.on("error", lost);
      setTimeout(() => lost(new Error(`${program} does not say where it listens: ${said}`)), PATIENCE).unref();
    });
    const { host } = new URL(told);
    const [page] = (await (await fetch(`http://${host}/json/list`)).json()).filter((one) => one.type === "page");
    const chromium = new Chromium(run, home);
    await chromium.listen(page.webSocketDebuggerUrl);
    return chromium;
  }

  constructor(run, home) {
    this.run = run;
    this.home = home;
    this.asked = new Map();
    this.shown = undefined;
    this.loaded = undefined;
    this.refused = [];
  }

  async listen(address) {
    this.socket = new WebSocket(address);
    await new Promise((open, lost) => Object.assign(this.socket, { onopen: open, onerror: lost }));
    this.socket.onmessage = ({ data }) => {
      const { id, result, error, method, params } = JSON.parse(data);
      if (id) {
        const { done, lost } = this.asked.get(id);
        this.asked.delete(id);
        error ? lost(new Error(error.message)) : done(result);
      } else if (method === "Page.frameNavigated" && !params.frame.parentId) this.shown = params.frame.loaderId;
      else if (method === "Page.loadEventFired") this.loaded = this.shown;
      else if (method === "Log.entryAdded" && params.entry.level === "error") this.refused.push(params.entry.text);
    };
    for (const part of ["Page", "Runtime", "Log"]) await this.ask(`${part}.enable`);
  }

  ask(method, params = {}) {
    const id = (this.last = (this.last ?? 0) + 1);
    this.socket.send(JSON.stringify({ id, method, params }));
    return new Promise((done, lost) => this.asked.set(id, { done, lost }));
  }

  // What this is, in the page.
  async is(expression) {
    const { result, exceptionDetails } = await this.ask("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async until(what, isSo) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      if (await isSo().catch(() => false)) return;
      if (Date.now() > end) throw new Error(`${what} did not come; the page is: ${await this.is("document.body.innerText")}`);
      await sleep(50);
    }
  }

  // Does something by which another page is loaded. (That the one before is loaded may be heard only now.)
  async leads(act) {
    const before = this.shown;
    await act();
    await this.until("another page", async () => this.shown !== before && this.loaded === this.shown);
  }

  async goes(url) {
    const { loaderId } = await this.ask("Page.navigate", { url });
    await this.until("the page", async () => this.loaded === loaderId);
  }

  async key(key, text) {
    const code = { Tab: 9, Enter: 13 }[key];
    const event = { key, code: key, windowsVirtualKeyCode: code, ...(text && { text }) };
    await this.ask("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", ...event });
    await this.ask("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  // Goes to what has these words, as who has no mouse does.
  async tabsTo(words) {
    for (let tabs = 0; tabs < 80; tabs += 1) {
      await this.key("Tab");
      const [found, outline] = await this.is(
        "[document.activeElement.innerText || document.activeElement.id || '', getComputedStyle(document.activeElement).outlineStyle]",
      );
      if (!found.includes(words)) continue;
      if (outline === "none") throw new Error(`it is not seen that “${words}” is meant`);
      return;
    }
    throw new Error(`no key leads to “${words}”: ${await this.is("document.body.innerText")}`);
  }

  async presses(words) {
    await this.tabsTo(words);
    await sleep(600);
    await this.leads(() => this.key("Enter", "\r"));
  }

  async types(text) {
    await this.ask("Input.insertText", { text });
  }

  async looks({ width, dark }) {
    await this.ask("Emulation.setDeviceMetricsOverride", { width, height: 800, deviceScaleFactor: 1, mobile: width < 500 });
    const features = [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }];
    await this.ask("Emulation.setEmulatedMedia", { features });
  }

  async picture() {
    const { data } = await this.ask("Page.captureScreenshot", { captureBeyondViewport: true });
    return Buffer.from(data, "base64");
  }

  async end() {
    this.run.removeAllListeners("exit");
    const ended = new Promise((done) => this.run.on("exit", done));
    this.run.kill("SIGKILL");
    await ended;
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
