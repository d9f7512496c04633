import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { coverStroke } from "../../../src/annotator/masks/cover";
import { emptyMap } from "../../../src/annotator/masks/label-map";
import type { Stroke } from "../../../src/annotator/masks/stroke";

const SIZE = { width: 24, height: 17 };
const coordinate = fc.integer({ min: -300, max: 2_700 }).map((hundredths) => hundredths / 100);
const path = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 5 });
/** Nearer to an edge than this, both answers are right. */
const CLOSE = 1e-4;

function pixels(stroke: Stroke): Uint8Array {
  const { data, width } = emptyMap(SIZE);
  coverStroke(SIZE, stroke, (y, start, end) => data.fill(1, y * width + start, y * width + end));
  return data;
}

function brush(size: number, points: readonly (readonly [number, number])[]): Stroke {
  return { kind: "erase", size, points: Float32Array.from(points.flat()) };
}

function distance(x: number, y: number, a: readonly [number, number], b: readonly [number, number]): number {
  const square = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1])) / square));
  return Math.hypot(x - a[0] - t * (b[0] - a[0]), y - a[1] - t * (b[1] - a[1]));
}

const clamp = (value: number, length: number): number => Math.min(Math.max(Math.floor(value), 0), length - 1);

describe("brush", () => {
  it("covers the pixels whose centre is within its radius of the path, and those that hold a point", () => {
    fc.assert(
      fc.property(path, fc.integer({ min: 1, max: 20 }), (points, size) => {
        const got = pixels(brush(size, points));
        const held = new Set(points.map(([x, y]) => clamp(Math.fround(y), SIZE.height) * SIZE.width + clamp(Math.fround(x), SIZE.width)));
        const wrong = Array.from(got.keys()).filter((at) => {
          const [x, y] = [(at % SIZE.width) + 0.5, Math.floor(at / SIZE.width) + 0.5];
          const near = Math.min(...points.map((point, place) => distance(x, y, points[place - 1] ?? point, point)));
          return Math.abs(near - size / 2) > CLOSE && (got[at] === 1) !== (near < size / 2 || held.has(at));
        });
        expect(wrong).toEqual([]);
      }),
    );
  });

  it("leaves no gap, even one pixel wide", () => {
    const within = fc.tuple(fc.double({ min: 0, max: 23.99, noNaN: true }), fc.double({ min: 0, max: 16.99, noNaN: true }));
    fc.assert(
      fc.property(within, within, (from, to) => {
        const got = pixels(brush(1, [from, to]));
        const seen = new Set<number>();
        const walk = [clamp(Math.fround(from[1]), SIZE.height) * SIZE.width + clamp(Math.fround(from[0]), SIZE.width)];
        for (let at = walk.pop(); at !== undefined; at = walk.pop()) {
          if (seen.has(at) || got[at] !== 1) continue;
          seen.add(at);
          const x = at % SIZE.width;
          for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) if (x + dx >= 0 && x + dx < SIZE.width) walk.push(at + dy * SIZE.width + dx);
        }
        expect(seen.size).toBe(got.reduce((sum, one) => sum + one, 0));
      }),
    );
  });

  it("of 4 pixels clicked on a corner is a round of 12", () => {
    expect(pixels(brush(4, [[10, 8]])).reduce((sum, one) => sum + one, 0)).toBe(12);
  });
});

function inside(x: number, y: number, points: readonly (readonly [number, number])[]): boolean {
  let crossings = 0;
  points.forEach((b, place) => {
    const a = points.at(place - 1) ?? b;
    if (a[1] <= y !== b[1] <= y && a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]) <= x) crossings += 1;
  });
  return crossings % 2 === 1;
}

const fill = (points: readonly (readonly [number, number])[]): Uint8Array => pixels({ kind: "fill", label: "a", points: Float32Array.from(points.flat()) });

describe("polygon", () => {
  it("holds the pixels whose centre is inside by the even-odd rule", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 9 }), (points) => {
        const corners = points.map(([x, y]) => [Math.fround(x), Math.fround(y)] as const);
        const got = fill(points);
        const wrong = Array.from(got.keys()).filter((at) => (got[at] === 1) !== inside((at % SIZE.width) + 0.5, Math.floor(at / SIZE.width) + 0.5, corners));
        expect(wrong).toEqual([]);
      }),
    );
  });

  it("shares no pixel with its neighbour and leaves none between them", () => {
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, coordinate, (ax, ay, bx, by) => {
        // The picture, cut from its upper to its lower edge along a bent line.
        const cut = [[ax, 0], [bx, Math.abs(by) % 17], [Math.abs(ay) % 24, 17]] as const;
        const left = fill([[-99, 0], ...cut, [-99, 17]]);
        const right = fill([[99, 0], ...cut, [99, 17]]);
        expect(Array.from(left.keys()).filter((at) => (left[at] ?? 0) + (right[at] ?? 0) !== 1)).toEqual([]);
      }),
    );
  });
});
