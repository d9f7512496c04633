/** The keyboard's place in a text, and what it marks with Shift held. Places are UTF-16 units. */
import { between, type Range } from "./range";
import type { Rows } from "./rows";
import { characterAfter, characterBefore, wordAfter, wordBefore } from "./words";

export interface Caret {
  /** Where marking began. */
  readonly anchor: number;
  /** Where the caret stands. */
  readonly focus: number;
}

export type Step = "character" | "word" | "row" | "text";

export const START: Caret = { anchor: 0, focus: 0 };

export function marked(caret: Caret): Range | null {
  return caret.anchor === caret.focus ? null : between(caret.anchor, caret.focus);
}

export function standAt(unit: number): Caret {
  return { anchor: unit, focus: unit };
}

/** To another place; `extend` (Shift) keeps the anchor. */
export function reach(caret: Caret, focus: number, extend: boolean): Caret {
  return { anchor: extend ? caret.anchor : focus, focus };
}

/** One step on (1) or back (-1). A step without Shift from a marked stretch goes to its edge, as everywhere. */
export function step(text: string, rows: Rows, caret: Caret, by: Step, on: 1 | -1, extend: boolean): Caret {
  const held = marked(caret);
  if (held && !extend && by === "character") return standAt(on > 0 ? held.end : held.start);
  return reach(caret, placeAfter(text, rows, caret.focus, by, on), extend);
}

function placeAfter(text: string, rows: Rows, from: number, by: Step, on: 1 | -1): number {
  switch (by) {
    case "character":
      return on > 0 ? characterAfter(text, from) : characterBefore(text, from);
    case "word":
      return on > 0 ? wordAfter(text, from) : wordBefore(text, from);
    case "row": {
      const row = rows.range(rows.at(from));
      return on > 0 ? row.end : row.start;
    }
    case "text":
      return on > 0 ? text.length : 0;
  }
}
