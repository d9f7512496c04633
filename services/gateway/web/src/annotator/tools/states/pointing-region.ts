/** The move tool at rest: a press selects; a drag moves the region, or the edge or corner that was caught. */
import { handleAt, handleCursor, shifted, shiftWithin } from "../../geometry/box";
import { boundsOf } from "../../geometry/bounds";
import { boxOf, nearestCorner, toCorners } from "../../geometry/corners";
import type { Region } from "../../regions/region";
import { reachOf } from "../reach";
import type { State } from "../state";
import type { Input, ToolHost, ToolIntent } from "../tool";
import { MovingCorner } from "./moving-corner";
import { MovingRegion } from "./moving-region";
import { Pressing } from "./pressing";
import { StretchingBox } from "./stretching-box";

/** What a drag that begins at a place would do. */
interface Hold {
  readonly region: Region;
  readonly cursor: string;
  readonly drag: () => State;
}

export class PointingRegion implements State {
  cursor = "default";

  constructor(private readonly host: ToolHost) {}

  pointerMove(input: Input): State {
    const hold = this.holdAt(input);
    this.cursor = hold ? (this.host.locked(hold.region.id) ? "not-allowed" : hold.cursor) : "default";
    return this;
  }

  pointerDown(input: Input): State {
    const { host } = this;
    const hold = this.holdAt(input);
    host.select(hold?.region.id ?? null);
    if (!hold) return this;
    if (host.locked(hold.region.id)) {
      host.hint("locked");
      return this;
    }
    return new Pressing(input, { cursor: hold.cursor, drag: hold.drag, click: () => new PointingRegion(host) });
  }

  /** The arrows move what is selected. */
  key(intent: ToolIntent): State | null {
    const region = this.host.regions.get(this.host.selection);
    if (intent.type !== "arrow" || !region) return null;
    if (this.host.locked(region.id)) {
      this.host.hint("locked");
      return this;
    }
    const by = shiftWithin(boundsOf(region.points), intent.dx, intent.dy, this.host.size);
    if (by.x !== 0 || by.y !== 0) this.host.command({ type: "reshape", items: [this.host.item], region: region.id, points: shifted(region.points, by) });
    return this;
  }

  private holdAt(input: Input): Hold | null {
    const selected = this.host.regions.get(this.host.selection);
    const held = selected && this.part(selected, input);
    if (held) return held;
    const region = this.host.regions.at(input, reachOf(input), this.host.shown);
    return region && (this.part(region, input) ?? this.whole(region, input));
  }

  /** An edge or corner of the region at the pointer. */
  private part(region: Region, input: Input): Hold | null {
    const again = (): State => new PointingRegion(this.host);
    if (region.shape === "box") {
      const handle = handleAt(boxOf(region.points), input, reachOf(input));
      return handle && { region, cursor: handleCursor(handle), drag: () => new StretchingBox(this.host, region, handle, input, again) };
    }
    const corners = toCorners(region.points);
    const place = nearestCorner(corners, input, reachOf(input));
    return place < 0 ? null : { region, cursor: "move", drag: () => new MovingCorner(this.host, region, corners, place, again) };
  }

  private whole(region: Region, input: Input): Hold {
    return { region, cursor: "move", drag: () => new MovingRegion(this.host, region, input, () => new PointingRegion(this.host)) };
  }
}
