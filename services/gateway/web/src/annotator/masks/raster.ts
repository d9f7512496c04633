/**
 * The pixels of a mask, kept in step with its list of strokes: new strokes are painted, missing ones are taken back, what is
 * the same costs nothing. The pixels are always those of painting the whole list on the base from scratch.
 */
import type { Size } from "../viewport";
import { Classes } from "./classes";
import { coverStroke } from "./cover";
import { emptyMap, type LabelMap, MOST_CLASSES } from "./label-map";
import type { Stroke } from "./stroke";
import { joinedRect, type Rect, tallyBytes, TileRecord } from "./tiles";

/** Copies for undo may take this much memory; a longer way back is painted anew. */
const MOST_UNDO_BYTES = 64_000_000;

/** Who wants to take more strokes back than this, and all of them, wants to begin anew: that is sooner done at once. */
const MOST_STEPS_BACK = 16;

/** Pixels to begin with: byte n is the n-th of `labels`. */
export interface Base {
  readonly labels: readonly string[];
  readonly data: Uint8Array;
}

/** A label that there is paint of. */
export interface Paint {
  readonly label: string;
  readonly pixels: number;
}

interface Painted {
  readonly stroke: Stroke;
  /** Null: given up for memory. */
  undo: TileRecord | null;
}

interface Live {
  readonly undo: TileRecord;
  covered: number;
}

export class Raster {
  readonly map: LabelMap;
  readonly classes = new Classes();
  /** Of each byte, how many pixels have it. A stroke under way does not count. Background counts from 0 down. */
  private readonly counts = new Int32Array(MOST_CLASSES + 1);
  private painted: Painted[] = [];
  private live: Live | null = null;
  private dirty: Rect | null;

  constructor(size: Size, private readonly base: Base | null = null) {
    this.map = base ? { width: size.width, height: size.height, data: base.data.slice() } : emptyMap(size);
    this.dirty = this.everything();
    for (const label of base?.labels ?? []) this.classes.byteOf(label);
    this.countBase();
  }

  /** What there is paint of, in the order the labels came. */
  paints(): readonly Paint[] {
    return this.classes.labels.map((label, place) => ({ label, pixels: this.counts[place + 1] ?? 0 })).filter(({ pixels }) => pixels > 0);
  }

  /** Brings the pixels to what `strokes` say. A stroke is the same if it is the same object. */
  show(strokes: readonly Stroke[]): void {
    const { painted } = this;
    let same = 0;
    while (same < Math.min(painted.length, strokes.length) && painted[same]?.stroke === strokes[same]) same += 1;
    if (same === painted.length && same === strokes.length) return;
    this.cancel();
    this.backTo(same);
    for (const stroke of strokes.slice(this.painted.length)) this.paint(stroke);
    this.forgetOldCopies();
  }

  /** Paints strokes for good: nothing is kept to take them back, and their pixels are not counted. */
  burn(strokes: readonly Stroke[]): void {
    const { data, width } = this.map;
    for (const stroke of strokes) {
      const value = this.valueOf(stroke);
      coverStroke(this.map, stroke, (y, start, end) => data.fill(value, y * width + start, y * width + end));
    }
  }

  /** Paints what a stroke under way has grown by. Each call gives the same stroke with points added at its end. */
  extend(stroke: Stroke): void {
    this.live ??= { undo: new TileRecord(this.map), covered: 0 };
    this.cover(stroke, this.live.undo, this.live.covered);
    this.live.covered = stroke.points.length >> 1;
  }

  /** The stroke under way is done: `stroke` is what the next list ends with. */
  commit(stroke: Stroke): void {
    this.extend(stroke);
    if (this.live) this.done(stroke, this.live.undo);
    this.live = null;
  }

  /** Takes the stroke under way back. */
  cancel(): void {
    if (this.live) this.changed(this.live.undo.restore());
    this.live = null;
  }

  /** The part of the picture that changed since the last call. */
  takeDirty(): Rect | null {
    const { dirty } = this;
    this.dirty = null;
    return dirty;
  }

  private paint(stroke: Stroke): void {
    const undo = new TileRecord(this.map);
    this.cover(stroke, undo, 0);
    this.done(stroke, undo);
  }

  private done(stroke: Stroke, undo: TileRecord): void {
    undo.tally(this.counts, 1);
    this.painted.push({ stroke, undo });
  }

  private countBase(): void {
    this.counts.fill(0);
    if (this.base) tallyBytes(this.counts, this.base.data, 1);
  }

  private cover(stroke: Stroke, undo: TileRecord, from: number): void {
    const { data, width } = this.map;
    const value = this.valueOf(stroke);
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    coverStroke(
      this.map,
      stroke,
      (y, start, end) => {
        undo.keep(y, start, end);
        data.fill(value, y * width + start, y * width + end);
        if (start < left) left = start;
        if (end > right) right = end;
        if (y < top) top = y;
        if (y >= bottom) bottom = y + 1;
      },
      from,
    );
    if (left < right) this.changed({ left, top, right, bottom });
  }

  private valueOf(stroke: Stroke): number {
    return stroke.kind === "erase" ? 0 : this.classes.byteOf(stroke.label);
  }

  private backTo(count: number): void {
    const far = count === 0 && this.painted.length > MOST_STEPS_BACK;
    if (!far && this.painted.slice(count).every((one) => one.undo !== null)) {
      while (this.painted.length > count) {
        const undo = this.painted.pop()?.undo;
        undo?.tally(this.counts, -1);
        this.changed(undo?.restore() ?? null);
      }
      return;
    }
    const kept = this.painted.slice(0, count).map((one) => one.stroke);
    this.painted = [];
    if (this.base) this.map.data.set(this.base.data);
    else this.map.data.fill(0);
    this.countBase();
    this.dirty = this.everything();
    for (const stroke of kept) this.paint(stroke);
  }

  private forgetOldCopies(): void {
    let bytes = this.painted.reduce((sum, one) => sum + (one.undo?.bytes ?? 0), 0);
    for (const one of this.painted) {
      if (bytes <= MOST_UNDO_BYTES) return;
      bytes -= one.undo?.bytes ?? 0;
      one.undo = null;
    }
  }

  private changed(rect: Rect | null): void {
    if (rect) this.dirty = joinedRect(this.dirty, rect);
  }

  private everything(): Rect {
    return { left: 0, top: 0, right: this.map.width, bottom: this.map.height };
  }
}
