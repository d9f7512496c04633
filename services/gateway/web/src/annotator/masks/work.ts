/** What a page of work holds of a mask: the one an item came with, and the strokes since. Values; every function returns a new one. */
import type { Stroke } from "./stroke";

export interface MaskWork {
  /** One COCO RLE (`counts`) a label. */
  readonly base: readonly { readonly label: string; readonly counts: string }[];
  readonly strokes: readonly Stroke[];
}

const NO_MASK: MaskWork = { base: [], strokes: [] };

export function withStroke(mask: MaskWork | null, stroke: Stroke): MaskWork {
  const { base, strokes } = mask ?? NO_MASK;
  return { base, strokes: [...strokes, stroke] };
}

/** Whether there can be anything on it. */
export function isPainted(mask: MaskWork | null): boolean {
  return mask !== null && (mask.base.length > 0 || mask.strokes.some((stroke) => stroke.kind !== "erase"));
}

/** A stroke is the same object while the page lives; out of a draft it is an equal one. */
export function sameMask(one: MaskWork | null, other: MaskWork | null): boolean {
  if (one === other) return true;
  const { base, strokes } = one ?? NO_MASK;
  const { base: otherBase, strokes: otherStrokes } = other ?? NO_MASK;
  const alike = base.length === otherBase.length && strokes.length === otherStrokes.length;
  return alike && base.every((layer, place) => layer.counts === otherBase[place]?.counts) && strokes.every((stroke, place) => sameStroke(stroke, otherStrokes[place]));
}

function sameStroke(one: Stroke, other: Stroke | undefined): boolean {
  if (one === other) return true;
  if (one.kind !== other?.kind || one.points.length !== other.points.length) return false;
  const label = one.kind === "erase" || (other.kind !== "erase" && one.label === other.label);
  const size = one.kind === "fill" || (other.kind !== "fill" && one.size === other.size);
  return label && size && one.points.every((value, place) => value === other.points[place]);
}
