/** Characters and words as people see them: one step, one word, edges that never cut either. Places are UTF-16 units. */
import { isEmpty, type Range } from "./range";
import { isSpace, segmentAt } from "./segmenter";

const SPACE = /^\s+$/u;
const WORD = /[\p{L}\p{N}_]/u;
/** Scripts that are written without spaces: what a dictionary takes for a word is no reason to move an edge. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The place at `unit` or before it that does not cut a character. */
export function characterFloor(text: string, unit: number): number {
  return segmentAt(text, unit, "grapheme")?.start ?? Math.max(0, Math.min(unit, text.length));
}

export function characterCeiling(text: string, unit: number): number {
  const character = segmentAt(text, unit, "grapheme");
  return !character || character.start === unit ? Math.min(unit, text.length) : character.end;
}

export function characterAfter(text: string, unit: number): number {
  return segmentAt(text, unit, "grapheme")?.end ?? text.length;
}

export function characterBefore(text: string, unit: number): number {
  return unit <= 0 ? 0 : characterFloor(text, unit - 1);
}

/** What a double click at `unit` means: the word there or just before, else the sign there; never white space. */
export function wordAt(text: string, unit: number): Range | null {
  const here = segmentAt(text, unit, "word");
  if (here && WORD.test(text.slice(here.start, here.end))) return here;
  const before = unit > 0 ? segmentAt(text, unit - 1, "word") : null;
  if (before?.end === unit && WORD.test(text.slice(before.start, before.end))) return before;
  return here && !SPACE.test(text.slice(here.start, here.end)) ? here : null;
}

/** The end of the next word. */
export function wordAfter(text: string, unit: number): number {
  let at = unit;
  for (let part = segmentAt(text, at, "word"); part; part = segmentAt(text, at, "word")) {
    at = part.end;
    if (WORD.test(text.slice(part.start, part.end))) break;
  }
  return at;
}

/** The start of the word before. */
export function wordBefore(text: string, unit: number): number {
  let at = unit;
  while (at > 0) {
    const part = segmentAt(text, at - 1, "word");
    at = part ? part.start : at - 1;
    if (part && WORD.test(text.slice(part.start, part.end))) break;
  }
  return at;
}

function cutsWord(text: string, unit: number): Range | null {
  const word = segmentAt(text, unit, "word");
  if (!word || word.start === unit || !WORD.test(text.slice(word.start, word.end))) return null;
  return UNSPACED.test(text.slice(word.start, word.end)) ? null : word;
}

/**
 * What is tagged when `range` was marked: without white space at its edges, and with whole words at them. `exact` (Alt) leaves
 * both out; a character is never cut. Null when nothing is left.
 */
export function trimmed(text: string, range: Range, exact: boolean): Range | null {
  let start = characterFloor(text, range.start);
  let end = characterCeiling(text, range.end);
  if (!exact) {
    while (start < end && isSpace(text.charCodeAt(start))) start += 1;
    while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
    if (start < end) {
      start = characterFloor(text, cutsWord(text, start)?.start ?? start);
      end = characterCeiling(text, cutsWord(text, end)?.end ?? end);
    }
  }
  return isEmpty({ start, end }) ? null : { start, end };
}
