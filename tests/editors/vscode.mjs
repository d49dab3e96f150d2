// Visits the example in a real VS Code as a new user would, and looks at what is on the screen. Prints one
// line for each check; the exit status is 1 when one failed. `vscode.sh` prepares what it needs:
// CHROMIUM, MODULES (with code-server and playwright-core), VSIX, EXAMPLE, and OUT for the pictures.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const { CHROMIUM, MODULES, VSIX, EXAMPLE, OUT } = process.env;
const LIMIT = 20_000;
const NOTE = "notes/01-port-inquiry.md";
const require = createRequire(path.join(MODULES, "x.js"));
const { chromium } = require("playwright-core");
const entry = path.join(path.dirname(require.resolve("code-server/package.json")), "out/node/entry.js");
fs.mkdirSync(OUT, { recursive: true });

let failures = 0;
async function check(name, run) {
  try {
    const detail = await run();
    console.log(`ok      ${name}${detail === undefined ? "" : `: ${detail}`}`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED  ${name}: ${String(error.message ?? error).split("\n").slice(0, 3).join(" ")}`);
    await page?.screenshot({ path: path.join(OUT, `failed-${failures}.png`) }).catch(() => {});
  }
}
function assert(condition, words) {
  if (!condition) throw new Error(words);
}
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
async function within(what, test, limit = LIMIT) {
  const end = Date.now() + limit;
  for (;;) {
    const found = await test();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${limit} ms: ${what}`);
    await sleep(50);
  }
}

