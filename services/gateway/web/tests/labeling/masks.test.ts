import { describe, expect, it } from "vitest";

import type { SubmitItem } from "../../src/api/labeling-types";
import type { Outgoing } from "../../src/labeling/database";
import { withMasks } from "../../src/labeling/masks";

const item: SubmitItem = { id: "p/1", version: 1, skip: false, answers: [{ set: "main", labels: ["x"] }], regions: [], effort: { active_ms: 0, actions: 1, shown_at: null } };
const older: Outgoing = { key: "k", user: "ada", project: "p", token: "t", items: [item], names: {}, createdAt: 0 };

describe("items as they are sent", () => {
  it("go as they are out of an entry that was stored before there were masks", async () => {
    expect(await withMasks(older.items, older.masks)).toEqual([item]);
  });
});
