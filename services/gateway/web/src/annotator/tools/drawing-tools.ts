/** The tools that make and change regions, each from its first state. */
import { StateTool } from "./state-tool";
import { PlacingTemplate } from "./states/placing-template";
import { PointingBox } from "./states/pointing-box";
import { PointingCorner } from "./states/pointing-corner";
import { PointingRegion } from "./states/pointing-region";
import { StartingPolygon } from "./states/starting-polygon";
import type { TemplateSizes } from "./template";
import type { Tool, ToolHost } from "./tool";

export function rectangle(host: ToolHost): Tool {
  return new StateTool("rectangle", "press", host, () => new PointingBox(host));
}

export function template(host: ToolHost, sizes: TemplateSizes): Tool {
  const size = sizes.now(host.regions.all);
  return new StateTool("template", "click", host, () => new PlacingTemplate(host, size, sizes.remember));
}

export function move(host: ToolHost): Tool {
  return new StateTool("move", "press", host, () => new PointingRegion(host));
}

export function polygon(host: ToolHost): Tool {
  return new StateTool("polygon", "click", host, () => new StartingPolygon(host));
}

export function points(host: ToolHost): Tool {
  return new StateTool("points", "press", host, () => new PointingCorner(host));
}
