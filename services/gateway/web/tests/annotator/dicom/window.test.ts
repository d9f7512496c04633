import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { dragged, greyOf, greyWords, wholeRange } from "../../../src/annotator/dicom/window";

const identity = { signed: false, slope: 1, intercept: 0, inverted: false };
const byteOf = (words: Uint32Array, stored: number): number => (words[stored & 0xffff] ?? 0) & 0xff;

describe("window", () => {
  // The example of PS3.3 C.11.2.1.2.1: y from 0 to 255.
  it.each([
    [{ center: 2048, width: 4096 }, 0, 0],
    [{ center: 2048, width: 4096 }, 4095, 255],
    [{ center: 2048, width: 4096 }, 2047.5, 127.5],
    [{ center: 2048, width: 1 }, 2047, 0],
    [{ center: 2048, width: 1 }, 2048, 255],
    [{ center: 0, width: 100 }, -50, 0],
    [{ center: 0, width: 100 }, 49, 255],
    [{ center: 0, width: 100 }, -51, 0],
    [{ center: 0, width: 100 }, 1_000, 255],
  ])("%j maps %d to %d", (window, value, grey) => {
    expect(greyOf(value, { kind: "linear", ...window }) * 255).toBeCloseTo(grey, 10);
  });

  it("of the whole range shows its ends black and white, and no other value so in between", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (least, span) => {
        const range = wholeRange(least, least + span);
        expect(greyOf(least, range)).toBeCloseTo(0, 5);
        expect(greyOf(least + span, range)).toBeCloseTo(1, 5);
        expect(greyOf(least + span / 2, range)).toBeCloseTo(0.5, 5);
      }),
    );
  });

  it("never gets darker with a larger value", () => {
    const window = fc.record({ kind: fc.constantFrom("linear" as const, "exact" as const, "sigmoid" as const), center: fc.integer({ min: -2_000, max: 2_000 }), width: fc.integer({ min: 0, max: 4_000 }) });
    fc.assert(fc.property(window, fc.integer({ min: -5_000, max: 5_000 }), (mapping, value) => greyOf(value, mapping) <= greyOf(value + 1, mapping)));
  });

  it("of a sigmoid is half grey in its middle and never quite black or white", () => {
    const sigmoid = { kind: "sigmoid", center: 100, width: 40 } as const;
    expect([60, 100, 140].map((value) => greyOf(value, sigmoid).toFixed(4))).toEqual(["0.0180", "0.5000", "0.9820"]);
  });

  it("of one value is a threshold", () => {
    expect([greyOf(7, wholeRange(7, 7)), greyOf(8, wholeRange(7, 7))]).toEqual([0, 1]);
  });

  it("is the other way round for MONOCHROME1", () => {
    const mapping = { kind: "linear", center: 128, width: 256 } as const;
    const plain = greyWords(identity, mapping);
    const inverted = greyWords({ ...identity, inverted: true }, mapping);
    for (const stored of [0, 1, 100, 255, 4_000]) expect(byteOf(inverted, stored)).toBe(255 - byteOf(plain, stored));
  });

  it("is given in rescaled values: of signed ones too", () => {
    const words = greyWords({ ...identity, signed: true, slope: 2, intercept: -1_024 }, { kind: "linear", center: -1_024.5, width: 2 });
    expect([byteOf(words, -1), byteOf(words, 0), byteOf(words, 1), byteOf(words, 32_767), byteOf(words, -32_768)]).toEqual([0, 255, 255, 255, 0]);
  });

  it("table gives what stands in it, its ends beyond them", () => {
    const words = greyWords(identity, { kind: "table", first: 10, bits: 8, entries: Uint16Array.of(5, 200, 30, 255) });
    expect([0, 10, 11, 12, 13, 999].map((stored) => byteOf(words, stored))).toEqual([5, 5, 200, 30, 255, 255]);
  });

  it("opens with a drag to the right, rises with a drag down, and is never without width", () => {
    const from = { kind: "linear", center: 100, width: 50 } as const;
    expect(dragged(from, 512, -256, 1_024)).toEqual({ kind: "linear", center: -156, width: 562 });
    expect(dragged(from, -9_999, 0, 1_024).width).toBe(1);
    expect(dragged({ ...from, kind: "exact" }, -9_999, 0, 1_024).width).toBeGreaterThan(0);
  });
});
