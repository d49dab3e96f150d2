import assert from "node:assert/strict";
import { test } from "node:test";
import type { Source, Status } from "../src/protocol.ts";
import { about, icon, marks, statusText } from "../src/words.ts";

const source: Source = { key: "a", title: "A", path: "sources/a.txt", uri: "file:///a", citedBy: 0 };
const status: Status = { health: "ok", quiescent: true, message: null, sources: 15, unreadable: 0, notes: 4 };

test("a source says whether it is cited, and why it cannot be read", () => {
  assert.equal(marks(source), "never cited");
  assert.equal(marks({ ...source, citedBy: 1, date: "2024-03-15" }), "cited by 1 note · 2024-03-15");
  assert.equal(marks({ ...source, unreadable: "it is encrypted" }), "not read: it is encrypted");
});

test("only what is known of a passage is shown", () => {
  assert.equal(about({ place: "p. 4", grade: "B2" }), "p. 4, B2");
});

test("the status bar tells of failure, reading and findings", () => {
  assert.equal(statusText(undefined, "gone", 0), "$(error) Corroborate");
  assert.equal(statusText({ ...status, quiescent: false }, undefined, 0), "$(sync~spin) Corroborate: reading sources");
  assert.equal(statusText(status, undefined, 1), "$(check) Corroborate: 1 finding, 15 sources");
  assert.equal(statusText({ ...status, health: "warning" }, undefined, 0), "$(warning) Corroborate: 0 findings, 15 sources");
});

test("no two verdicts look alike without colour", () => {
  const all = ["supported", "partial", "unsupported", "contradicted", "misquoted", "judgement", "not-a-claim"] as const;
  assert.equal(new Set(all.map((name) => icon(name).id)).size, all.length);
});
