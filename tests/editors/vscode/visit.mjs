// Visits the example in a real VS Code as a new user would, and looks at what is on the screen. Prints one
// line for each check; the exit status is 1 when one failed. `../vscode.sh` prepares what it needs:
// CHROMIUM, MODULES (with code-server and playwright-core), VSIX, EXAMPLE, and OUT for the pictures.
// ONLY=WORDS leaves out the scenes whose name does not have the words.
import fs from "node:fs";
import path from "node:path";
import { LIMIT, assert, choose, close, command, editor, fetched, go, keepLogs, note, open, page, picture, rows, servers, sleep, status, tab, toasts, underlined, within, workspace } from "./workbench.mjs";

// What asks for all notes waits until the model has read each of them for the first time, on whatever machine this is.
const SURVEY = 5 * LIMIT;

let failures = 0;
let clicked, shown;
let doing;
async function check(name, run) {
  doing = name;
  const detail = await run();
  console.log(`ok      ${name}${detail === undefined ? "" : `: ${detail}`}`);
}
/** Checks in a window of their own. What follows one that failed would fail as well, and is left out. */
async function scene(name, options, run) {
  if (!name.includes(process.env.ONLY ?? "")) return;
  console.log(`\n${name}`);
  doing = "a window opens";
  try {
    await open(options);
    await run();
  } catch (error) {
    failures += 1;
    console.log(`FAILED  ${doing}: ${String(error.message ?? error).split("\n").slice(0, 3).join(" ")}`);
    await picture(`failed-${failures}`).catch(() => {});
    keepLogs(`failed-${failures}`);
  } finally {
    await close();
  }
}

await scene("the first visit", { empty: true }, async () => {
  await check("the walkthrough opens the example", async () => {
    await command("Open Walkthrough...");
    await choose("Check notes against their sources");
    for (const step of ["Hover over a sentence", "Watch the evidence"]) {
      await page.locator(".getting-started-step", { hasText: step }).first().click();
      await within("its picture", () => page.locator(".getting-started-media img").first().evaluate((image) => image.complete && image.naturalWidth > 0).catch(() => false));
    }
    await sleep(500);
    await picture("vscode-walkthrough");
    await page.locator(".getting-started-step", { hasText: "Open the example" }).first().click();
    const button = page.getByRole("button", { name: "Open the Port Ansel Example" }).first();
    await button.waitFor({ timeout: LIMIT });
    clicked = Date.now();
    await button.click();
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "notes" }).first().waitFor({ timeout: 3 * LIMIT });
    shown = Date.now();
  });
  await check("its first note is there and underlined", async () => {
    await underlined();
    const now = Date.now();
    return `${now - shown} ms after the folder, ${now - clicked} ms after the click`;
  });
  await check("the status bar counts findings and sources", () => status("15 sources"));
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
    const shown = rows("Evidence");
    await within("the verdict", async () => (await shown.allInnerTexts()).some((row) => row.startsWith("Contradicted")));
    await sleep(500);
    await picture("vscode-evidence");
    await shown.nth(1).click();
    const opened = page.locator(".tab", { hasText: "0101_port_ansel_outage.txt" }).first();
    await opened.waitFor({ timeout: LIMIT });
    await sleep(300);
    await picture("vscode-passage");
    await opened.click({ button: "middle" });
  });
  await check("the library view lists what is never cited", async () => {
    await within("a source without citations", async () => (await rows("Library").allInnerTexts()).some((row) => row.includes("never cited")), SURVEY);
  });
  await check("the Problems panel lists the findings", async () => {
    await command("Focus on Problems View");
    const row = page.locator(".markers-panel .monaco-list-row", { hasText: "The note says “August”" });
    await row.first().waitFor({ timeout: LIMIT });
    await picture("vscode-problems");
    await page.keyboard.press("Control+J");
  });
  await check("F12 opens the source at the passage", async () => {
    await go("The Harbour Safety Commission opened");
    await page.keyboard.press("F12");
    await tab("0101_port_ansel_outage.txt");
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
});

