import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { candidates, find } from "../src/server.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "corroborate-"));

/** A program that prints a line. */
function program(name: string, line: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `#!/bin/sh\necho "${line}"\n`, { mode: 0o755 });
  return file;
}

test("a setting is the only candidate", () => {
  assert.deepEqual(candidates("/opt/x", "/ext", "/bin"), [{ program: "/opt/x", origin: "the setting corroborate.server.path" }]);
});

test("~ in a setting is the user's folder", () => {
  assert.equal(candidates("~/bin/corroborate", "/ext", "")[0]?.program, path.join(os.homedir(), "bin/corroborate"));
});

test("the bundled program goes before the PATH, and relative folders of the PATH do not count", () => {
  const found = candidates("", "/ext", ["/a", ".", "bin", "/b"].join(path.delimiter)).map((candidate) => candidate.program);
  assert.deepEqual(found, ["/ext/bundled/corroborate", "/a/corroborate", "/b/corroborate"]);
});

test("the first program that is there is asked for its version", async () => {
  program("one/corroborate", "corroborate 0.1.7");
  const found = await find(candidates("", path.join(folder, "none"), path.join(folder, "one")), "0.1.0");
  assert.equal(found.version, "0.1.7");
  assert.equal(found.origin, "the PATH");
});

test("what is missing, strange or too old is said in one sentence", async () => {
  const refused = (setting: string, searched: string) => find(candidates(setting, folder, searched), "0.1.0").then(() => assert.fail("it was found"), (error: Error) => error.message);
  assert.equal(await refused("", ""), "The program “corroborate” was not found: not in the extension, and not on the PATH.");
  assert.match(await refused(path.join(folder, "nowhere"), ""), /is not there or cannot be run\.$/);
  assert.equal(await refused("corroborate", folder), "“corroborate” of the setting corroborate.server.path is not a full path.");
  assert.match(await refused(program("other", "hello"), ""), /does not answer “--version” as corroborate does\.$/);
  assert.match(await refused(program("old", "corroborate 0.0.9"), ""), /is version 0\.0\.9, which does not fit the extension \(0\.1\.0\)\.$/);
});
