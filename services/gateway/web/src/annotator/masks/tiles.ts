/** What tiles of a label map held before a stroke, so that the stroke can be taken back. A tile of one class costs one number. */
import type { LabelMap } from "./label-map";

export const TILE = 64;

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function joinedRect(one: Rect | null, other: Rect): Rect {
  if (!one) return other;
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

/** Adds to `counts`, `sign` times, how many of the bytes there are of each value. */
export function tallyBytes(counts: Int32Array, bytes: Uint8Array, sign: 1 | -1): void {
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + sign;
}

export class TileRecord {
  /** Memory of the copies, about. */
  bytes = 0;
  private readonly before = new Map<number, Uint8Array | number>();
  private readonly columns: number;

  constructor(private readonly map: LabelMap) {
    this.columns = Math.ceil(map.width / TILE);
  }

  /** To be called before pixels [start, end) of row `y` change. */
  keep(y: number, start: number, end: number): void {
    const row = Math.floor(y / TILE) * this.columns;
    for (let tile = row + Math.floor(start / TILE); tile <= row + Math.floor((end - 1) / TILE); tile += 1) {
      if (!this.before.has(tile)) this.copy(tile);
    }
  }

  /** Puts back what was there. Answers which part of the map changed. */
  restore(): Rect | null {
    let changed: Rect | null = null;
    for (const [tile, was] of this.before) {
      const area = this.area(tile);
      const width = area.right - area.left;
      for (let y = area.top; y < area.bottom; y += 1) {
        const at = y * this.map.width + area.left;
        if (typeof was === "number") this.map.data.fill(was, at, at + width);
        else this.map.data.set(was.subarray((y - area.top) * width, (y - area.top + 1) * width), at);
      }
      changed = joinedRect(changed, area);
    }
    return changed;
  }

  /** Adds to `counts`, `sign` times, how many more pixels each byte has now than before. */
  tally(counts: Int32Array, sign: 1 | -1): void {
    const { data, width } = this.map;
    for (const [tile, was] of this.before) {
      const { left, top, right, bottom } = this.area(tile);
      for (let y = top; y < bottom; y += 1) tallyBytes(counts, data.subarray(y * width + left, y * width + right), sign);
      if (typeof was === "number") counts[was] = (counts[was] ?? 0) - sign * (right - left) * (bottom - top);
      else tallyBytes(counts, was, sign === 1 ? -1 : 1);
    }
  }

  private copy(tile: number): void {
    const { left, top, right, bottom } = this.area(tile);
    const { data, width } = this.map;
    const copy = new Uint8Array((right - left) * (bottom - top));
    for (let y = top; y < bottom; y += 1) copy.set(data.subarray(y * width + left, y * width + right), (y - top) * (right - left));
    const first = copy[0] ?? 0;
    const uniform = copy.every((value) => value === first);
    this.before.set(tile, uniform ? first : copy);
    this.bytes += uniform ? 16 : copy.length;
  }

  private area(tile: number): Rect {
    const left = (tile % this.columns) * TILE;
    const top = Math.floor(tile / this.columns) * TILE;
    return { left, top, right: Math.min(left + TILE, this.map.width), bottom: Math.min(top + TILE, this.map.height) };
  }
}
