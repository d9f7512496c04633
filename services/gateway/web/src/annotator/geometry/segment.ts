/** Straight lines between two points. */
import { distance, type Point } from "./point";

/** The point of the segment from `a` to `b` that is nearest to `point`. */
export function nearestOn(point: Point, a: Point, b: Point): Point {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  if (length === 0) return a;
  const part = Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length));
  return { x: a.x + part * dx, y: a.y + part * dy };
}

export function distanceToSegment(point: Point, a: Point, b: Point): number {
  return distance(point, nearestOn(point, a, b));
}
