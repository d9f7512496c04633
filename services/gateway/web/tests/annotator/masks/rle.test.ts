import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { emptyMap, type LabelMap } from "../../../src/annotator/masks/label-map";
import { encode, fromText, paintRuns, RleError, toText } from "../../../src/annotator/masks/rle";

const map = fc
  .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) => fc.array(fc.constantFrom(0, 0, 0, 1, 2, 255), { minLength: width * height, maxLength: width * height }).map((data): LabelMap => ({ width, height, data: Uint8Array.from(data) })));

describe("run lengths", () => {
  it("decode to the pixels that they were made from", () => {
    fc.assert(
      fc.property(map, (picture) => {
        const back = emptyMap(picture);
        for (const [value, counts] of encode(picture)) paintRuns(back, counts, value);
        expect(back).toEqual(picture);
      }),
    );
  });

  it("go into a text and back", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 })), (runs) => {
        expect(fromText(toText(runs))).toEqual(runs);
      }),
    );
  });

  it("are those of COCO", () => {
    // pycocotools.mask.encode of a picture of 4 columns and 3 rows whose second column and last pixel are set.
    const picture: LabelMap = { width: 4, height: 3, data: Uint8Array.from([0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1]) };
    expect(encode(picture)).toEqual(new Map([[1, "335N"]]));
  });

  it.each([["", "size"], ["3", "size"], ["é", "broken"], ["3P", "broken"], ["ooooooooooooo", "broken"], ["O", "broken"]])("refuses %j", (counts, code) => {
    const picture = emptyMap({ width: 4, height: 3 });
    expect(() => paintRuns(picture, counts, 1)).toThrow(expect.objectContaining({ code }) as RleError);
    expect(new Set(picture.data)).toEqual(new Set([0]));
  });

  it("never fails in another way", () => {
    fc.assert(
      fc.property(fc.string(), (counts) => {
        try {
          paintRuns(emptyMap({ width: 4, height: 3 }), counts, 1);
        } catch (error) {
          expect(error).toBeInstanceOf(RleError);
        }
      }),
    );
  });
});
