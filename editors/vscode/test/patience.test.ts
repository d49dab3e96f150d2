import assert from "node:assert/strict";
import { test } from "node:test";
import { Patience } from "../src/patience.ts";

test("a server that ends again and again is left alone", () => {
  const patience = new Patience();
  assert.deepEqual([0, 1000, 2000, 3000].map((now) => patience.hasEnded(now)), [true, true, true, false]);
});

test("one that ends now and then is always started again", () => {
  const patience = new Patience();
  assert.ok([0, 1, 2, 3, 4, 5].every((hour) => patience.hasEnded(hour * 3_600_000)));
});
