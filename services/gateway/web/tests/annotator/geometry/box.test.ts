// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { boxAround, boxBetween, handleAt, hasArea, shifted, shiftWithin, stretched } from "../../../src/annotator/geometry/box";
import { boundsOf } from "../../../src/annotator/geometry/bounds";

const PICTURE = { width: 320, height: 200 };
const wild = fc.record({ x: fc.double({ min: -1e4, max: 1e4, noNaN: true }), y: fc.double({ min: -1e4, max: 1e4, noNaN: true }) });
const inside = fc.record({ x: fc.double({ min: 0, max: 320, noNaN: true }), y: fc.double({ min: 0, max: 200, noNaN: true }) });
const within = ({ x0, y0, x1, y1 }: { x0: number; y0: number; x1: number; y1: number }): boolean => x0 >= 0 && y0 >= 0 && x1 <= 320 && y1 <= 200 && x0 <= x1 && y0 <= y1;
const box = fc.tuple(inside, inside).map(([a, b]) => boxBetween(a, b, PICTURE)).filter(hasArea);

describe("boxes never leave the picture", () => {
  it("when drawn", () => fc.assert(fc.property(wild, wild, (a, b) => {
    expect(within(boxBetween(a, b, PICTURE))).toBe(true);
  })));

  it("when placed, of any size", () => {
    fc.assert(fc.property(wild, fc.double({ min: 0.01, max: 1e4, noNaN: true }), fc.double({ min: 0.01, max: 1e4, noNaN: true }), (at, width, height) => {
      expect(within(boxAround(at, { width, height }, PICTURE))).toBe(true);
    }));
  });

  it("when stretched by any handle to anywhere; the other side stays", () => {
    const side = fc.constantFrom("x0" as const, "x1" as const, null);
    const edge = fc.constantFrom("y0" as const, "y1" as const, null);
    fc.assert(fc.property(box, side, edge, wild, (was, x, y, to) => {
      const now = stretched(was, { x, y }, to, PICTURE);
      expect(within(now)).toBe(true);
      if (x === "x0") expect([now.x0, now.x1]).toContain(was.x1);
      if (x === null) expect([now.x0, now.x1]).toEqual([was.x0, was.x1]);
      if (y === null) expect([now.y0, now.y1]).toEqual([was.y0, was.y1]);
    }));
  });

  it("when moved, and keep their size to the hundredth", () => {
    fc.assert(fc.property(box, wild, (was, by) => {
      const points = [was.x0, was.y0, was.x1, was.y1];
      const now = boundsOf(shifted(points, shiftWithin(was, by.x, by.y, PICTURE)));
      expect(within(now)).toBe(true);
      expect(now.x1 - now.x0).toBeCloseTo(was.x1 - was.x0, 6);
      expect(now.y1 - now.y0).toBeCloseTo(was.y1 - was.y0, 6);
    }));
  });
});

describe("handles", () => {
  const large = { x0: 100, y0: 100, x1: 200, y1: 150 };
  it.each([
    [{ x: 100, y: 100 }, { x: "x0", y: "y0" }],
    [{ x: 204, y: 125 }, { x: "x1", y: null }],
    [{ x: 150, y: 145 }, { x: null, y: "y1" }],
    [{ x: 150, y: 125 }, null],
    [{ x: 210, y: 125 }, null],
  ])("at %o", (at, handle) => expect(handleAt(large, at, 6)).toEqual(handle));

  it("leave the inside of a small box to be moved by", () => {
    expect(handleAt({ x0: 10, y0: 10, x1: 16, y1: 16 }, { x: 13, y: 13 }, 6)).toBeNull();
  });
});
