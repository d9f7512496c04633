import { describe, expect, it } from "vitest";

import { decodeLayers, encodeWork } from "../../../src/annotator/masks/flatten";
import { RleError } from "../../../src/annotator/masks/rle";
import type { Stroke } from "../../../src/annotator/masks/stroke";

const SIZE = { width: 12, height: 8 };
const square = (label: string, left: number, right: number): Stroke => ({ kind: "fill", label, points: Float32Array.of(left, 2, right, 2, right, 6, left, 6) });
const count = (data: Uint8Array, byte: number): number => data.filter((value) => value === byte).length;

describe("a finished mask", () => {
  it("holds what was painted, and polygons over it", () => {
    const layers = encodeWork(SIZE, { base: [], strokes: [square("cat", 0, 6)] }, [square("dog", 4, 8)]);
    const { labels, data } = decodeLayers(SIZE, layers);
    expect(labels).toEqual(["cat", "dog"]);
    expect([count(data, 1), count(data, 2)]).toEqual([16, 16]);
  });

  it("has no layer for a label of which nothing is left", () => {
    const erased: Stroke = { kind: "erase", size: 40, points: Float32Array.of(6, 4) };
    expect(encodeWork(SIZE, { base: [], strokes: [square("cat", 0, 6), erased] }, [])).toEqual([]);
  });

  it("goes on from the mask that the item came with", () => {
    const base = encodeWork(SIZE, { base: [], strokes: [square("dog", 0, 4)] }, []);
    const { labels, data } = decodeLayers(SIZE, encodeWork(SIZE, { base, strokes: [square("cat", 2, 6)] }, []));
    expect(labels.map((label, place) => [label, count(data, place + 1)])).toEqual([["dog", 8], ["cat", 16]]);
  });

  it("refuses a mask of another size", () => {
    const base = encodeWork({ width: 12, height: 9 }, { base: [], strokes: [square("dog", 0, 4)] }, []);
    expect(() => decodeLayers(SIZE, base)).toThrow(RleError);
  });
});
