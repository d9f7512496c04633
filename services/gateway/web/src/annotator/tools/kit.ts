/** Which tools a task has, in the order they are offered, and how each one is made. */
import type { TaskType } from "../task";
import { move, points, polygon, rectangle, template } from "./drawing-tools";
import type { TemplateSizes } from "./template";
import type { Tool, ToolHost, ToolName } from "./tool";

export type ToolMaker = (host: ToolHost) => Tool;

const NAMES: Partial<Record<TaskType, readonly ToolName[]>> = {
  image_box: ["rectangle", "template", "move"],
  image_polygon: ["polygon", "move", "points"],
  image_mask: ["brush", "eraser", "polygon", "move", "points"],
};

export function toolsOf(type: TaskType): readonly ToolName[] {
  return NAMES[type] ?? [];
}

/** The tools that make and change regions. */
export function regionTools(sizes: TemplateSizes): Partial<Record<ToolName, ToolMaker>> {
  return { rectangle, template: (host) => template(host, sizes), move, polygon, points };
}
