/**
 * Places in a text by Unicode code points, as spans are stored, and by UTF-16 units, as the browser counts. A sparse table
 * holds the count at every 256th unit, so that a lookup reads at most that many units of a text of any length. A lone
 * surrogate is one code point, as in Python.
 */

const STRIDE = 256;
const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

function isHigh(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

/** True between the two halves of a surrogate pair: no place for an edge. */
export function splitsPair(text: string, unit: number): boolean {
  const code = text.charCodeAt(unit);
  return code >= 0xdc00 && code < 0xe000 && unit > 0 && isHigh(text.charCodeAt(unit - 1));
}

export class CodePoints {
  /** Code points in the whole text. */
  readonly count: number;
  /** Code points that begin before unit `i * STRIDE`; null where units and code points are the same. */
  private readonly table: Uint32Array | null;

  constructor(private readonly text: string) {
    this.table = PAIR.test(text) ? this.counted() : null;
    this.count = this.toCodePoints(text.length);
  }

  /** The code point that holds `unit`, or the count at the end. */
  toCodePoints(unit: number): number {
    const to = Math.max(0, Math.min(unit, this.text.length));
    if (!this.table) return to;
    const floor = splitsPair(this.text, to) ? to - 1 : to;
    const block = Math.floor(floor / STRIDE);
    let count = this.table[block] ?? 0;
    for (let at = block * STRIDE; at < floor; at += 1) if (!splitsPair(this.text, at)) count += 1;
    return count;
  }

  /** The first unit of a code point, or the end of the text. */
  toUnits(codePoint: number): number {
    if (!this.table) return Math.max(0, Math.min(codePoint, this.text.length));
    let [low, high] = [0, this.table.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.table[middle] ?? 0) <= codePoint) low = middle;
      else high = middle - 1;
    }
    let count = this.table[low] ?? 0;
    for (let at = low * STRIDE; at < this.text.length; at += 1) {
      if (splitsPair(this.text, at)) continue;
      if (count >= codePoint) return at;
      count += 1;
    }
    return this.text.length;
  }

  private counted(): Uint32Array {
    const { text } = this;
    const table = new Uint32Array(Math.floor(text.length / STRIDE) + 1);
    let count = 0;
    let high = false;
    for (let at = 0; at < text.length; at += 1) {
      if (at % STRIDE === 0) table[at / STRIDE] = count;
      const code = text.charCodeAt(at);
      if (!high || code < 0xdc00 || code > 0xdfff) count += 1;
      high = isHigh(code);
    }
    if (text.length % STRIDE === 0) table[text.length / STRIDE] = count;
    return table;
  }
}
