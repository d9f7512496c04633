/**
 * Where characters (grapheme clusters) and words begin. `Intl.Segmenter` knows; where a browser lacks it, patterns come close.
 * Both are asked about a short stretch around a place, never about a whole text, whose copy alone could be 100 MB.
 */
import type { Range } from "./range";

export type Unit = "grapheme" | "word";

/** The segment of a stretch that holds one of its places. */
export type Segmenter = (stretch: string, place: number) => Range | null;

/** Further than this no boundary is looked for. */
const REACH = 512;
const EMOJI = "\\p{RI}\\p{RI}|\\p{Extended_Pictographic}[\\p{M}\\u{fe0f}\\p{Emoji_Modifier}]*(?:\\u200d\\p{Extended_Pictographic}[\\p{M}\\u{fe0f}\\p{Emoji_Modifier}]*)*";
const PATTERNS: Record<Unit, RegExp> = {
  grapheme: new RegExp(`\\r\\n|${EMOJI}|\\P{M}[\\p{M}\\u200d\\ufe0f]*|[^]`, "gu"),
  word: new RegExp(`[\\p{L}\\p{M}\\p{N}_]+(?:['’.][\\p{L}\\p{M}\\p{N}_]+)*|\\s+|${EMOJI}|[^]`, "gu"),
};

/** Without `Intl.Segmenter`. */
export function byPattern(unit: Unit): Segmenter {
  return (stretch, place) => {
    for (const { index, 0: segment } of stretch.matchAll(PATTERNS[unit])) if (place < index + segment.length) return { start: index, end: index + segment.length };
    return null;
  };
}

function best(unit: Unit): Segmenter {
  if (!("Segmenter" in Intl)) return byPattern(unit);
  const segmenter = new Intl.Segmenter(undefined, { granularity: unit });
  return (stretch, place) => {
    const found = segmenter.segment(stretch).containing(place);
    return found ? { start: found.index, end: found.index + found.segment.length } : null;
  };
}

const LETTER = "(?![\\p{Ideographic}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}])\\p{L}\\p{M}*";
const ENDS_IN_LETTER = new RegExp(`${LETTER}$`, "u");
const STOP_IN_WORD = new RegExp(`^\\.${LETTER}`, "u");

/** Unicode parts no word at a full stop between letters (WB6 and WB7: U.S.A, e.g); Chromium's own rules do. */
export function acrossStops(segmenter: Segmenter): Segmenter {
  const joins = (stretch: string, stop: number): boolean => stop > 0 && STOP_IN_WORD.test(stretch.slice(stop)) && ENDS_IN_LETTER.test(stretch.slice(0, stop));
  return (stretch, place) => {
    const found = segmenter(stretch, joins(stretch, place) ? place - 1 : place);
    if (!found) return null;
    let { start, end } = found;
    while (joins(stretch, start - 1)) start = segmenter(stretch, start - 2)?.start ?? start - 2;
    while (joins(stretch, end)) end = segmenter(stretch, end + 1)?.end ?? end + 2;
    return { start, end };
  };
}

const SEGMENTERS: Record<Unit, Segmenter> = { grapheme: best("grapheme"), word: acrossStops(best("word")) };

/** Characters that begin a cluster wherever they stand: no line end, no mark, no sign of an emoji. */
function isPlain(code: number): boolean {
  return code >= 0x20 && code < 0xa9;
}

export const isSpace = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0x2028 || code === 0x2029 || code === 0x3000;

/** The stretch that decides about `unit`: from one safe place to the next, no further than `REACH`. */
function stretchAt(text: string, unit: number, safe: (code: number) => boolean): Range {
  let start = Math.max(0, unit - 1);
  while (start > 0 && unit - start < REACH && !safe(text.charCodeAt(start))) start -= 1;
  let end = Math.min(text.length, unit + 1);
  while (end < text.length && end - unit < REACH && !safe(text.charCodeAt(end))) end += 1;
  return { start, end };
}

/** The segment that holds the character at `unit`, or null at the end of the text. */
export function segmentAt(text: string, unit: number, kind: Unit, segmenter: Segmenter = SEGMENTERS[kind]): Range | null {
  if (unit < 0 || unit >= text.length) return null;
  const stretch = stretchAt(text, unit, kind === "grapheme" ? isPlain : isSpace);
  const found = segmenter(text.slice(stretch.start, stretch.end), unit - stretch.start);
  return found && { start: stretch.start + found.start, end: stretch.start + found.end };
}
