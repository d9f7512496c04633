/** Draws the regions at rest, one after the other: a path of its own for each is quicker than one of thousands of corners. */
import { outlineOf } from "../geometry/outline";
import type { Box } from "../geometry/point";
import type { Region } from "../regions/region";
import type { RegionIndex } from "../regions/region-index";
import type { Viewport } from "../viewport";

const LINE_PX = 1.5;
const FILL = 0.2;
/** From so many shapes in sight on, lines are one pixel of the device, without edges: others cost five times as much without a GPU. */
const MANY = 400;
/** Corners nearer than this to the one before are not drawn: the more shapes in sight, the coarser. */
const STEPS_PX = { finest: 0.8, coarsest: 3, shapesAPixel: 1_500 };

export class RegionPainter {
  /** What is left out: hidden regions and the one under edit. */
  leftOut: (region: Region) => boolean = () => false;

  constructor(
    private readonly regions: RegionIndex,
    private readonly colorOf: (label: string) => string,
  ) {}

  readonly paint = (context: CanvasRenderingContext2D, view: Viewport, area: Box): void => {
    const seen = this.regions.within(area).filter((region) => !this.leftOut(region));
    const many = seen.length >= MANY;
    const line = many ? 1 / context.getTransform().a : LINE_PX;
    const step = stepAmong(seen.length);
    context.lineJoin = "round";
    for (const region of seen) {
      const color = this.colorOf(region.label);
      context.beginPath();
      addOutline(context, outlineOf(region), view, step);
      context.globalAlpha = FILL;
      context.fillStyle = color;
      context.fill();
      context.globalAlpha = 1;
      if (!many) {
        strokeWith(context, "rgb(15 18 26 / 50%)", LINE_PX + 3);
        strokeWith(context, "rgb(255 255 255 / 75%)", LINE_PX + 1.2);
      }
      strokeWith(context, color, line);
    }
  };
}

function stepAmong(shapes: number): number {
  return Math.min(STEPS_PX.coarsest, Math.max(STEPS_PX.finest, shapes / STEPS_PX.shapesAPixel));
}

function strokeWith(context: CanvasRenderingContext2D, color: string, width: number): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
}

function addOutline(context: CanvasRenderingContext2D, outline: Float64Array, { scale, x, y }: Viewport, step: number): void {
  let lastX = (outline[0] ?? 0) * scale + x;
  let lastY = (outline[1] ?? 0) * scale + y;
  context.moveTo(lastX, lastY);
  for (let at = 2; at < outline.length; at += 2) {
    const nextX = (outline[at] ?? 0) * scale + x;
    const nextY = (outline[at + 1] ?? 0) * scale + y;
    if (Math.abs(nextX - lastX) + Math.abs(nextY - lastY) < step) continue;
    context.lineTo(nextX, nextY);
    lastX = nextX;
    lastY = nextY;
  }
  context.closePath();
}
