/** A DICOM picture as the server sends it: what its pixels mean, the windows that its header offers, the pixels themselves. */
import { type Mapping, type Stored, wholeRange, type WindowLevel } from "./window";

/** The answer of `…/dicom`. */
export interface DicomHeader extends Stored {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Has no 16-bit pixels and no window: it is shown as an ordinary picture. */
  readonly color: boolean;
  readonly bits: number;
  /** Smallest and largest stored value of the first frame, padding left out. */
  readonly min: number;
  readonly max: number;
  readonly windows: readonly { readonly name: string; readonly center: number; readonly width: number; readonly function: string }[];
  /** data: little-endian 16-bit numbers in base64. */
  readonly luts: readonly { readonly name: string; readonly first: number; readonly bits: number; readonly data: string }[];
}

const KINDS: Readonly<Record<string, WindowLevel["kind"]>> = { LINEAR: "linear", LINEAR_EXACT: "exact", SIGMOID: "sigmoid" };

export type Pixels = Uint16Array | Int16Array;

export interface Preset {
  /** The header's name for it; empty where it has none. */
  readonly name: string;
  readonly source: "window" | "table" | "range";
  readonly mapping: Mapping;
}

/** What the values of a picture span, after the rescale. */
export function rangeOf({ min, max, slope, intercept }: DicomHeader): { readonly least: number; readonly most: number } {
  const ends = [min * slope + intercept, max * slope + intercept] as const;
  return { least: Math.min(...ends), most: Math.max(...ends) };
}

function wholeWindow(header: DicomHeader): WindowLevel {
  const { least, most } = rangeOf(header);
  return wholeRange(least, most);
}

/** What can be chosen: the header's windows and tables in their order, then all values. The first one is shown first. */
export function presetsOf(header: DicomHeader): readonly Preset[] {
  return [
    ...header.windows.map((one): Preset => ({ name: one.name, source: "window", mapping: { kind: KINDS[one.function] ?? "linear", center: one.center, width: one.width } })),
    ...header.luts.map(({ name, first, bits, data }): Preset => ({ name, source: "table", mapping: { kind: "table", first, bits, entries: entriesOf(data) } })),
    { name: "", source: "range", mapping: wholeWindow(header) },
  ];
}

/** Where a drag begins: a table has no window, so that it begins with all values. */
export function windowToDrag(mapping: Mapping, header: DicomHeader): WindowLevel {
  return mapping.kind === "table" ? wholeWindow(header) : mapping;
}

// Every machine that runs a browser today is little-endian, as the wire is.

function entriesOf(base64: string): Uint16Array {
  return new Uint16Array(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).buffer);
}

export class PixelsError extends Error {}

/** The stored values of one frame. Throws PixelsError when there are more or fewer than the header says. */
export function pixelsOf(header: DicomHeader, buffer: ArrayBuffer): Pixels {
  const expected = header.width * header.height * 2;
  if (buffer.byteLength !== expected) throw new PixelsError(`${buffer.byteLength} bytes of pixels instead of ${expected}`);
  return header.signed ? new Int16Array(buffer) : new Uint16Array(buffer);
}