const withPage = (workspace) => fs.writeFileSync(path.join(workspace, "sources/0001_tide.html"), "<title>The tide at Vesk</title><p>The tide rose by four metres on Monday.</p>");
await scene("commands", { prepare: withPage }, async () => {
  await check("the next and the previous finding", async () => {
    await note();
    const line = () => page.locator(".statusbar-item", { hasText: /^Ln / }).first().innerText();
    await page.keyboard.press("Control+Home");
    await within("the first line", async () => /Ln 1, /.test(await line()));
    const next = async (from) => {
      await command("Next Finding");
      return within("another line", async () => { const now = await line(); return now !== from && now; });
    };
    const first = await next(await line());
    await next(first);
    await command("Previous Finding");
    await within("the first again", async () => (await line()) === first);
    return first;
  });
  await check("the claim at the cursor is explained", async () => {
    await go("Her report is due");
    await command("Explain the Claim at the Cursor");
    await tab("explanation.md");
    await within("the verdict", async () => (await editor()).includes("contradicted"));
    await (await tab("explanation.md")).click({ button: "middle" });
  });
  await check("the proof of the note opens in a tab, and no script runs in it", async () => {
    await note();
    await command("Write and Open the Proof of This Note");
    const opened = await tab("Proof of");
    const shown = page.frameLocator("iframe.webview").last().frameLocator("#active-frame");
    await shown.locator("h1", { hasText: "Report on" }).waitFor({ timeout: LIMIT });
    assert((await shown.locator(".claim").count()) > 3, "the proof has no claims");
    await picture("vscode-proof");
    await opened.click({ button: "middle" });
  });
  await check("the report on all notes opens, and is no note itself", async () => {
    await command("Open a Report on All Notes");
    await page.locator(".tab", { hasText: "report.md" }).first().waitFor({ timeout: SURVEY });
    const report = await tab("report.md");
    await within("its table", async () => (await editor()).includes("| note | claims | findings |"));
    await sleep(1000);
    assert((await page.locator(".squiggly-error, .squiggly-warning").count()) === 0, "the report is underlined");
    await picture("vscode-report");
    await report.click({ button: "middle" });
  });
  await check("a page in the library opens as its text", async () => {
    await command("Show Corroborate");
    const row = rows("Library").filter({ hasText: "The tide at Vesk" }).first();
    await row.click();
    const opened = await tab("0001_tide.html.md");
    await within("its words", async () => (await editor()).includes("rose by four metres"));
    await opened.click({ button: "middle" });
  });
  await check("a citation is inserted by its title", async () => {
    await go("Her report is due");
    await page.keyboard.press("End");
    await command("Insert a Citation…");
    const row = page.locator(".suggest-widget .monaco-list-row", { hasText: "0106_lantern_correction" }).first();
    await page.keyboard.type("correction");
    await row.waitFor({ timeout: LIMIT });
    await page.keyboard.press("Escape");
  });
  await check("all sources are read again", async () => {
    await command("Read All Sources Again");
    await status("16 sources");
  });
  await check("a restart gives another server", async () => {
    const [before] = servers();
    await command("Restart the Server");
    await within("another process", async () => servers().length === 1 && servers()[0] !== before);
    await status("16 sources");
  });
  await check("a server that was killed is started again, and nobody is bothered", async () => {
    const [before] = servers();
    process.kill(before, "SIGKILL");
    await within("another process", async () => servers().length === 1 && servers()[0] !== before);
    await status("16 sources");
    await underlined();
    const shown = await toasts();
    assert(shown.length === 0, shown.join(" / "));
  });
  await check("a server that ends again and again is said once", async () => {
    for (let times = 0; times < 10 && (await toasts()).length === 0; times++) {
      const running = servers();
      running.forEach((id) => process.kill(id, "SIGKILL"));
      await within("the next one, or a message", async () => (await toasts()).length > 0 || servers().some((id) => !running.includes(id)));
      await sleep(500);
    }
    const shown = await toasts();
    assert(shown.length === 1 && shown[0].includes("ended several times"), shown.join(" / "));
    return shown[0];
  });
});

