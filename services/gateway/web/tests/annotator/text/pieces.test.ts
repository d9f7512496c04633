import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { piecesOf } from "../../../src/annotator/text/pieces";
import type { Span } from "../../../src/annotator/text/spans";

const spans = (...edges: [number, number][]): Span[] => edges.map(([start, end]) => ({ id: `${start}`, label: "x", start, end }));
const shown = (row: [number, number], some: Span[], marked: [number, number] | null = null): string =>
  piecesOf({ start: row[0], end: row[1] }, some, marked && { start: marked[0], end: marked[1] })
    .map((piece) => `${piece.start}-${piece.end}${piece.span ? `s${piece.span.id}` : ""}${piece.last ? "." : ""}${piece.marked ? "m" : ""}`)
    .join(" ");

describe("pieces of a row", () => {
  it.each([
    ["plain", shown([0, 9], []), "0-9"],
    ["a span inside", shown([0, 9], spans([2, 5])), "0-2 2-5s2. 5-9"],
    ["spans side by side", shown([0, 9], spans([0, 4], [4, 9])), "0-4s0. 4-9s4."],
    ["a span over the row's edges", shown([10, 20], spans([5, 12], [18, 30])), "10-12s5. 12-18 18-20s18"],
    ["marked over a span", shown([0, 9], spans([2, 6]), [4, 8]), "0-2 2-4s2 4-6s2.m 6-8m 8-9"],
    ["an empty row", shown([4, 4], spans([2, 6])), "4-4"],
  ])("%s", (_name, found, wanted) => {
    expect(found).toBe(wanted);
  });

  it("are the row again when put together", () => {
    const edges = fc.uniqueArray(fc.nat(300), { maxLength: 30 }).map((list) => list.sort((one, other) => one - other));
    fc.assert(fc.property(edges, fc.nat(200), fc.integer({ min: 1, max: 90 }), (list, start, length) => {
      const some = spans(...list.slice(1).map((end, at): [number, number] => [list[at] ?? 0, end]).filter((_, at) => at % 2 === 0));
      const pieces = piecesOf({ start, end: start + length }, some, { start: 40, end: 130 });
      expect([pieces[0]?.start, pieces.at(-1)?.end]).toEqual([start, start + length]);
      pieces.slice(1).forEach((piece, at) => expect(piece.start).toBe(pieces[at]?.end));
      for (const piece of pieces) expect(some.find((span) => span.start <= piece.start && piece.end <= span.end)?.id).toBe(piece.span?.id);
    }));
  });
});
