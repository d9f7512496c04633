// @vitest-environment node
import { describe, expect, it } from "vitest";

import { intentOf, KEYMAPS, type KeyPress, type Scope } from "../../src/annotator/keys";
import { toolsOf } from "../../src/annotator/tools/offer";

const press = (key: string, shiftKey = false): KeyPress => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey });
const scopes = Object.keys(KEYMAPS) as Scope[];

describe("keymaps", () => {
  it.each(scopes)("no key of %s means two things", (scope) => {
    const keys = KEYMAPS[scope].flatMap((map) => Object.keys(map));
    expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
    expect(keys.filter((key) => /^[1-9]$/.test(key))).toEqual([]);
  });

  it.each([
    ["regions", "image_box"],
    ["regions", "image_polygon"],
    ["masks", "image_mask"],
  ] as const)("every tool has a key in %s of %s", (scope, type) => {
    const named = KEYMAPS[scope].flatMap((map) => Object.values(map).flatMap((intent) => (intent.type === "tool" ? [intent.tool] : [])));
    for (const tool of toolsOf(type)) expect(named).toContain(tool);
  });

  it("Shift makes steps large and says another thing where there is one", () => {
    expect(intentOf(press("ArrowLeft", true), "regions")).toEqual({ type: "move", direction: "left", large: true });
    expect(intentOf(press("N", true), "regions")).toEqual({ type: "previousRegion" });
    expect(intentOf(press("R", true), "regions")).toEqual({ type: "tool", tool: "rectangle" });
  });

  it("B goes back, but where one paints it is the brush", () => {
    expect([intentOf(press("b"), "regions"), intentOf(press("b"), "masks"), intentOf(press("h"), "masks")]).toEqual([{ type: "back" }, { type: "tool", tool: "brush" }, { type: "back" }]);
  });
});
