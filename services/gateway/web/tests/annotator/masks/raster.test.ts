import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Raster } from "../../../src/annotator/masks/raster";
import type { Stroke } from "../../../src/annotator/masks/stroke";
import { StrokePath } from "../../../src/annotator/masks/stroke-path";

const SIZE = { width: 150, height: 140 };
const coordinate = fc.integer({ min: -1_000, max: 16_000 }).map((hundredths) => hundredths / 100);
const points = fc.array(coordinate, { minLength: 1, maxLength: 4 }).chain((xs) => fc.tuple(...xs.map((x) => fc.tuple(fc.constant(x), coordinate))).map((pairs) => Float32Array.from(pairs.flat())));
const label = fc.constantFrom("cat", "dog", "owl");
const size = fc.integer({ min: 1, max: 60 });
const stroke: fc.Arbitrary<Stroke> = fc.oneof(
  fc.record({ kind: fc.constant("paint" as const), label, size, points }),
  fc.record({ kind: fc.constant("erase" as const), size, points }),
  fc.record({ kind: fc.constant("fill" as const), label, points }),
);

/** Pixels by name: which byte stands for a label depends on the order of use. */
function named(raster: Raster): string[] {
  return Array.from(raster.map.data, (byte) => raster.classes.labels[byte - 1] ?? "");
}

/** Labels with their pixels, counted one by one. */
function counted(raster: Raster): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of named(raster)) if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

const told = (raster: Raster): Map<string, number> => new Map(raster.paints().map(({ label: name, pixels }) => [name, pixels]));

function fresh(strokes: readonly Stroke[]): string[] {
  const raster = new Raster(SIZE);
  raster.show(strokes);
  return named(raster);
}

describe("raster", () => {
  it("always shows what painting its list from scratch shows", () => {
    fc.assert(
      fc.property(fc.array(stroke, { maxLength: 8 }), fc.array(fc.tuple(fc.nat(8), fc.array(stroke, { maxLength: 2 })), { maxLength: 5 }), (start, edits) => {
        const raster = new Raster(SIZE);
        let list = start;
        raster.show(list);
        for (const [kept, more] of edits) {
          list = [...list.slice(0, kept), ...more];
          raster.show(list);
          expect(named(raster)).toEqual(fresh(list));
          expect(told(raster)).toEqual(counted(raster));
        }
      }),
      { numRuns: 15 },
    );
  });

  it("paints a stroke while it grows as it paints it whole", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 30 }), size, (places, width) => {
        const raster = new Raster(SIZE);
        const [first = [0, 0], ...rest] = places;
        const path = new StrokePath({ kind: "paint", label: "cat", size: width }, { x: first[0], y: first[1] });
        raster.extend(path.stroke);
        for (const [x, y] of rest) if (path.add({ x, y })) raster.extend(path.stroke);
        const done = path.finish();
        raster.commit(done);
        expect(named(raster)).toEqual(fresh([done]));
        expect(told(raster)).toEqual(counted(raster));
        raster.show([done]);
        raster.show([]);
        expect(named(raster)).toEqual(fresh([]));
      }),
      { numRuns: 15 },
    );
  });

  it("takes a stroke under way back", () => {
    const raster = new Raster(SIZE);
    const paint: Stroke = { kind: "paint", label: "cat", size: 30, points: Float32Array.of(20, 20, 90, 90) };
    raster.show([paint]);
    raster.extend({ kind: "erase", size: 50, points: Float32Array.of(50, 50, 60, 80) });
    raster.cancel();
    expect(named(raster)).toEqual(fresh([paint]));
  });

  it("keeps a stroke under way while the same list is shown again", () => {
    const raster = new Raster(SIZE);
    raster.show([]);
    raster.extend({ kind: "paint", label: "cat", size: 9, points: Float32Array.of(50, 50) });
    raster.show([]);
    expect(raster.map.data[50 * SIZE.width + 50]).toBe(1);
  });

  it("begins with the pixels of an item and comes back to them", () => {
    const data = new Uint8Array(SIZE.width * SIZE.height).fill(2, 100, 900);
    const raster = new Raster(SIZE, { labels: ["dog", "cat"], data });
    raster.show([{ kind: "paint", label: "dog", size: 400, points: Float32Array.of(70, 70) }]);
    expect(new Set(raster.map.data)).toEqual(new Set([1]));
    expect(told(raster)).toEqual(new Map([["dog", 150 * 140]]));
    raster.show([]);
    expect(raster.map.data).toEqual(data);
    expect(told(raster)).toEqual(new Map([["cat", 800]]));
  });

  it("no longer tells of a label whose last pixel was erased", () => {
    const raster = new Raster(SIZE);
    const cat: Stroke = { kind: "paint", label: "cat", size: 4, points: Float32Array.of(50, 50) };
    raster.show([cat, { kind: "paint", label: "dog", size: 2, points: Float32Array.of(100, 100) }]);
    expect(raster.paints().map((paint) => paint.label)).toEqual(["cat", "dog"]);
    raster.show([cat, { kind: "erase", size: 6, points: Float32Array.of(50, 50) }]);
    expect(raster.paints()).toEqual([]);
  });

  it("tells what changed, once", () => {
    const raster = new Raster(SIZE);
    expect(raster.takeDirty()).toEqual({ left: 0, top: 0, right: 150, bottom: 140 });
    raster.show([{ kind: "paint", label: "cat", size: 2, points: Float32Array.of(50, 60) }]);
    expect(raster.takeDirty()).toEqual({ left: 49, top: 59, right: 51, bottom: 61 });
    expect(raster.takeDirty()).toBeNull();
  });
});
