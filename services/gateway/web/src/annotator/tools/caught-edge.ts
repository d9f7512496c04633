/** The edge or corner of the selected box that a press would catch. */
import { type Handle, handleAt } from "../geometry/box";
import { boxOf } from "../geometry/corners";
import type { Region } from "../regions/region";
import { reachOf } from "./reach";
import type { Input, ToolHost } from "./tool";

export interface CaughtEdge {
  readonly region: Region;
  readonly handle: Handle;
}

export function caughtEdge(host: ToolHost, input: Input): CaughtEdge | null {
  const region = host.regions.get(host.selection);
  if (region?.shape !== "box" || host.locked(region.id)) return null;
  const handle = handleAt(boxOf(region.points), input, reachOf(input));
  return handle && { region, handle };
}
