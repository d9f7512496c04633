/**
 * What a round brush covers on its way from one point to the next: all pixels whose centre is within the radius of the line
 * between them. This is the limit of stamping discs ever closer together, computed row by row.
 */
import type { Point } from "../geometry/point";
import type { Size } from "../viewport";
import { pixelAt, type Span, spanBetween } from "./label-map";

/** How far a disc around `centre` reaches left and right of it at height `y`; -1 where it does not reach. */
function reach(centre: number, radius: number, y: number): number {
  const square = radius * radius - (y - centre) * (y - centre);
  return square < 0 ? -1 : Math.sqrt(square);
}

/** Where the line from (ax, ay) to (bx, by) crosses height `y`; null where it does not, or lies along it. */
function crossing(ax: number, ay: number, bx: number, by: number, y: number): number | null {
  if (ay === by || y < Math.min(ay, by) || y > Math.max(ay, by)) return null;
  return ax + ((y - ay) / (by - ay)) * (bx - ax);
}

/** The outline at height `y`: the shape is convex, so that its leftmost and rightmost points say all. */
function outline(a: Point, b: Point, radius: number, y: number): readonly [number, number] | null {
  let left = Infinity;
  let right = -Infinity;
  for (const end of [a, b]) {
    const half = reach(end.y, radius, y);
    if (half < 0) continue;
    left = Math.min(left, end.x - half);
    right = Math.max(right, end.x + half);
  }
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length > 0) {
    const nx = (-(b.y - a.y) / length) * radius;
    const ny = ((b.x - a.x) / length) * radius;
    for (const side of [1, -1]) {
      const x = crossing(a.x + side * nx, a.y + side * ny, b.x + side * nx, b.y + side * ny, y);
      if (x === null) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
  }
  return left <= right ? [left, right] : null;
}

/** Covers the pixel that holds a point, however thin the brush: a click always paints. */
export function coverPoint(size: Size, { x, y }: Point, span: Span): void {
  const column = pixelAt(x, size.width);
  span(pixelAt(y, size.height), column, column + 1);
}

export function coverCapsule(size: Size, a: Point, b: Point, radius: number, span: Span): void {
  const top = Math.max(0, Math.ceil(Math.min(a.y, b.y) - radius - 0.5));
  const bottom = Math.min(size.height - 1, Math.floor(Math.max(a.y, b.y) + radius - 0.5));
  for (let y = top; y <= bottom; y += 1) {
    const edges = outline(a, b, radius, y + 0.5);
    if (edges) spanBetween(size, y, edges[0], edges[1], span);
  }
}
