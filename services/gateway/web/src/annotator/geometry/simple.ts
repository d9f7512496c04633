/**
 * Whether a polygon crosses or touches itself, exactly: coordinates are hundredths of pixels, so that all products are whole
 * numbers below 2^53.
 */
import type { Point } from "./point";

function whole({ x, y }: Point): Point {
  return { x: Math.round(x * 100), y: Math.round(y * 100) };
}

/** Positive: c lies to one side of the line from a to b; negative: to the other; 0: on it. */
function side(a: Point, b: Point, c: Point): number {
  return Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
}

function between(a: Point, b: Point, c: Point): boolean {
  return Math.min(a.x, b.x) <= c.x && c.x <= Math.max(a.x, b.x) && Math.min(a.y, b.y) <= c.y && c.y <= Math.max(a.y, b.y);
}

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  const [first, second, third, fourth] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (first !== second && third !== fourth) return true;
  return (first === 0 && between(a, b, c)) || (second === 0 && between(a, b, d)) || (third === 0 && between(c, d, a)) || (fourth === 0 && between(c, d, b));
}

/** Whether the line from b goes back over the one that led from a to b. */
function turnsBack(a: Point, b: Point, c: Point): boolean {
  return side(a, b, c) === 0 && (a.x - b.x) * (c.x - b.x) + (a.y - b.y) * (c.y - b.y) > 0;
}

/** Whether the segments of an open line, and of its end with `next`, meet other than in shared corners. */
export function crossesLine(line: readonly Point[], next: Point): boolean {
  const corners = line.map(whole);
  const to = whole(next);
  const last = corners.at(-1);
  if (!last) return false;
  const before = corners.at(-2);
  if (before && turnsBack(before, last, to)) return true;
  for (let at = 0; at + 2 < corners.length; at += 1) {
    const [a, b] = [corners[at], corners[at + 1]];
    if (a && b && meet(a, b, last, to)) return true;
  }
  return false;
}

/** Whether edge number `edge` of a ring meets another one other than in a shared corner. */
function edgeCrosses(ring: readonly Point[], edge: number): boolean {
  const count = ring.length;
  const at = (place: number): Point => ring[((place % count) + count) % count] ?? { x: 0, y: 0 };
  const [a, b] = [at(edge), at(edge + 1)];
  if (turnsBack(a, b, at(edge + 2)) || turnsBack(at(edge - 1), a, b)) return true;
  for (let other = edge + 2; other < edge + count - 1; other += 1) if (meet(a, b, at(other), at(other + 1))) return true;
  return false;
}

/** Fewer than three corners that differ from their neighbours can't make a polygon. */
export function distinctCorners(corners: readonly Point[]): number {
  return new Set(corners.map((corner) => `${Math.round(corner.x * 100)} ${Math.round(corner.y * 100)}`)).size;
}

/** Whether the closed polygon is valid; with `edges`, only those are looked at: the others are known to be good. */
export function isSimple(corners: readonly Point[], edges?: readonly number[]): boolean {
  if (distinctCorners(corners) < corners.length || corners.length < 3) return false;
  const ring = corners.map(whole);
  return (edges ?? ring.map((_, place) => place)).every((edge) => !edgeCrosses(ring, edge));
}
