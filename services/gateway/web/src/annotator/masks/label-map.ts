/** One byte a pixel: 0 is background, n the n-th class in use on this picture. Rows from the top, pixels from the left. */
import type { Size } from "../viewport";

/** What one byte can tell apart beside the background. */
export const MOST_CLASSES = 255;

export interface LabelMap extends Size {
  readonly data: Uint8Array;
}

/** A run of pixels of row `y`: from `start` up to, not including, `end`. Inside the picture and never empty. */
export type Span = (y: number, start: number, end: number) => void;

export function emptyMap({ width, height }: Size): LabelMap {
  return { width, height, data: new Uint8Array(width * height) };
}

/** The pixel row or column whose area holds a coordinate, kept inside the picture. */
export function pixelAt(coordinate: number, length: number): number {
  return Math.min(Math.max(Math.floor(coordinate), 0), length - 1);
}

/** Hands on the pixels of row `y` whose centres lie in [from, to], if any are in the picture. */
export function spanBetween(size: Size, y: number, from: number, to: number, span: Span): void {
  const start = Math.max(0, Math.ceil(from - 0.5));
  const end = Math.min(size.width, Math.floor(to - 0.5) + 1);
  if (start < end) span(y, start, end);
}
