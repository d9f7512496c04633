import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Heights } from "../../../src/annotator/text/heights";
import { HIGHEST, ratio, visible, within } from "../../../src/annotator/text/window";

const changes = fc.array(fc.tuple(fc.nat(60), fc.nat(90)), { maxLength: 40 });

describe("heights", () => {
  it("are those of a plain list, after any measurements", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 61 }), changes, (list, measured) => {
      const heights = new Heights(list.length, (row) => list[row] ?? 0);
      for (const [row, height] of measured) {
        const change = heights.set(row, height + 1);
        expect(change).toBe(row < list.length ? height + 1 - (list[row] ?? 0) : 0);
        if (row < list.length) list[row] = height + 1;
      }
      let top = 0;
      list.forEach((height, row) => {
        expect(heights.top(row)).toBe(top);
        expect([heights.at(top), heights.at(top + height - 1)]).toEqual([row, row]);
        top += height;
      });
      expect(heights.total).toBe(top);
      expect(heights.at(top + 1000)).toBe(list.length - 1);
    }));
  });
});

describe("window", () => {
  const heights = new Heights(10_000_000, () => 25);

  it("holds the rows in view and a few around", () => {
    const { first, last } = visible(heights, 1_000_000, 700);
    expect(first).toBeLessThan(40_000);
    expect(last).toBeGreaterThan(40_028);
    expect(last - first).toBeLessThan(100);
  });

  it("reaches both ends of a text that no browser can scroll", () => {
    const by = ratio(heights.total, 700);
    expect(within(0 * by, heights.total, 700)).toBe(0);
    expect(Math.round((HIGHEST - 700) * by)).toBe(heights.total - 700);
    expect(ratio(5_000, 700)).toBe(1);
  });
});
