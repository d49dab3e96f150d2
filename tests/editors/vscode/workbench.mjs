// A real VS Code for the visits: code-server with a profile of its own, in Chromium, driven by Playwright.
// Knows where things are on the screen, and nothing of what they should say.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const { CHROMIUM, MODULES, VSIX, EXAMPLE } = process.env;
export const { OUT } = process.env;
const require = createRequire(path.join(MODULES, "x.js"));
const { chromium } = require("playwright-core");
const entry = path.join(path.dirname(require.resolve("code-server/package.json")), "out/node/entry.js");
fs.mkdirSync(OUT, { recursive: true });

/** Milliseconds that anything may take before it counts as not there. */
export const LIMIT = 20_000;
export const NOTE = "notes/01-port-inquiry.md";
/** The browser's page, the folder that is open in it, and the profile, while a window is open. */
export let page, workspace, profile;
/** Addresses outside this machine that the page asked for, but for the gallery of extensions, which is VS Code's own. */
export const fetched = [];
const GALLERY = "open-vsx.org";

export function assert(condition, words) {
  if (!condition) throw new Error(words);
}
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export async function within(what, test, limit = LIMIT) {
  const end = Date.now() + limit;
  for (;;) {
    const found = await test();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${limit} ms: ${what}`);
    await sleep(50);
  }
}

let browser, server;
/**
 * Starts a VS Code with a fresh profile and the extension. It opens a copy of the example, which `prepare`
 * may change, or no folder where `empty` is set.
 */
export async function open({ settings = {}, trusted = true, empty = false, prepare = () => {} } = {}) {
  profile = fs.mkdtempSync(path.join(os.tmpdir(), "corroborate-vscode-"));
  workspace = path.join(profile, "port-ansel");
  fs.cpSync(EXAMPLE, workspace, { recursive: true });
  prepare(workspace);
  const quiet = {
    "workbench.startupEditor": "none", "security.workspace.trust.enabled": !trusted, "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never", "telemetry.telemetryLevel": "off", "update.mode": "none", "extensions.autoUpdate": false,
    "extensions.ignoreRecommendations": true, "chat.disableAIFeatures": true, "git.enabled": false, "editor.minimap.enabled": false,
    "editor.wordWrap": "on", "files.autoSave": "off", "files.hotExit": "off", "workbench.colorTheme": "Default Dark Modern",
    "workbench.secondarySideBar.defaultVisibility": "hidden", "workbench.layoutControl.enabled": false, ...settings,
  };
  for (const level of ["User", "Machine"]) {
    fs.mkdirSync(path.join(profile, level), { recursive: true });
    fs.writeFileSync(path.join(profile, level, "settings.json"), JSON.stringify(quiet));
  }
  const env = { ...process.env, HOME: profile, XDG_CACHE_HOME: path.join(profile, "cache"), XDG_DATA_HOME: path.join(profile, "data"), XDG_CONFIG_HOME: path.join(profile, "config") };
  for (const name of ["NODE_OPTIONS", "PORT", "CORROBORATE_CACHE"]) delete env[name];
  const common = ["--user-data-dir", profile, "--extensions-dir", path.join(profile, "extensions"), "--disable-telemetry", "--disable-update-check"];
  execFileSync(process.execPath, [entry, ...common, "--install-extension", VSIX, "--force"], { env, stdio: "pipe" });
  const port = await new Promise((done) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
  const trust = trusted ? ["--disable-workspace-trust"] : [];
  server = spawn(process.execPath, [entry, ...common, ...trust, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-getting-started-override"], { env, stdio: "ignore", detached: true, cwd: profile });
  await within("code-server", () => fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => answer.ok, () => false));
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
  page = await (await browser.newContext({ viewport: { width: 1200, height: 760 }, locale: "en-US" })).newPage();
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1" && hostname !== GALLERY) fetched.push(request.url());
  });
  await page.goto(`http://127.0.0.1:${port}/?${empty ? "ew=true" : `folder=${encodeURIComponent(workspace)}`}`);
  await page.locator(empty ? ".statusbar" : ".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 3 * LIMIT });
}
export async function close() {
  await browser?.close().catch(() => {});
  try {
    process.kill(-server.pid, "SIGKILL"); // its whole group, with extension hosts and language servers
  } catch {}
  if (profile !== undefined) fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Keeps what the extension and VS Code wrote, beside the pictures. */
export function keepLogs(name) {
  const logs = path.join(profile, "logs");
  if (fs.existsSync(logs)) fs.cpSync(logs, path.join(OUT, name), { recursive: true });
}

/** The language servers of this profile that run, by process number. */
export function servers() {
  const args = (id) => {
    try {
      return fs.readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0");
    } catch {
      return [""]; // it has ended
    }
  };
  const ids = fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.filter((id) => args(id)[0].startsWith(profile) && args(id)[0].endsWith("/bundled/corroborate") && args(id)[1] === "lsp").map(Number);
}

/** Types into quick open or the palette, and takes the first row that has `row`. */
export async function quick(text, key = "Control+P", row) {
  await page.keyboard.press(key);
  const box = page.locator(".quick-input-widget input").first();
  await box.waitFor({ state: "visible", timeout: LIMIT });
  await box.fill(text);
  await page.locator(".quick-input-list .monaco-list-row", row && { hasText: row }).first().waitFor({ timeout: LIMIT });
  await sleep(200);
  await page.keyboard.press("Enter");
  if (row === undefined || !row.endsWith("...")) await page.locator(".quick-input-widget").first().waitFor({ state: "hidden", timeout: LIMIT });
}
/** Runs a command by its title in the palette. If that ends in “...”, a list comes next. */
export const command = (title) => quick(`>${title}`, "Control+Shift+P", title);
/** Puts the cursor on words of a note. */
export async function go(words, note = NOTE) {
  const text = fs.readFileSync(path.join(workspace, note), "utf8");
  const at = text.indexOf(words);
  assert(at >= 0, `the note has no “${words}”`);
  const before = text.slice(0, at).split("\n");
  await quick(`${note}:${before.length}:${before.at(-1).length + 3}`, "Control+P", path.basename(note));
  await sleep(300);
}
/** The words on the screen of the first editor. */
export const editor = () => page.locator(".editor-instance .monaco-editor .view-lines").first().innerText().then((text) => text.replaceAll("\u00a0", " "));
export const picture = (name) => page.screenshot({ path: path.join(OUT, `${name}.png`) });
/** Messages that have popped up. */
export const toasts = () => page.locator(".notifications-toasts .notification-list-item-message").allInnerTexts();
/** Waits for the first row of a list that is open over the window, and takes the one with these words. */
export async function choose(words) {
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: words }).first();
  await row.waitFor({ timeout: LIMIT });
  await row.click();
}
/** Waits until something is underlined. */
export const underlined = () => page.locator(".squiggly-error").first().waitFor({ state: "attached", timeout: LIMIT });
/** Opens a note and waits until something in it is underlined. */
export async function note(name = NOTE) {
  await quick(name, "Control+P", path.basename(name));
  await underlined();
}
/** The active tab, once its title has these words. */
export async function tab(words) {
  const found = page.locator(".tab.active", { hasText: words }).first();
  await found.waitFor({ timeout: LIMIT });
  return found;
}
/** The rows of a view in the side bar. */
export const rows = (view) => page.locator(".pane", { has: page.locator(`text=${view}`) }).first().locator(".monaco-list-row");
/** What the status bar says of us, once it has these words. */
export async function status(words) {
  const text = () => page.locator(".statusbar-item", { hasText: "Corroborate" }).first().innerText();
  return within(words, async () => { const now = (await text()).trim(); return now.includes(words) && now; });
}
