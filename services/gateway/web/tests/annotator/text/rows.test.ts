import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { splitsPair } from "../../../src/annotator/text/code-points";
import { Passage } from "../../../src/annotator/text/passage";
import { LONGEST, Rows } from "../../../src/annotator/text/rows";
import { anyText, FAMILY, HEBREW } from "./texts";

const rowsOf = (text: string): string[] => {
  const rows = new Rows(text);
  return Array.from({ length: rows.count }, (_, row) => text.slice(rows.range(row).start, rows.range(row).end));
};

describe("rows", () => {
  it("end at every kind of line end", () => {
    expect(rowsOf("a\nb\r\nc\rd\r\n\n")).toEqual(["a", "b", "c", "d", "", ""]);
    expect(rowsOf("")).toEqual([""]);
  });

  it("lose no character and cut none", () => {
    const text = anyText.map((part) => part.repeat(90));
    fc.assert(fc.property(fc.oneof(anyText, text), (all) => {
      const rows = new Rows(all);
      let place = 0;
      for (let row = 0; row < rows.count; row += 1) {
        const { start, end } = rows.range(row);
        expect(start).toBe(place);
        expect(end - start).toBeLessThanOrEqual(LONGEST + 1);
        expect(all.slice(end, rows.start(row + 1))).toMatch(/^(?:\r\n|\r|\n|)$/);
        expect(splitsPair(all, start)).toBe(false);
        place = rows.start(row + 1);
      }
      expect(place).toBe(all.length);
    }), { numRuns: 60 });
  });

  it("are found again by any place in them", () => {
    fc.assert(fc.property(anyText, (text) => {
      const rows = new Rows(text);
      for (let row = 0; row < rows.count; row += 1) {
        expect(rows.at(rows.start(row))).toBe(row);
        expect(rows.at(Math.max(rows.start(row), rows.start(row + 1) - 1))).toBe(row);
      }
    }));
  });

  it("break long lines at white space, else between characters", () => {
    const words = rowsOf("lorem ipsum ".repeat(1500));
    expect(words.every((row) => row.endsWith(" "))).toBe(true);
    const emoji = rowsOf(FAMILY.repeat(1500));
    expect(emoji.every((row) => row.length % FAMILY.length === 0)).toBe(true);
  });

  it("read as their line does", () => {
    const rows = new Rows(`${HEBREW} ${"abc ".repeat(3000)}\nlatin ${"abc ".repeat(3000)}`);
    expect([rows.direction(0), rows.direction(1), rows.direction(rows.count - 1)]).toEqual(["auto", "rtl", "ltr"]);
  });
});

describe("one line of 50 MB", () => {
  it.each([["without spaces", "x".repeat(50_000_000)], ["of emoji", "😀".repeat(12_500_000)]])("%s is cut into short rows in a moment", (_name, text) => {
    const started = performance.now();
    const passage = new Passage(text);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(passage.rows.count).toBeGreaterThan(6_000);
    expect(passage.points.count).toBe(text.startsWith("x") ? 50_000_000 : 12_500_000);
    expect(passage.points.toUnits(passage.points.count - 1)).toBe(text.startsWith("x") ? 49_999_999 : 24_999_998);
  }, 60_000);
});
