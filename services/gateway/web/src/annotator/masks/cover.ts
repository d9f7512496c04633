/** The pixels of a stroke. */
import type { Size } from "../viewport";
import { coverCapsule, coverPoint } from "./capsule";
import type { Span } from "./label-map";
import { fillPolygon } from "./polygon-fill";
import type { Stroke } from "./stroke";

/** Hands on all pixels of a stroke, some of them more than once. `from` is the first point that was not covered yet. */
export function coverStroke(size: Size, stroke: Stroke, span: Span, from = 0): void {
  if (stroke.kind === "fill") fillPolygon(size, stroke.points, span);
  else coverPath(size, stroke.points, stroke.size / 2, from, span);
}

function coverPath(size: Size, points: ArrayLike<number>, radius: number, from: number, span: Span): void {
  for (let place = from; place < points.length >> 1; place += 1) {
    const point = { x: points[2 * place] ?? 0, y: points[2 * place + 1] ?? 0 };
    const last = place > 0 ? { x: points[2 * place - 2] ?? 0, y: points[2 * place - 1] ?? 0 } : point;
    coverPoint(size, point, span);
    coverCapsule(size, last, point, radius, span);
  }
}
