/** Stored values under the device pixels of a window: single pixels where they are shown large, else mixed from four neighbours. */
import type { Visible } from "../pixels/visible";
import { CRISP_SCALE } from "../viewport";
import type { Level, Levels } from "./levels";

/** For one axis: the two neighbours of each device pixel, and how much of the second there is in it. */
interface Axis {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float32Array;
}

function axisOf(from: number, count: number, origin: number, scale: number, length: number, crisp: boolean): Axis {
  const axis = { first: new Int32Array(count), second: new Int32Array(count), share: new Float32Array(count) };
  for (let at = 0; at < count; at += 1) {
    const place = (from + at + 0.5 - origin) / scale;
    const first = Math.floor(crisp ? place : place - 0.5);
    axis.first[at] = Math.min(length - 1, Math.max(0, first));
    axis.second[at] = crisp ? (axis.first[at] ?? 0) : Math.min(length - 1, Math.max(0, first + 1));
    axis.share[at] = crisp ? 0 : place - 0.5 - first;
  }
  return axis;
}

/** Fills `values` with the 16 bits of each device pixel's value, row by row. `ratio`: device pixels for one CSS pixel. */
export function sample(levels: Levels, visible: Visible, ratio: number, values: Uint16Array): void {
  const { level, halvings } = levels.for(visible.scale);
  const scale = visible.scale * 2 ** halvings;
  const crisp = visible.scale / ratio >= CRISP_SCALE;
  const columns = axisOf(visible.left, visible.width, visible.x, scale, level.width, crisp);
  const rows = axisOf(visible.top, visible.height, visible.y, scale, level.height, crisp);
  for (let y = 0; y < visible.height; y += 1) mixRow(level, columns, rows, y, values.subarray(y * visible.width, (y + 1) * visible.width));
}

function mixRow({ pixels, width }: Level, columns: Axis, rows: Axis, y: number, into: Uint16Array): void {
  const upper = (rows.first[y] ?? 0) * width;
  const lower = (rows.second[y] ?? 0) * width;
  const down = rows.share[y] ?? 0;
  const { first, second, share } = columns;
  for (let x = 0; x < into.length; x += 1) {
    const left = first[x] ?? 0;
    const right = second[x] ?? 0;
    const along = share[x] ?? 0;
    const a = pixels[upper + left] ?? 0;
    const b = pixels[upper + right] ?? 0;
    const c = pixels[lower + left] ?? 0;
    const d = pixels[lower + right] ?? 0;
    const above = a + (b - a) * along;
    into[x] = Math.round(above + (c + (d - c) * along - above) * down);
  }
}
