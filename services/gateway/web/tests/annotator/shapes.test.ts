import { describe, expect, it } from "vitest";

import { PAUSE_MS, startClock, touch } from "../../src/annotator/effort";
import { filterLabels, showLabels } from "../../src/annotator/labels";
import { fit, gridFor } from "../../src/annotator/layout";
import { clamped, fitted, panned, zoomed } from "../../src/annotator/viewport";

describe("labels", () => {
  const label = (id: string, parent = "") => ({ id, name: id.toUpperCase(), parent, color: "" });

  it("come depth first, the first nine with keys (A14)", () => {
    const shown = showLabels([label("animal"), label("plant"), label("cat", "animal"), label("dog", "animal"), label("tree", "plant")]);
    expect(shown.map((one) => [one.path, one.depth, one.key])).toEqual([
      ["ANIMAL", 0, "1"],
      ["ANIMAL/CAT", 1, "2"],
      ["ANIMAL/DOG", 1, "3"],
      ["PLANT", 0, "4"],
      ["PLANT/TREE", 1, "5"],
    ]);
  });

  it("gives no tenth key, leaves retired ones out, and every one has a colour", () => {
    const shown = showLabels([...Array.from({ length: 12 }, (_, at) => label(`l${at}`)), { ...label("old"), retired: true }]);
    expect(shown).toHaveLength(12);
    expect(shown.map((one) => one.key).join("")).toBe("123456789");
    expect(shown.every((one) => /^#[0-9a-f]{6}$/.test(one.color))).toBe(true);
    expect(filterLabels(shown, " L11 ").map((one) => one.id)).toEqual(["l11"]);
  });
});

describe("layout", () => {
  it("keeps the items that fit and releases the rest (A8)", () => {
    expect(fit(["a", "b", "c", "d"], 1)).toEqual({ keep: ["a"], release: ["b", "c", "d"] });
    expect(fit(["a"], 9)).toEqual({ keep: ["a"], release: [] });
  });

  it.each([
    [9, 9, 3, 3],
    [9, 4, 3, 2],
    [9, 2, 2, 1],
    [6, 6, 3, 2],
    [4, 3, 2, 2],
    [4, 1, 1, 1],
    [4, 8, 3, 3],
    [1, 2, 2, 1],
  ] as const)("layout %i with %i images is %i wide and %i high", (layout, count, columns, rows) => {
    expect(gridFor(layout, count)).toEqual({ columns, rows });
  });
});

describe("viewport", () => {
  const window = { width: 400, height: 200 };
  const picture = { width: 100, height: 100 };

  it("fits and centres", () => expect(fitted(window, picture)).toEqual({ scale: 2, x: 100, y: 0 }));

  it("keeps the point under the pointer while zooming", () => {
    const view = zoomed(fitted(window, picture), 4, { x: 200, y: 100 }, window, picture);
    expect((200 - view.x) / view.scale).toBeCloseTo(50);
    expect((100 - view.y) / view.scale).toBeCloseTo(50);
  });

  it("never zooms out beyond fitted, never leaves a gap", () => {
    expect(zoomed(fitted(window, picture), 0.1, { x: 0, y: 0 }, window, picture)).toEqual(fitted(window, picture));
    const large = { scale: 8, x: 0, y: 0 };
    expect(panned(large, 500, 500, window, picture)).toEqual({ scale: 8, x: 0, y: 0 });
    expect(clamped({ scale: 8, x: -9999, y: -9999 }, window, picture)).toEqual({ scale: 8, x: -400, y: -600 });
  });
});

describe("effort", () => {
  it("counts a long silence as one pause", () => {
    const clock = touch(touch(startClock(0), 5_000), 5_000 + 10 * PAUSE_MS);
    expect(clock.activeMs).toBe(5_000 + PAUSE_MS);
  });
});
