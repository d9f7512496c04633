/** The window tool of DICOM pictures (F162), from its first state. */
import type { ToolMaker } from "./kit";
import { StateTool } from "./state-tool";
import { AimingWindow, type LightBox } from "./states/aiming-window";

export function windowTool(box: LightBox): ToolMaker {
  return (host) => new StateTool("window", "press", host, () => new AimingWindow(box));
}
