/** How shapes look on the canvas of what is under edit. Pure drawing; lengths are CSS pixels. */
import type { Point } from "../geometry/point";
import { toWindow, type Viewport } from "../viewport";

const WHITE = "#ffffff";
const DARK = "rgb(15 18 26 / 75%)";
const HANDLE = 4.5;
export const BAD = "#e03131";

/** Makes the outline the current path. */
export function trace(context: CanvasRenderingContext2D, view: Viewport, corners: readonly Point[], closed: boolean): void {
  context.beginPath();
  for (const corner of corners) {
    const { x, y } = toWindow(view, corner);
    context.lineTo(x, y);
  }
  if (closed) context.closePath();
}

/** An outline that stands out on any picture: colour on white on dark. */
export function strokeShape(context: CanvasRenderingContext2D, color: string, width = 2): void {
  context.lineJoin = "round";
  context.strokeStyle = DARK;
  context.lineWidth = width + 3;
  context.stroke();
  context.strokeStyle = WHITE;
  context.lineWidth = width + 1.2;
  context.stroke();
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
}

export function drawShape(context: CanvasRenderingContext2D, view: Viewport, corners: readonly Point[], color: string): void {
  trace(context, view, corners, true);
  context.fillStyle = color;
  context.globalAlpha = 0.22;
  context.fill();
  context.globalAlpha = 1;
  strokeShape(context, color);
}

export function drawHandles(context: CanvasRenderingContext2D, view: Viewport, corners: readonly Point[], color: string): void {
  context.fillStyle = WHITE;
  context.strokeStyle = color;
  context.lineWidth = 2;
  for (const corner of corners) {
    const { x, y } = toWindow(view, corner);
    context.beginPath();
    context.rect(x - HANDLE, y - HANDLE, 2 * HANDLE, 2 * HANDLE);
    context.fill();
    context.stroke();
  }
}

/** A ring around the corner that a click would take. */
export function drawRing(context: CanvasRenderingContext2D, view: Viewport, at: Point, color: string): void {
  const { x, y } = toWindow(view, at);
  context.beginPath();
  context.arc(x, y, 8, 0, 2 * Math.PI);
  strokeShape(context, color);
}
