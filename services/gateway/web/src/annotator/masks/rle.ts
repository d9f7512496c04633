/**
 * COCO's compressed run lengths: one string a class over a picture's pixels, columns first. The format is that of
 * `rleEncode` and `rleToString` in cocoapi's maskApi.c, byte for byte.
 */
import type { Size } from "../viewport";
import type { LabelMap } from "./label-map";

/** Columns that are turned at a time: reading single columns out of rows misses every cache. */
const BLOCK = 64;
const MOST_PIXELS = 2 ** 31 - 1;

export class RleError extends Error {
  constructor(readonly code: "broken" | "size") {
    super(code === "size" ? "the runs do not add up to the size of the picture" : "these are no run lengths");
  }
}

/** Runs of one class: background and class in turn, beginning with background. */
class Runs {
  readonly counts: number[] = [];
  private end = 0;

  add(start: number, end: number): void {
    this.counts.push(start - this.end, end - start);
    this.end = end;
  }

  finish(pixels: number): readonly number[] {
    if (this.end < pixels) this.counts.push(pixels - this.end);
    return this.counts;
  }
}

/** The runs of each class in use, by its byte. */
export function encode(map: LabelMap): ReadonlyMap<number, string> {
  const found = new Map<number, Runs>();
  const pixels = map.width * map.height;
  let value = 0;
  let start = 0;
  const turn = (at: number, next: number): void => {
    if (value !== 0) {
      const runs = found.get(value) ?? new Runs();
      found.set(value, runs);
      runs.add(start, at);
    }
    value = next;
    start = at;
  };
  eachColumn(map, (x, column) => {
    for (let y = 0; y < column.length; y += 1) if (column[y] !== value) turn(x * map.height + y, column[y] ?? 0);
  });
  turn(pixels, 0);
  return new Map([...found].map(([byte, runs]) => [byte, toText(runs.finish(pixels))]));
}

function eachColumn({ data, width, height }: LabelMap, visit: (x: number, column: Uint8Array) => void): void {
  const block = new Uint8Array(BLOCK * height);
  for (let left = 0; left < width; left += BLOCK) {
    const columns = Math.min(BLOCK, width - left);
    for (let y = 0; y < height; y += 1) {
      const row = y * width + left;
      for (let x = 0; x < columns; x += 1) block[x * height + y] = data[row + x] ?? 0;
    }
    for (let x = 0; x < columns; x += 1) visit(left + x, block.subarray(x * height, (x + 1) * height));
  }
}

/** Paints the runs of one class into a map. Throws RleError, with the map unchanged, when they do not fit. */
export function paintRuns(map: LabelMap, counts: string, value: number): void {
  const runs = fromText(counts);
  checkSum(runs, map);
  let at = 0;
  runs.forEach((length, place) => {
    if (place % 2 === 1) paintRun(map, at, length, value);
    at += length;
  });
}

function paintRun({ data, width, height }: LabelMap, start: number, length: number, value: number): void {
  let x = Math.floor(start / height);
  let y = start - x * height;
  for (let left = length; left > 0; left -= 1) {
    data[y * width + x] = value;
    y += 1;
    if (y === height) {
      y = 0;
      x += 1;
    }
  }
}

function checkSum(runs: readonly number[], { width, height }: Size): void {
  let sum = 0;
  for (const length of runs) sum += length;
  if (sum !== width * height) throw new RleError("size");
}

/** Six bits a character: five of the number, one that says that more follow. From the fourth on, the difference to the run before last. */
export function toText(runs: readonly number[]): string {
  const codes: number[] = [];
  runs.forEach((length, place) => {
    let rest = place > 2 ? length - (runs[place - 2] ?? 0) : length;
    for (let more = true; more; ) {
      const low = rest & 0x1f;
      rest >>= 5;
      more = low & 0x10 ? rest !== -1 : rest !== 0;
      codes.push((more ? low | 0x20 : low) + 48);
    }
  });
  return new TextDecoder("latin1").decode(Uint8Array.from(codes));
}

/** The runs that a text stands for. Throws RleError when it is none. */
export function fromText(text: string): number[] {
  const runs: number[] = [];
  let place = 0;
  while (place < text.length) {
    let number = 0;
    let bits = 0;
    for (let more = true; more; bits += 5) {
      const code = text.charCodeAt(place) - 48;
      if (!(code >= 0 && code < 64) || bits > 30) throw new RleError("broken");
      number += (code & 0x1f) * 2 ** bits;
      more = (code & 0x20) !== 0;
      if (!more && (code & 0x10) !== 0) number -= 2 ** (bits + 5);
      place += 1;
    }
    if (runs.length > 2) number += runs[runs.length - 2] ?? 0;
    if (number < 0 || number > MOST_PIXELS) throw new RleError("broken");
    runs.push(number);
  }
  return runs;
}
