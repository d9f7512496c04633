/** The points tool at rest: on the selected polygon a click takes a corner away or puts one on an edge, a drag moves it. */
import { nearestCorner, pointsOf, toCorners } from "../../geometry/corners";
import { distance, inPicture, type Point } from "../../geometry/point";
import { nearestOn } from "../../geometry/segment";
import { isSimple } from "../../geometry/simple";
import type { Region } from "../../regions/region";
import { drawHandles, drawRing } from "../../stage/shape";
import type { Viewport } from "../../viewport";
import { reachOf } from "../reach";
import type { State } from "../state";
import type { Input, ToolHost } from "../tool";
import { MovingCorner } from "./moving-corner";
import { Pressing } from "./pressing";

/** A corner of a polygon, or one that would be put on an edge. */
interface Spot {
  readonly corners: readonly Point[];
  readonly place: number;
  readonly fresh: boolean;
}

export class PointingCorner implements State {
  cursor = "default";
  private at: Input | null = null;

  constructor(private readonly host: ToolHost) {}

  pointerMove(input: Input): State {
    this.at = input;
    const spot = this.spotAt(input);
    this.cursor = spot ? (spot.fresh ? "copy" : "pointer") : "default";
    return this;
  }

  pointerDown(input: Input): State {
    const { host } = this;
    const region = this.selected();
    const spot = this.spotAt(input);
    if (!region || !spot) return this.choose(input);
    if (host.locked(region.id)) {
      host.hint("locked");
      return this;
    }
    const again = (): State => new PointingCorner(host);
    return new Pressing(input, {
      cursor: this.cursor,
      drag: () => new MovingCorner(host, region, spot.corners, spot.place, again),
      click: () => this.clicked(region, spot),
    });
  }

  draw(context: CanvasRenderingContext2D, view: Viewport): void {
    const region = this.selected();
    const spot = this.at && this.spotAt(this.at);
    const corner = spot?.corners[spot.place];
    if (!region || !corner) return;
    const color = this.host.colorOf(region.label);
    if (spot.fresh) drawHandles(context, view, [corner], color);
    else drawRing(context, view, corner, color);
  }

  private selected(): Region | null {
    const region = this.host.regions.get(this.host.selection);
    return region?.shape === "polygon" ? region : null;
  }

  private choose(input: Input): State {
    const region = this.host.regions.at(input, reachOf(input), (one) => one.shape === "polygon" && this.host.shown(one));
    this.host.select(region?.id ?? null);
    if (!region) this.host.hint("selectPolygon");
    return this;
  }

  private clicked(region: Region, { corners, place, fresh }: Spot): State {
    const next = fresh ? corners : corners.filter((_, at) => at !== place);
    if (next.length < 3) this.host.hint("fewCorners");
    else if (!isSimple(next)) this.host.hint("selfCrossing");
    else this.host.command({ type: "reshape", items: [this.host.item], region: region.id, points: pointsOf(next) });
    return new PointingCorner(this.host);
  }

  private spotAt(input: Input): Spot | null {
    const region = this.selected();
    if (!region) return null;
    const corners = toCorners(region.points);
    const reach = reachOf(input);
    const place = nearestCorner(corners, input, reach);
    if (place >= 0) return { corners, place, fresh: false };
    return edgeSpot(corners, input, reach, this.host);
  }
}

/** A new corner on the nearest edge within `reach`. */
function edgeSpot(corners: readonly Point[], input: Input, reach: number, { size }: ToolHost): Spot | null {
  const feet = corners.map((corner, at) => nearestOn(input, corner, corners[(at + 1) % corners.length] ?? corner));
  const far = feet.map((foot) => distance(foot, input));
  const least = far.reduce((one, other) => Math.min(one, other), Infinity);
  const edge = far.indexOf(least);
  const foot = feet[edge];
  if (!foot || least > reach) return null;
  return { corners: corners.toSpliced(edge + 1, 0, inPicture(foot, size)), place: edge + 1, fresh: true };
}
