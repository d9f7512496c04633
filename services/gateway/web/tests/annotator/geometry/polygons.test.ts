// @vitest-environment node
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { toCorners } from "../../../src/annotator/geometry/corners";
import { distanceToOutline, isInside } from "../../../src/annotator/geometry/hit";
import { inPicture, type Point, rounded } from "../../../src/annotator/geometry/point";
import { distanceToSegment, nearestOn } from "../../../src/annotator/geometry/segment";
import { crossesLine, isSimple } from "../../../src/annotator/geometry/simple";

const hundredths = (most: number) => fc.integer({ min: 0, max: most * 100 }).map((value) => value / 100);
const point = fc.record({ x: hundredths(1000), y: hundredths(1000) });

/** Corners on rays around a centre, in order: such a polygon never crosses itself. */
const star = fc.array(fc.integer({ min: 200, max: 40_000 }), { minLength: 3, maxLength: 24 }).map((radii) =>
  radii.map((radius, at): Point => {
    const angle = (2 * Math.PI * at) / radii.length;
    return { x: rounded(500 + (radius / 100) * Math.cos(angle)), y: rounded(500 + (radius / 100) * Math.sin(angle)) };
  }),
);

const shape = (text: string): Point[] => toCorners(text.split(" ").map(Number));

describe("simple polygons", () => {
  it.each([
    ["a square", "0 0 4 0 4 4 0 4", true],
    ["a notch", "0 0 4 0 4 4 2 1 0 4", true],
    ["a bow tie", "0 0 4 4 4 0 0 4", false],
    ["a corner on another edge", "0 0 4 0 4 4 2 0 0 4", false],
    ["a corner twice", "0 0 4 0 4 4 4 0 0 4", false],
    ["an edge back over itself", "0 0 4 0 2 0 2 4", false],
    ["all on a line", "0 0 2 2 4 4", false],
    ["two corners", "0 0 4 4", false],
    ["crossing by a hundredth", "0 0 4 0 4 4 2 -0.01 0 4", false],
    ["missing by a hundredth", "0 0 4 0 4 4 2 0.01 0 4", true],
  ])("%s", (_name, text, good) => expect(isSimple(shape(text))).toBe(good));

  it("holds for every star, from whichever corner it begins", () => {
    fc.assert(fc.property(star, fc.nat(), (corners, turn) => {
      const at = turn % corners.length;
      expect(isSimple([...corners.slice(at), ...corners.slice(0, at)])).toBe(true);
    }));
  });

  it("says the same of the edges that changed as of all", () => {
    fc.assert(fc.property(star, fc.nat(), point, (corners, turn, to) => {
      const at = turn % corners.length;
      const moved = corners.with(at, to);
      expect(isSimple(moved, [(at + corners.length - 1) % corners.length, at])).toBe(isSimple(moved));
    }));
  });

  it("finds a crossing while it is drawn, corner by corner", () => {
    fc.assert(fc.property(star, (corners) => {
      corners.forEach((corner, at) => expect(at > 0 && crossesLine(corners.slice(0, at), corner)).toBe(false));
    }));
    expect(crossesLine(shape("0 0 4 0 4 4"), { x: 2, y: -1 })).toBe(true);
    expect(crossesLine(shape("0 0 4 0"), { x: 2, y: 0 })).toBe(true);
  });
});

describe("inside and near", () => {
  it("agrees with the drawn triangle", () => {
    const triangle = shape("0 0 10 0 0 10");
    expect([{ x: 2, y: 2 }, { x: 6, y: 6 }, { x: -1, y: 5 }].map((one) => isInside(one, triangle))).toEqual([true, false, false]);
    expect(distanceToOutline({ x: 5, y: -3 }, triangle)).toBe(3);
  });

  it("holds the middle of every star, and nothing outside its bounds", () => {
    fc.assert(fc.property(star, (corners) => {
      fc.pre(corners.length > 4);
      expect(isInside({ x: 500.001, y: 500.002 }, corners)).toBe(true);
      expect(isInside({ x: 1500, y: 500 }, corners)).toBe(false);
    }));
  });

  it("the nearest point of a segment is on it, and no end is nearer", () => {
    fc.assert(fc.property(point, point, point, (at, a, b) => {
      const foot = nearestOn(at, a, b);
      expect(distanceToSegment(foot, a, b)).toBeLessThan(1e-6);
      const far = distanceToSegment(at, a, b);
      for (const end of [a, b]) expect(far).toBeLessThanOrEqual(Math.hypot(at.x - end.x, at.y - end.y) + 1e-9);
    }));
  });
});

describe("numbers", () => {
  it("are hundredths inside the picture, whatever comes", () => {
    const size = { width: 640, height: 481 };
    fc.assert(fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (x, y) => {
      const inside = inPicture({ x, y }, size);
      expect(inside.x >= 0 && inside.x <= 640 && inside.y >= 0 && inside.y <= 481).toBe(true);
      expect(inside.x).toBe(Number(inside.x.toFixed(2)));
    }));
  });
});