for (const theme of ["Default High Contrast", "Default Light Modern"]) {
  await scene(`marks in the gutter, ${theme}`, { settings: { "corroborate.gutter": true, "workbench.colorTheme": theme } }, async () => {
    await check("each line with a claim has its mark", async () => {
      await note();
      await page.locator(".glyph-margin-widgets .cgmr").first().waitFor({ timeout: LIMIT });
      await sleep(800);
      await picture(theme.includes("Contrast") ? "vscode-gutter-high-contrast" : "vscode-gutter-light");
    });
  });
}

const hostile = (workspace) => {
  const words = "counted 41 gulls on the north mole";
  const live = "[more](command:workbench.action.terminal.new) <img src=https://outside.example/a.png> ![x](https://outside.example/b.png)";
  fs.writeFileSync(path.join(workspace, "sources/0199_gulls.txt"), `Gulls ${live}\n\nThe warden Odo Brandt ${words} ${live} on Friday.\n`);
  fs.writeFileSync(path.join(workspace, "notes/09-gulls.md"), `# Gulls\n\nThe warden Odo Brandt ${words} on Friday.\n\nThe warden Odo Brandt counted 43 gulls on the north mole on Friday.\n`);
  fs.mkdirSync(path.join(workspace, ".vscode"));
  fs.writeFileSync(path.join(workspace, "evil.sh"), `#!/bin/sh\ntouch '${workspace}/ran'\necho corroborate 0.1.0\n`, { mode: 0o755 });
  fs.writeFileSync(path.join(workspace, ".vscode/settings.json"), JSON.stringify({ "corroborate.server.path": path.join(workspace, "evil.sh") }));
};
for (const trusted of [false, true]) {
  await scene(`a hostile folder, ${trusted ? "trusted" : "not trusted"}`, { trusted, prepare: hostile }, async () => {
    await check("its notes are checked, by no program of its own", async () => {
      await note("notes/09-gulls.md");
      if (!trusted) await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor({ timeout: LIMIT });
      assert(servers().length === 1, `${servers().length} servers`);
      assert(!fs.existsSync(path.join(workspace, "ran")), "its program ran");
    });
    await check("nothing of its words is live in a hover, a view or a list", async () => {
      await go("The warden Odo", "notes/09-gulls.md");
      await command("Show or Focus Hover");
      const hover = page.locator(".monaco-hover:not(.hidden)").first();
      await within("the passage", async () => (await hover.innerText().catch(() => "")).includes("command:workbench"));
      const live = await hover.locator("img, a[data-href^='command:'], a[href^='command:'], a[data-href*='outside.example'], a[href*='outside.example']").count();
      await picture("vscode-hostile");
      assert(live === 0, `${live} live elements`);
      await page.keyboard.press("Escape");
      await command("Show Corroborate");
      await within("the passage", async () => (await rows("Evidence").allInnerTexts()).some((row) => row.includes("gulls")));
      await rows("Evidence").nth(1).hover();
      await sleep(1500);
      assert((await page.locator(".monaco-hover:not(.hidden) img, a[data-href^='command:workbench.action.terminal']").count()) === 0, "something is live in the view");
    });
    await check("nothing was fetched from elsewhere", async () => {
      assert(fetched.length === 0, fetched.join(" "));
    });
  });
}

await scene("a program that is missing", { settings: { "corroborate.server.path": "/nowhere/corroborate" } }, async () => {
  await check("it is said once", async () => {
    await within("a message", async () => (await toasts()).length > 0);
    await sleep(4000);
    const shown = await toasts();
    await picture("vscode-missing");
    assert(shown.length === 1 && shown[0].includes("/nowhere/corroborate"), shown.join(" / "));
    return shown[0];
  });
});

console.log(failures === 0 ? "\nall checks passed" : `\n${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
