import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { acrossStops, byPattern, segmentAt, type Segmenter } from "../../../src/annotator/text/segmenter";
import { characterAfter, characterBefore, characterFloor, trimmed, wordAfter, wordAt, wordBefore } from "../../../src/annotator/text/words";
import { ACCENT, ARABIC, FAMILY, HEBREW, textAndPlace, textAndRange } from "./texts";

const cut = (text: string, range: { start: number; end: number } | null): string | null => range && text.slice(range.start, range.end);
const boundaries = (text: string): Set<number> => new Set([...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map((one) => one.index).concat(text.length));

describe("characters", () => {
  it.each([["family", FAMILY], ["flag", "🇩🇪"], ["accent", ACCENT], ["line end", "\r\n"], ["skin", "👍🏽"], ["keycap", "1️⃣"]])("%s is one step", (_name, sign) => {
    const text = `a${sign}b`;
    expect([characterAfter(text, 1), characterBefore(text, 1 + sign.length)]).toEqual([1 + sign.length, 1]);
  });

  it("are where the platform sees them, in every text", () => {
    fc.assert(fc.property(textAndPlace, ([text, place]) => {
      const whole = boundaries(text);
      expect(whole.has(characterFloor(text, place))).toBe(true);
      expect(whole.has(characterAfter(text, place))).toBe(true);
    }));
  });
});

describe("words", () => {
  it.each([
    ["Angela Merkel spoke", 9, "Merkel"],
    ["Angela Merkel", 13, "Merkel"],
    ["I don't know", 4, "don't"],
    [`${HEBREW} x`, 2, "שלום"],
    [ARABIC, 8, "بالعالم"],
    ["pay 3.14 €", 5, "3.14"],
    [`so ${FAMILY} it is`, 5, FAMILY],
    [`caf${ACCENT} bar`, 4, `caf${ACCENT}`],
    ["(Paris)", 1, "Paris"],
  ])("in %j at %i is %j", (text, place, word) => {
    expect(cut(text, wordAt(text, place))).toBe(word);
  });

  it("there is none in white space", () => {
    expect(wordAt("a   b", 2)).toBeNull();
    expect(wordAt("", 0)).toBeNull();
  });

  it("steps go to the next end and the last start", () => {
    const text = "One, two  three";
    expect([wordAfter(text, 0), wordAfter(text, 3), wordAfter(text, 15), wordBefore(text, 15), wordBefore(text, 10), wordBefore(text, 0)]).toEqual([3, 8, 15, 10, 5, 0]);
  });

  it("are found without Intl.Segmenter too", () => {
    const at = (text: string, place: number, unit: "word" | "grapheme") => cut(text, segmentAt(text, place, unit, byPattern(unit)));
    expect(at("say don't go", 6, "word")).toBe("don't");
    expect(at(`a${FAMILY}b`, 4, "grapheme")).toBe(FAMILY);
    expect(at(`caf${ACCENT}`, 4, "grapheme")).toBe(ACCENT);
    expect(at("a\r\nb", 2, "grapheme")).toBe("\r\n");
  });
});

describe("trimming", () => {
  it.each([
    ["  Angela Merkel  ", 0, 17, "Angela Merkel"],
    ["Angela Merkel", 3, 9, "Angela Merkel"],
    ["in (Paris).", 3, 11, "(Paris)."],
    ["a\r\nb c\r\n", 1, 8, "b c"],
    ["東京都庁", 1, 2, "京"],
    [`x ${FAMILY} y`, 4, 6, FAMILY],
  ])("of %j from %i to %i leaves %j", (text, start, end, left) => {
    expect(cut(text, trimmed(text, { start, end }, false))).toBe(left);
  });

  it("leaves edges alone with Alt, but no character in halves", () => {
    expect(cut("Angela Merkel", trimmed("Angela Merkel", { start: 3, end: 9 }, true))).toBe("ela Me");
    expect(cut("a😀b", trimmed("a😀b", { start: 2, end: 3 }, true))).toBe("😀");
  });

  it("never cuts a character and never begins or ends with white space", () => {
    fc.assert(fc.property(textAndRange, fc.boolean(), ({ text, range }, exact) => {
      const left = trimmed(text, range, exact);
      if (!left) return;
      const whole = boundaries(text);
      expect([whole.has(left.start), whole.has(left.end), left.start < left.end]).toEqual([true, true, true]);
      if (!exact) expect(text.slice(left.start, left.end).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "")).toBe(text.slice(left.start, left.end));
    }));
  });

  it("says nothing of white space alone", () => {
    expect(trimmed("a   b", { start: 1, end: 4 }, false)).toBeNull();
  });
});

describe("words with full stops in them (A17: Unicode's words)", () => {
  /** As Chromium parts them: at every stop. */
  const parting: Segmenter = (stretch, place) => {
    for (const { index, 0: part } of stretch.matchAll(/[\p{L}\p{N}_]+|\s+|[^]/gu)) if (place < index + part.length) return { start: index, end: index + part.length };
    return null;
  };

  it.each([
    ["in the U.S.A. today", "U.S.A", [7, 8, 9, 10, 11]],
    ["e.g. this", "e.g", [0, 1, 2]],
    ["It ends. Then", "ends", [3, 6]],
    ["It ends. Then", ".", [7]],
    ["U.S. 3", "U.S", [0, 2]],
    ["中.文", "中", [0]],
  ] as const)("%s: %s", (text, word, places) => {
    for (const place of places) expect(cut(text, segmentAt(text, place, "word", acrossStops(parting)))).toBe(word);
  });
});
