/**
 * Which rows are in view. A browser cannot scroll higher than some 30 million pixels: a longer text has a shorter scroll bar, on
 * which one pixel stands for several.
 */
import type { Heights } from "./heights";

/** Highest element that all browsers can draw, with room to spare. */
export const HIGHEST = 8_000_000;
/** Rows kept above and below, in pixels, so that a quick hand sees no gaps. */
const SPARE = 400;

export interface Window {
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
}

export function visible(heights: Heights, top: number, height: number): Window {
  if (heights.count === 0) return { first: 0, last: 0 };
  return { first: heights.at(top - SPARE), last: heights.at(top + height + SPARE) + 1 };
}

/** Pixels of text for one of the scroll bar, never less than 1. */
export function ratio(total: number, height: number): number {
  return total <= HIGHEST ? 1 : (total - height) / (HIGHEST - height);
}

/** Keeps a place within the text. */
export function within(top: number, total: number, height: number): number {
  return Math.max(0, Math.min(top, total - height));
}
