/**
 * What a round brush covers on its way from one point to the next: all pixels whose centre is within the radius of the line
 * between them. This is the limit of stamping discs ever closer together, computed row by row.
 */
import type { Point } from "../geometry/point";
import type { Size } from "../viewport";
import { pixelAt, type Span, spanBetween } from "./label-map";

/** Covers the pixel that holds a point, however thin the brush: a click always paints. */
export function coverPoint(size: Size, { x, y }: Point, span: Span): void {
  const column = pixelAt(x, size.width);
  span(pixelAt(y, size.height), column, column + 1);
}

/** Rows are many and each is short work: nothing is made anew in them. */
export function coverCapsule(size: Size, a: Point, b: Point, radius: number, span: Span): void {
  const top = Math.max(0, Math.ceil(Math.min(a.y, b.y) - radius - 0.5));
  const bottom = Math.min(size.height - 1, Math.floor(Math.max(a.y, b.y) + radius - 0.5));
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  // From the line to its two parallels, the long sides of the outline.
  const nx = length > 0 ? (-(b.y - a.y) / length) * radius : 0;
  const ny = length > 0 ? ((b.x - a.x) / length) * radius : 0;
  const slope = a.y === b.y ? 0 : (b.x - a.x) / (b.y - a.y);
  const [upper, lower] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  for (let row = top; row <= bottom; row += 1) {
    const y = row + 0.5;
    // The shape is convex: its leftmost and rightmost points at this height say all.
    const halfA = Math.sqrt(radius * radius - (y - a.y) * (y - a.y));
    const halfB = Math.sqrt(radius * radius - (y - b.y) * (y - b.y));
    let left = halfA >= 0 ? a.x - halfA : Infinity;
    let right = halfA >= 0 ? a.x + halfA : -Infinity;
    if (halfB >= 0) {
      left = Math.min(left, b.x - halfB);
      right = Math.max(right, b.x + halfB);
    }
    if (a.y !== b.y) {
      for (let side = -1; side <= 1; side += 2) {
        const from = y - side * ny;
        if (from < upper || from > lower) continue;
        const x = a.x + side * nx + (from - a.y) * slope;
        left = Math.min(left, x);
        right = Math.max(right, x);
      }
    }
    if (left <= right) spanBetween(size, row, left, right, span);
  }
}
