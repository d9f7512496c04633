/** A whole region is being dragged. It keeps its form to the hundredth and stays in the picture. */
import { boundsOf } from "../../geometry/bounds";
import { shifted, shiftWithin } from "../../geometry/box";
import { cornersOf } from "../../geometry/corners";
import type { Region } from "../../regions/region";
import { drawShape } from "../../stage/shape";
import type { Viewport } from "../../viewport";
import type { State } from "../state";
import type { Input, ToolHost } from "../tool";

export class MovingRegion implements State {
  readonly cursor = "move";
  readonly busy = "drag";
  private points: readonly number[];

  constructor(
    private readonly host: ToolHost,
    private readonly region: Region,
    private readonly from: Input,
    private readonly after: () => State,
  ) {
    this.points = region.points;
    host.lift(region.id);
  }

  pointerMove(input: Input): State {
    const { points } = this.region;
    this.points = shifted(points, shiftWithin(boundsOf(points), input.x - this.from.x, input.y - this.from.y, this.host.size));
    return this;
  }

  pointerUp(input: Input): State {
    this.pointerMove(input);
    const moved = this.points.some((value, place) => value !== this.region.points[place]);
    if (moved) this.host.command({ type: "reshape", items: [this.host.item], region: this.region.id, points: this.points });
    return this.after();
  }

  draw(context: CanvasRenderingContext2D, view: Viewport): void {
    drawShape(context, view, cornersOf({ ...this.region, points: this.points }), this.host.colorOf(this.region.label));
  }

  leave(): void {
    this.host.lift(null);
  }
}
