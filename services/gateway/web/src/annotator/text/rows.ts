/**
 * A text cut into rows for display: a row is a line, or a part of a line too long to be laid out at once. Rows are cut at white
 * space where there is some near, never inside a character. A row is laid out by the browser and may wrap.
 */
import { splitsPair } from "./code-points";
import type { Range } from "./range";
import { isSpace } from "./segmenter";
import { characterFloor } from "./words";

/** Units of a row at most. */
export const LONGEST = 4_000;
const LF = 10;
const CR = 13;
const STRONG = /\p{L}/u;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Where to end a row that began at `start` and reaches `limit`. */
function breakAt(text: string, start: number, limit: number): number {
  for (let at = limit; at > limit - LONGEST / 4 && at > start; at -= 1) if (isSpace(text.charCodeAt(at - 1))) return at;
  const character = characterFloor(text, limit);
  if (character > start) return character;
  return splitsPair(text, limit) ? limit - 1 : limit;
}

/** First strong letter decides, as `dir=auto` has it. */
function isRightToLeft(line: string): boolean {
  const [letter] = STRONG.exec(line) ?? [""];
  return RIGHT_TO_LEFT.test(letter);
}

class Starts {
  count = 1;
  private places = new Uint32Array(1024);

  push(place: number): void {
    if (this.count === this.places.length) {
      const larger = new Uint32Array(this.places.length * 2);
      larger.set(this.places);
      this.places = larger;
    }
    this.places[this.count] = place;
    this.count += 1;
  }

  all(): Uint32Array {
    return this.places.slice(0, this.count);
  }
}

export class Rows {
  readonly count: number;
  private readonly starts: Uint32Array;
  /** Rows inside of a long line that reads from right to left. */
  private readonly leftward = new Set<number>();

  constructor(private readonly text: string) {
    this.starts = this.cut();
    this.count = this.starts.length;
  }

  start(row: number): number {
    return this.starts[row] ?? this.text.length;
  }

  /** The row's text without its line end. */
  range(row: number): Range {
    const start = this.start(row);
    let end = this.start(row + 1);
    if (end > start && this.text.charCodeAt(end - 1) === LF) end -= 1;
    if (end > start && this.text.charCodeAt(end - 1) === CR) end -= 1;
    return { start, end };
  }

  /** The row that holds a unit; a line end belongs to the row that it ends. */
  at(unit: number): number {
    let [low, high] = [0, this.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** How the row reads: a row that goes on a line reads as the line. */
  direction(row: number): "auto" | "ltr" | "rtl" {
    const before = row > 0 ? this.text.charCodeAt(this.start(row) - 1) : LF;
    if (before === LF || before === CR) return "auto";
    return this.leftward.has(row) ? "rtl" : "ltr";
  }

  private cut(): Uint32Array {
    const { text } = this;
    const found = new Starts();
    let start = 0;
    let rtl: boolean | null = null;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) {
        start = at + 1;
        rtl = null;
        found.push(start);
      } else if (at - start >= LONGEST && code !== CR) {
        rtl ??= isRightToLeft(text.slice(start, at));
        if (rtl) this.leftward.add(found.count);
        start = breakAt(text, start, at);
        found.push(start);
      }
    }
    return found.all();
  }
}
