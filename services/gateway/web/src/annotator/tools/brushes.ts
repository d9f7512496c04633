/** Brush and eraser, from their first states. */
import type { Easel } from "../masks/board";
import type { ToolMaker } from "./kit";
import { StateTool } from "./state-tool";
import { AimingBrush } from "./states/aiming-brush";

export function brushTools(easel: Easel): { readonly brush: ToolMaker; readonly eraser: ToolMaker } {
  return {
    brush: (host) => new StateTool("brush", "press", host, () => new AimingBrush(host, easel, "paint")),
    eraser: (host) => new StateTool("eraser", "press", host, () => new AimingBrush(host, easel, "erase")),
  };
}
