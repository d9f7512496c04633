import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { CodePoints, splitsPair } from "../../../src/annotator/text/code-points";
import { anyText, FAMILY } from "./texts";

const long = anyText.map((text) => `${text}😀`.repeat(40));

describe("code points", () => {
  it("are counted as a walk over the text counts them", () => {
    fc.assert(fc.property(fc.oneof(anyText, long), (text) => {
      expect(new CodePoints(text).count).toBe(Array.from(text).length);
    }));
  });

  it("come back from every place that does not split a pair", () => {
    fc.assert(fc.property(fc.oneof(anyText, long), (text) => {
      const points = new CodePoints(text);
      for (let unit = 0; unit <= text.length; unit += 1) {
        if (splitsPair(text, unit)) expect(points.toUnits(points.toCodePoints(unit))).toBe(unit - 1);
        else expect(points.toUnits(points.toCodePoints(unit))).toBe(unit);
      }
    }), { numRuns: 60 });
  });

  it("cut out the same text as a list of code points does", () => {
    const text = `a😀b ${FAMILY} \ud83d\r\nend`;
    const points = new CodePoints(text);
    const list = Array.from(text);
    for (let start = 0; start < list.length; start += 1) {
      expect(text.slice(points.toUnits(start), points.toUnits(start + 2))).toBe(list.slice(start, start + 2).join(""));
    }
  });

  it("stay within the text", () => {
    const points = new CodePoints("😀a");
    expect([points.toUnits(99), points.toUnits(-1), points.toCodePoints(99), points.toCodePoints(-5)]).toEqual([3, 0, 2, 0]);
  });
});
