import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { halved, Levels } from "../../../src/annotator/dicom/levels";
import { sample } from "../../../src/annotator/dicom/sample";
import { boxOfPicture, visibleOf } from "../../../src/annotator/pixels/visible";

function shown(levels: Levels, picture: { width: number; height: number }, scale: number, window: { width: number; height: number }): number[] {
  const visible = visibleOf(picture, { scale, x: 0, y: 0 }, window, 1, boxOfPicture(picture));
  if (!visible) return [];
  const values = new Uint16Array(visible.width * visible.height);
  sample(levels, visible, 1, values);
  return [...values];
}

describe("DICOM pixels on the screen", () => {
  const picture = { width: 3, height: 2, pixels: Uint16Array.of(0, 100, 200, 1_000, 2_000, 65_535) };

  it("are the stored values at 1 to 1", () => {
    expect(shown(new Levels(picture), picture, 1, { width: 9, height: 9 })).toEqual([...picture.pixels]);
  });

  it("keep their edges where they are shown large", () => {
    const large = shown(new Levels(picture), picture, 4, { width: 12, height: 8 });
    expect(large).toEqual(Array.from({ length: 96 }, (_, at) => picture.pixels[Math.floor(at / 48) * 3 + Math.floor((at % 12) / 4)]));
  });

  it("stay negative where they are signed", () => {
    const signed = { width: 2, height: 1, pixels: Int16Array.of(-5, -32_768) };
    expect(shown(new Levels(signed), signed, 1, { width: 2, height: 1 }).map((bits) => (bits << 16) >> 16)).toEqual([-5, -32_768]);
  });

  it("of an even picture are one value at every scale", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }), fc.double({ min: 0.02, max: 5, noNaN: true }), fc.integer({ min: -32_768, max: 32_767 }), (width, height, scale, value) => {
        const even = { width, height, pixels: new Int16Array(width * height).fill(value) };
        const values = shown(new Levels(even), even, scale, { width: 60, height: 60 });
        expect(new Set(values.map((bits) => (bits << 16) >> 16))).toEqual(new Set(values.length > 0 ? [value] : []));
      }),
    );
  });

  it("of half a picture are means of four, of three columns the last two of one", () => {
    expect(halved(picture)).toEqual({ width: 2, height: 1, pixels: Uint16Array.of(775, 32_868) });
  });

  it("come from the smallest level that is large enough", () => {
    const levels = new Levels({ width: 64, height: 32, pixels: new Uint16Array(64 * 32) });
    expect([2, 1, 0.9, 0.5, 0.49, 0.25, 0.001].map((scale) => levels.for(scale).halvings)).toEqual([0, 0, 0, 1, 1, 2, 5]);
  });
});
