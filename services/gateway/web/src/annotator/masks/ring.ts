/** The ring that shows what a brush covers. */
import type { Point } from "../geometry/point";
import { strokeShape } from "../stage/shape";
import { toWindow, type Viewport } from "../viewport";

/** A thinner brush could not be seen. */
const LEAST_PX = 2;

/** `size`: diameter in picture pixels. */
export function drawRing(context: CanvasRenderingContext2D, view: Viewport, at: Point, size: number, color: string): void {
  const { x, y } = toWindow(view, at);
  context.beginPath();
  context.arc(x, y, Math.max(LEAST_PX, (size * view.scale) / 2), 0, 2 * Math.PI);
  strokeShape(context, color, 1.5);
}
