/** Entities of a text: regions of shape span, [start, end) in code points, and the same in UTF-16 units to draw them. */
import { type Region, regionId } from "../regions/region";
import type { CodePoints } from "./code-points";
import type { Range } from "./range";

export interface Span extends Range {
  readonly id: string;
  readonly label: string;
}

/** The spans of an item in the order of the text, in units. */
export function spansOf(regions: readonly Region[], points: CodePoints): readonly Span[] {
  const spans = regions.filter((region) => region.shape === "span").map((region): Span => {
    const [start = 0, end = 0] = region.points;
    return { id: region.id, label: region.label, start: points.toUnits(start), end: points.toUnits(end) };
  });
  return spans.sort((one, other) => one.start - other.start || one.end - other.end);
}

export function regionOf(range: Range, label: string, points: CodePoints): Region {
  return { id: regionId(), label, shape: "span", points: [points.toCodePoints(range.start), points.toCodePoints(range.end)] };
}

/** Place of the first span that ends after `unit`: with no overlaps, ends are sorted as starts are. */
function firstAfter(spans: readonly Span[], unit: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sorted spans that share a character with the range. */
export function touching(spans: readonly Span[], range: Range): readonly Span[] {
  const found: Span[] = [];
  for (let place = firstAfter(spans, range.start); place < spans.length; place += 1) {
    const span = spans[place];
    if (!span || span.start >= range.end) break;
    found.push(span);
  }
  return found;
}

export function spanAt(spans: readonly Span[], unit: number): Span | null {
  return touching(spans, { start: unit, end: unit + 1 })[0] ?? null;
}
