/** What the canvas of the hand shows: the region under the pointer, the selected one with its handles, the tool, the crosshair. */
import { cornersOf } from "../geometry/corners";
import type { Point } from "../geometry/point";
import type { Region } from "../regions/region";
import { drawCrosshair } from "../stage/crosshair";
import { drawHandles, drawShape } from "../stage/shape";
import type { Tool } from "../tools/tool";
import type { Size, Viewport } from "../viewport";

export interface EditScene {
  readonly hovered: Region | null;
  readonly selected: Region | null;
  readonly editable: boolean;
  readonly tool: Tool;
  readonly colorOf: (label: string) => string;
  readonly crosshair: { readonly at: Point; readonly keyboard: boolean } | null;
}

/** More handles than this would hide the shape. */
const MOST_HANDLES = 2_000;

export function drawEdit(context: CanvasRenderingContext2D, view: Viewport, window: Size, scene: EditScene): void {
  const { hovered, selected, colorOf, crosshair } = scene;
  if (hovered && hovered !== selected) drawShape(context, view, cornersOf(hovered), colorOf(hovered.label));
  if (selected) {
    const corners = cornersOf(selected);
    const color = colorOf(selected.label);
    drawShape(context, view, corners, color);
    if (scene.editable && corners.length <= MOST_HANDLES) drawHandles(context, view, corners, color);
  }
  scene.tool.draw(context, view);
  if (crosshair) drawCrosshair(context, view, window, crosshair.at, crosshair.keyboard);
}
