/** How the tools for regions are made. */
import { move, points, polygon, rectangle, template } from "./drawing-tools";
import type { TemplateSizes } from "./template";
import type { Tool, ToolHost, ToolName } from "./tool";

export type ToolMaker = (host: ToolHost) => Tool;

/** The tools that make and change regions. */
export function regionTools(sizes: TemplateSizes): Partial<Record<ToolName, ToolMaker>> {
  return { rectangle, template: (host) => template(host, sizes), move, polygon, points };
}
