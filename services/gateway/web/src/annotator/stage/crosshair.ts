/** Lines through the pointer, across the whole window: where a corner would be set. */
import type { Point } from "../geometry/point";
import { type Size, toWindow, type Viewport } from "../viewport";

export function drawCrosshair(context: CanvasRenderingContext2D, view: Viewport, window: Size, at: Point, strong: boolean): void {
  const place = toWindow(view, at);
  const x = Math.round(place.x) + 0.5;
  const y = Math.round(place.y) + 0.5;
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, window.height);
  context.moveTo(0, y);
  context.lineTo(window.width, y);
  context.lineWidth = strong ? 3 : 2;
  context.strokeStyle = "rgb(255 255 255 / 45%)";
  context.stroke();
  context.lineWidth = 1;
  context.strokeStyle = "rgb(10 12 18 / 80%)";
  context.stroke();
}
