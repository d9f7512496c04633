import { describe, expect, it } from "vitest";

import { NOTHING } from "../../src/annotator/page";
import { draftOf, forgetDrafts, forgetOldDrafts, keepDraft } from "../../src/labeling/drafts";

const choice = { ...NOTHING, labels: ["cat"] };

describe("drafts", () => {
  it("belong to a person, an item and a version", async () => {
    await keepDraft("ada", "p/1", 3, choice);
    expect(await draftOf("ada", "p/1", 3)).toEqual(choice);
    expect(await draftOf("ada", "p/1", 4)).toBeNull();
    expect(await draftOf("ben", "p/1", 3)).toBeNull();
  });

  it("are forgotten when told, and after 30 days", async () => {
    await keepDraft("ada", "p/2", 1, choice);
    await forgetDrafts("ada", [{ id: "p/2", version: 1 }]);
    expect(await draftOf("ada", "p/2", 1)).toBeNull();
    await keepDraft("ada", "p/3", 1, choice);
    await forgetOldDrafts(Date.now() + 29 * 24 * 3_600_000);
    expect(await draftOf("ada", "p/3", 1)).toEqual(choice);
    await forgetOldDrafts(Date.now() + 31 * 24 * 3_600_000);
    expect(await draftOf("ada", "p/3", 1)).toBeNull();
  });
});