let browser, page, server;
/** Starts a VS Code with a profile of its own and opens the example. */
async function open({ settings = {}, trusted = true } = {}) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "corroborate-vscode-"));
  const workspace = path.join(profile, "port-ansel");
  fs.cpSync(EXAMPLE, workspace, { recursive: true });
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
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`);
  await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 3 * LIMIT });
  return workspace;
}
async function close() {
  await browser?.close().catch(() => {});
  try {
    process.kill(-server.pid, "SIGKILL"); // its whole group, with extension hosts and language servers
  } catch {}
}

async function quick(text, key = "Control+P", row) {
  await page.keyboard.press(key);
  const box = page.locator(".quick-input-widget input").first();
  await box.waitFor({ state: "visible", timeout: LIMIT });
  await box.fill(text);
  await page.locator(".quick-input-list .monaco-list-row", row && { hasText: row }).first().waitFor({ timeout: LIMIT });
  await sleep(200);
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").first().waitFor({ state: "hidden", timeout: LIMIT });
}
const command = (title) => quick(`>${title}`, "Control+Shift+P", title);
/** Puts the cursor on words of the note. */
async function go(words) {
  const text = fs.readFileSync(path.join(EXAMPLE, NOTE), "utf8");
  const at = text.indexOf(words);
  assert(at >= 0, `the note has no “${words}”`);
  const before = text.slice(0, at).split("\n");
  await quick(`${NOTE}:${before.length}:${before.at(-1).length + 3}`, "Control+P", path.basename(NOTE));
  await sleep(300);
}
const editor = () => page.locator(".editor-instance .monaco-editor .view-lines").first().innerText().then((text) => text.replaceAll("\u00a0", " "));
const picture = (name) => page.screenshot({ path: path.join(OUT, `${name}.png`) });
const toasts = () => page.locator(".notifications-toasts .notification-list-item-message").allInnerTexts();

try {
  await open();
  await check("the first squiggle comes within five seconds of opening a note", async () => {
    await quick(NOTE, "Control+P", path.basename(NOTE));
    const from = Date.now();
    await page.locator(".squiggly-error").first().waitFor({ state: "attached", timeout: LIMIT });
    const took = Date.now() - from;
    assert(took < 5000, `it took ${took} ms`);
    return `${took} ms`;
  });
  await check("the status bar counts findings and sources", async () => {
    const item = page.locator(".statusbar-item", { hasText: "Corroborate" }).first();
    await within("15 sources", async () => (await item.innerText()).includes("15 sources"));
    return (await item.innerText()).trim();
  });
  await check("no message pops up", async () => {
    const shown = await toasts();
    assert(shown.length === 0, shown.join(" / "));
  });
  await check("the hover shows the passage", async () => {
    await go("The Harbour Safety Commission opened");
    await command("Show or Focus Hover");
    const hover = page.locator(".monaco-hover:not(.hidden)").first();
    await within("the passage", async () => /Supported[^]*opened an inquiry/.test((await hover.innerText().catch(() => "")).replaceAll("\n", " ")));
    await picture("vscode-hover");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
  });
  await check("the evidence view follows the cursor, and a click opens the source", async () => {
    await command("Show Corroborate");
    await go("Her report is due");
    const rows = page.locator(".pane", { has: page.locator("text=Evidence") }).first().locator(".monaco-list-row");
    await within("the verdict", async () => (await rows.allInnerTexts()).some((row) => row.startsWith("Contradicted")));
    await sleep(500);
    await picture("vscode-evidence");
    await rows.nth(1).click();
    const tab = page.locator(".tab", { hasText: "0101_port_ansel_outage.txt" }).first();
    await tab.waitFor({ timeout: LIMIT });
    await picture("vscode-passage");
    await tab.click({ button: "middle" });
  });
  await check("the library view lists what is never cited", async () => {
    const rows = page.locator(".pane", { has: page.locator("text=Library") }).first().locator(".monaco-list-row");
    await within("a source without citations", async () => (await rows.allInnerTexts()).some((row) => row.includes("never cited")));
  });
  await check("the Problems panel lists the findings", async () => {
    await command("Focus on Problems View");
    const rows = page.locator(".markers-panel .monaco-list-row", { hasText: "The note says “August”" });
    await rows.first().waitFor({ timeout: LIMIT });
    await picture("vscode-problems");
    await page.keyboard.press("Control+J");
  });
  await check("F12 opens the source at the passage", async () => {
    await go("The Harbour Safety Commission opened");
    await page.keyboard.press("F12");
    await page.locator(".tab.active", { hasText: "0101_port_ansel_outage.txt" }).first().waitFor({ timeout: LIMIT });
  });
  await check("a quick fix puts the source's month in", async () => {
    await go("August. Seven");
    await page.keyboard.press("Control+.");
    const fix = page.locator(".action-widget .monaco-list-row", { hasText: "Replace “August” with “September”" }).first();
    await fix.waitFor({ timeout: LIMIT });
    await sleep(300);
    await picture("vscode-quick-fix");
    await fix.click();
    await within("“end of September”", async () => (await editor()).includes("end of September"));
    await page.keyboard.press("Control+Z");
  });
  await check("completion offers the keys of sources", async () => {
    await page.keyboard.press("Control+End");
    await page.keyboard.type("It stopped [@0106");
    const row = page.locator(".suggest-widget .monaco-list-row", { hasText: "0106_lantern_correction" }).first();
    await row.waitFor({ timeout: LIMIT });
    await sleep(300);
    await picture("vscode-completion");
    await page.keyboard.press("Enter");
    await within("the closed citation", async () => (await editor()).includes("It stopped [@0106_lantern_correction]"));
  });
  await close();

  await check("the marks in the gutter differ by shape", async () => {
    await open({ settings: { "corroborate.gutter": true, "workbench.colorTheme": "Default High Contrast" } });
    await quick(NOTE, "Control+P", path.basename(NOTE));
    await page.locator(".squiggly-error").first().waitFor({ state: "attached", timeout: LIMIT });
    await page.locator(".glyph-margin-widgets .cgmr").first().waitFor({ timeout: LIMIT });
    await sleep(800);
    await picture("vscode-gutter-high-contrast");
  });
  await close();

  await check("an untrusted workspace is checked as well", async () => {
    await open({ trusted: false });
    await quick(NOTE, "Control+P", path.basename(NOTE));
    await page.locator(".squiggly-error").first().waitFor({ state: "attached", timeout: LIMIT });
    await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor({ timeout: LIMIT });
  });
  await close();

  await check("a missing program is said once", async () => {
    await open({ settings: { "corroborate.server.path": "/nowhere/corroborate" } });
    await quick(NOTE, "Control+P", path.basename(NOTE));
    await within("a message", async () => (await toasts()).length > 0);
    await sleep(4000);
    const shown = await toasts();
    await picture("vscode-missing");
    assert(shown.length === 1 && shown[0].includes("/nowhere/corroborate"), shown.join(" / "));
    return shown[0];
  });
} finally {
  await close();
}
console.log(failures === 0 ? "all checks passed" : `${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
