/** A row cut into pieces of one look each: plain, of one span, marked by the hand or not. */
import type { Range } from "./range";
import { type Span, touching } from "./spans";

export interface Piece extends Range {
  readonly span: Span | null;
  readonly marked: boolean;
  /** The span ends with this piece. */
  readonly last: boolean;
}

/** `spans` are sorted; `marked` is what the hand holds, or null. */
export function piecesOf(row: Range, spans: readonly Span[], marked: Range | null): readonly Piece[] {
  const inside = touching(spans, row);
  const edges = [row.start, row.end, ...inside.flatMap((span) => [span.start, span.end]), ...(marked ? [marked.start, marked.end] : [])];
  const cuts = [...new Set(edges.filter((edge) => edge >= row.start && edge <= row.end))].sort((one, other) => one - other);
  if (cuts.length < 2) return [{ start: row.start, end: row.end, span: null, marked: false, last: false }];
  let place = 0;
  return cuts.slice(1).map((end, at): Piece => {
    const start = cuts[at] ?? row.start;
    while ((inside[place]?.end ?? Infinity) <= start) place += 1;
    const next = inside[place];
    const span = next && next.start <= start ? next : null;
    return { start, end, span, marked: marked !== null && marked.start <= start && end <= marked.end, last: span?.end === end };
  });
}
