/** A corner of a polygon is being dragged. */
import { toCorners, pointsOf } from "../../geometry/corners";
import { inPicture, type Point } from "../../geometry/point";
import { isSimple } from "../../geometry/simple";
import type { Region } from "../../regions/region";
import { BAD, drawHandles, drawShape } from "../../stage/shape";
import type { Viewport } from "../../viewport";
import type { State } from "../state";
import type { Input, ToolHost } from "../tool";

export class MovingCorner implements State {
  readonly cursor = "move";
  readonly busy = "drag";
  private corners: Point[];

  /** `corners`: those of the region, or with one more that was just put on an edge. */
  constructor(
    private readonly host: ToolHost,
    private readonly region: Region,
    corners: readonly Point[],
    private readonly place: number,
    private readonly after: () => State,
  ) {
    this.corners = [...corners];
    host.lift(region.id);
  }

  pointerMove(input: Input): State {
    this.corners[this.place] = inPicture(input, this.host.size);
    return this;
  }

  pointerUp(input: Input): State {
    this.pointerMove(input);
    const points = pointsOf(this.corners);
    if (!this.isGood()) this.host.hint("selfCrossing");
    else if (pointsOf(toCorners(this.region.points)).join() !== points.join()) {
      this.host.command({ type: "reshape", items: [this.host.item], region: this.region.id, points });
    }
    return this.after();
  }

  draw(context: CanvasRenderingContext2D, view: Viewport): void {
    const color = this.isGood() ? this.host.colorOf(this.region.label) : BAD;
    drawShape(context, view, this.corners, color);
    drawHandles(context, view, this.corners, color);
  }

  leave(): void {
    this.host.lift(null);
  }

  private isGood(): boolean {
    const before = (this.place + this.corners.length - 1) % this.corners.length;
    return isSimple(this.corners, [before, this.place]);
  }
}
