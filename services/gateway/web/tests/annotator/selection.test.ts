import { describe, expect, it } from "vitest";

import { afterLabel, keepWithin, move, NONE, selectAll, targets, toggle } from "../../src/annotator/selection";

const items = ["a", "b", "c", "d", "e", "f"];

describe("targets", () => {
  it("is the only image of a page without being selected", () => {
    expect(targets(NONE, ["a"])).toEqual(["a"]);
  });

  it("is what was selected, in the order of the page", () => {
    expect(targets(toggle(toggle(NONE, "c"), "a"), items)).toEqual(["a", "c"]);
    expect(targets(NONE, items)).toEqual([]);
  });
});

describe("after a label", () => {
  it("multi-label selects nothing (F133)", () => {
    expect(targets(afterLabel(selectAll(NONE, items), true), items)).toEqual([]);
  });

  it("multi-class keeps the images for a correction, but another image starts anew", () => {
    const spent = afterLabel(toggle(NONE, "a"), false);
    expect(targets(spent, items)).toEqual(["a"]);
    expect(targets(toggle(spent, "b"), items)).toEqual(["b"]);
    expect(targets(toggle(spent, "a"), items)).toEqual([]);
  });
});

describe("the keyboard's place", () => {
  it("moves in the grid and stays at its edges", () => {
    const at = (cursor: number) => ({ ...NONE, cursor });
    expect(move(at(1), "down", 6, 3).cursor).toBe(4);
    expect(move(at(4), "up", 6, 3).cursor).toBe(1);
    expect(move(at(0), "left", 6, 3).cursor).toBe(0);
    expect(move(at(4), "down", 6, 3).cursor).toBe(4);
    expect(move(at(5), "right", 6, 3).cursor).toBe(5);
  });

  it("stays on the page when items leave it", () => {
    expect(keepWithin({ items: new Set(["a", "f"]), cursor: 5, spent: false }, ["a", "b"])).toEqual({ items: new Set(["a"]), cursor: 1, spent: false });
  });
});
