import assert from "node:assert/strict";
import { test } from "node:test";
import type { Source, Status } from "../src/protocol.ts";
import { about, badge, icon, marks, role, seen, statusText, statusTooltip, wrapped } from "../src/words.ts";

const source: Source = { key: "a", title: "A", path: "sources/a.txt", uri: "file:///a", citedBy: 0 };
const status: Status = { health: "ok", quiescent: true, message: null, sources: 15, unreadable: 0, notes: 4 };

test("a source says whether it is read and cited, and why it cannot be read", () => {
  assert.equal(marks(source, false), "unread · never cited");
  assert.equal(marks({ ...source, citedBy: 1, date: "2024-03-15" }, true), "cited by 1 note · 2024-03-15");
  assert.equal(marks({ ...source, unreadable: "it is encrypted" }, false), "cannot be read: it is encrypted");
});

test("a path is shown without what nobody sees", () => {
  assert.equal(seen("sources/a\u202Egnp.\u3164b\u001B[2J\u200B.txt"), "sources/agnp.b[2J.txt");
  assert.equal(seen("sources/Übersicht – 港 1.txt"), "sources/Übersicht – 港 1.txt");
});

test("a badge tells what is unread or cannot be read", () => {
  assert.deepEqual([badge(source, false), badge(source, true), badge({ ...source, unreadable: "a scan" }, true)], ["●", "", "!"]);
});

test("only what is known of a passage is shown", () => {
  assert.equal(about({ place: "p. 4", grade: "B2" }), "p. 4, B2");
});

test("a passage is cut at blanks, and no word is lost", () => {
  const text = "She has been asked to report by the end of September and may call witnesses under oath.";
  const rows = wrapped(text, 30);
  assert.equal(rows.join(" "), text);
  assert.ok(rows.every((row) => row.length <= 30));
  assert.deepEqual(wrapped("a-word-that-is-longer-than-a-row is kept", 10), ["a-word-that-is-longer-than-a-row", "is kept"]);
  assert.deepEqual(wrapped("  "), []);
});

test("the status bar tells of failure, starting, reading and findings", () => {
  const running = true;
  assert.equal(statusText({ failure: "gone" }, 0), "$(error) Corroborate");
  assert.equal(statusText({}, 0), "$(sync~spin) Corroborate: starting");
  assert.equal(statusText({ running, status: { ...status, quiescent: false } }, 0), "$(sync~spin) Corroborate: reading sources");
  assert.equal(statusText({ running, status }, 1), "$(check) Corroborate: 1 finding, 15 sources");
  assert.equal(statusText({ running, status }, undefined), "$(check) Corroborate: 15 sources");
  assert.equal(statusText({ running, status: { ...status, health: "warning" } }, 0), "$(warning) Corroborate: 0 findings, 15 sources");
});

test("a server that does not tell how it is is not waited for", () => {
  assert.equal(statusText({ running: true }, 2), "$(check) Corroborate: 2 findings");
});

test("the tooltip says what is wrong before it counts", () => {
  const told = statusTooltip({ status: { ...status, message: "a mistake in line 2", unreadable: 1 } });
  assert.equal(told, "a mistake in line 2\n15 sources, 1 that cannot be read, 4 notes");
});

test("passages for and against a sentence differ without colour", () => {
  const ids = (["supports", "conflicts", "nearest"] as const).map((name) => role(name).id);
  assert.equal(new Set(ids).size, 3);
});

test("no two verdicts look alike without colour", () => {
  const all = ["supported", "partial", "unsupported", "contradicted", "misquoted", "judgement", "not-a-claim"] as const;
  assert.equal(new Set(all.map((name) => icon(name).id)).size, all.length);
});
