/**
 * From stored DICOM pixels to grey. Values pass the modality's rescale (slope, intercept), then a window or a table, then the
 * inversion of MONOCHROME1. The window functions are those of DICOM PS3.3 C.11.2.1.2 and C.11.2.1.3. View only.
 */

export interface WindowLevel {
  /** LINEAR, LINEAR_EXACT and SIGMOID of the standard. */
  readonly kind: "linear" | "exact" | "sigmoid";
  /** In rescaled values. */
  readonly center: number;
  readonly width: number;
}

/** A table of the header that maps rescaled values to grey: `entries[0]` is the grey of `first` and of all below it. */
export interface VoiTable {
  readonly kind: "table";
  readonly first: number;
  /** The largest entry is white: 2 to the power of this, less one. */
  readonly bits: number;
  readonly entries: Uint16Array;
}

export type Mapping = WindowLevel | VoiTable;

/** What stored values mean. */
export interface Stored {
  readonly signed: boolean;
  readonly slope: number;
  readonly intercept: number;
  /** MONOCHROME1: small values are white. */
  readonly inverted: boolean;
}

/** How many different stored values there can be. */
export const VALUES = 65_536;

/** Grey from 0 (black) to 1 (white) of one rescaled value. */
export function greyOf(value: number, mapping: Mapping): number {
  if (mapping.kind === "table") return tableGrey(value, mapping);
  const { kind, center, width } = mapping;
  const middle = kind === "linear" ? center - 0.5 : center;
  const span = kind === "linear" ? width - 1 : width;
  // A window without width is a threshold.
  if (span <= 0) return value > middle ? 1 : 0;
  if (kind === "sigmoid") return 1 / (1 + Math.exp((-4 * (value - middle)) / span));
  return Math.min(1, Math.max(0, (value - middle) / span + 0.5));
}

function tableGrey(value: number, { first, bits, entries }: VoiTable): number {
  const place = Math.min(entries.length - 1, Math.max(0, Math.round(value) - first));
  return Math.min(1, (entries[place] ?? 0) / (2 ** bits - 1));
}

/** The word (0xAABBGGRR) of every stored value, found by its 16 bits. */
export function greyWords(stored: Stored, mapping: Mapping, words = new Uint32Array(VALUES)): Uint32Array {
  for (let bits = 0; bits < VALUES; bits += 1) {
    const value = stored.signed && bits >= VALUES / 2 ? bits - VALUES : bits;
    const grey = greyOf(value * stored.slope + stored.intercept, mapping);
    const byte = Math.round((stored.inverted ? 1 - grey : grey) * 255);
    words[bits] = 0xff000000 | (byte << 16) | (byte << 8) | byte;
  }
  return words;
}

/** The window that shows all of [least, most], black to white. */
export function wholeRange(least: number, most: number): WindowLevel {
  return { kind: "exact", center: (least + most) / 2, width: most - least };
}

/** A full sweep of the picture's values takes this many screen pixels. */
const SWEEP_PX = 1_024;

/** The window after a drag by screen pixels: to the right wider, downwards higher, in steps that fit the picture's `range` of values. */
export function dragged(from: WindowLevel, dx: number, dy: number, range: number): WindowLevel {
  const step = range / SWEEP_PX;
  const least = from.kind === "linear" ? 1 : range / VALUES;
  return { kind: from.kind, center: from.center + dy * step, width: Math.max(least, from.width + dx * step) };
}
