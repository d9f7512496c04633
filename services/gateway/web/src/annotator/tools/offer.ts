/** Which tools a task has, in the order they are offered. */
import type { TaskType } from "../task";
import type { ToolName } from "./tool";

const NAMES: Partial<Record<TaskType, readonly ToolName[]>> = {
  image_box: ["rectangle", "template", "move"],
  image_polygon: ["polygon", "move", "points"],
  image_mask: ["brush", "eraser", "polygon", "move", "points"],
};

export function toolsOf(type: TaskType): readonly ToolName[] {
  return NAMES[type] ?? [];
}
