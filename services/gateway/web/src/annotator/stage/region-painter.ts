/** Draws the regions at rest: one path a label, so that thousands of shapes are a few calls. Shapes of one colour may overlap. */
import { outlineOf } from "../geometry/outline";
import type { Box } from "../geometry/point";
import type { Region } from "../regions/region";
import type { RegionIndex } from "../regions/region-index";
import type { Viewport } from "../viewport";

const LINE_PX = 1.5;
const FILL = 0.2;
/** Corners nearer than this to the one before are not drawn. */
const STEP_PX = 0.8;
/** From so many shapes in sight on, lines are drawn without edges. */
const MANY = 400;

export class RegionPainter {
  /** What is left out: hidden regions and the one under edit. */
  leftOut: (region: Region) => boolean = () => false;

  constructor(
    private readonly regions: RegionIndex,
    private readonly colorOf: (label: string) => string,
  ) {}

  readonly paint = (context: CanvasRenderingContext2D, view: Viewport, area: Box): void => {
    const seen = this.regions.within(area).filter((region) => !this.leftOut(region));
    const edged = seen.length < MANY;
    context.lineJoin = "round";
    for (const [label, regions] of byLabel(seen)) {
      context.beginPath();
      for (const region of regions) addOutline(context, outlineOf(region), view);
      const color = this.colorOf(label);
      context.globalAlpha = FILL;
      context.fillStyle = color;
      context.fill();
      context.globalAlpha = 1;
      if (edged) {
        strokeWith(context, "rgb(15 18 26 / 50%)", LINE_PX + 3);
        strokeWith(context, "rgb(255 255 255 / 75%)", LINE_PX + 1.2);
      }
      strokeWith(context, color, LINE_PX);
    }
  };
}

function byLabel(regions: readonly Region[]): Map<string, Region[]> {
  const groups = new Map<string, Region[]>();
  for (const region of regions) {
    const group = groups.get(region.label);
    if (group) group.push(region);
    else groups.set(region.label, [region]);
  }
  return groups;
}

function strokeWith(context: CanvasRenderingContext2D, color: string, width: number): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
}

function addOutline(context: CanvasRenderingContext2D, outline: Float64Array, { scale, x, y }: Viewport): void {
  let lastX = (outline[0] ?? 0) * scale + x;
  let lastY = (outline[1] ?? 0) * scale + y;
  context.moveTo(lastX, lastY);
  for (let at = 2; at < outline.length; at += 2) {
    const nextX = (outline[at] ?? 0) * scale + x;
    const nextY = (outline[at + 1] ?? 0) * scale + y;
    if (Math.abs(nextX - lastX) + Math.abs(nextY - lastY) < STEP_PX) continue;
    context.lineTo(nextX, nextY);
    lastX = nextX;
    lastY = nextY;
  }
  context.closePath();
}
