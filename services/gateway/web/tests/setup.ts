/** A browser's stores for the tests. Files share a browser, so each finds the stores empty. */
import "fake-indexeddb/auto";

import { beforeAll } from "vitest";

import { database } from "../src/labeling/database";

beforeAll(async () => {
  const stores = await database();
  await Promise.all([stores.clear("drafts"), stores.clear("outbox")]);
  // Where there is a browser at all: what needs none runs without.
  if (typeof sessionStorage !== "undefined") {
    sessionStorage.clear();
    localStorage.clear();
  }
});
