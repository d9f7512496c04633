/** Between what an item holds on the wire and what a page of work holds of it. */
import type { Choice } from "../annotator/page";
import type { Answer, WireRegion } from "../api/labeling-types";
import { labelsOf } from "./answers";
import { fromWire } from "./wire-regions";

interface Labeled {
  readonly answers: readonly Answer[];
  readonly regions?: readonly WireRegion[];
}

/** What stands on an item when it is opened: presets of a page, or the label that a person goes back to. */
export function choiceFrom({ answers, regions = [] }: Labeled, set: string, skip = false): Choice {
  const base = regions.flatMap(({ label, rle }) => (rle ? [{ label, counts: rle }] : []));
  const drawn = regions.filter((region) => region.shape !== "mask").map(fromWire);
  return { labels: labelsOf(answers, set), skip, regions: drawn, mask: base.length > 0 ? { base, strokes: [] } : null };
}
