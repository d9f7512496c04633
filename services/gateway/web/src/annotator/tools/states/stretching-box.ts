/** An edge or corner of a box is being dragged. */
import { type Handle, handleCursor, hasArea, pointsOfBox, stretched } from "../../geometry/box";
import { boxCorners, boxOf } from "../../geometry/corners";
import type { Box } from "../../geometry/point";
import type { Region } from "../../regions/region";
import { drawHandles, drawShape } from "../../stage/shape";
import type { Viewport } from "../../viewport";
import type { State } from "../state";
import type { Input, ToolHost } from "../tool";

export class StretchingBox implements State {
  readonly cursor: string;
  readonly busy = "drag";
  private box: Box;
  private moved = false;

  constructor(
    private readonly host: ToolHost,
    private readonly region: Region,
    private readonly handle: Handle,
    private readonly from: Input,
    private readonly after: () => State,
  ) {
    this.cursor = handleCursor(handle);
    this.box = boxOf(region.points);
    host.lift(region.id);
  }

  pointerMove(input: Input): State {
    const { x0, y0, x1, y1 } = boxOf(this.region.points);
    const was = { x: this.handle.x === "x0" ? x0 : x1, y: this.handle.y === "y0" ? y0 : y1 };
    // The edge follows the hand by the way it went: it does not jump to the pointer when it was caught beside the line.
    const to = { x: was.x + input.x - this.from.x, y: was.y + input.y - this.from.y };
    this.box = stretched(boxOf(this.region.points), this.handle, to, this.host.size);
    this.moved = this.moved || input.x !== this.from.x || input.y !== this.from.y;
    return this;
  }

  pointerUp(input: Input): State {
    this.pointerMove(input);
    if (!hasArea(this.box)) this.host.hint("tooSmall");
    else if (this.moved) this.host.command({ type: "reshape", items: [this.host.item], region: this.region.id, points: pointsOfBox(this.box) });
    return this.after();
  }

  draw(context: CanvasRenderingContext2D, view: Viewport): void {
    const color = this.host.colorOf(this.region.label);
    drawShape(context, view, boxCorners(this.box), color);
    drawHandles(context, view, boxCorners(this.box), color);
  }

  leave(): void {
    this.host.lift(null);
  }
}
