/** A box is being drawn from one corner to the opposite one. */
import { boxBetween, hasArea, pointsOfBox } from "../../geometry/box";
import { boxCorners } from "../../geometry/corners";
import { regionId } from "../../regions/region";
import { drawShape } from "../../stage/shape";
import type { Viewport } from "../../viewport";
import { isDrag } from "../reach";
import type { State } from "../state";
import type { Input, ToolHost } from "../tool";

export class DrawingBox implements State {
  readonly cursor = "crosshair";
  readonly busy = "drag";
  private to: Input;

  constructor(
    private readonly host: ToolHost,
    private readonly label: string,
    private readonly from: Input,
    private readonly after: () => State,
  ) {
    this.to = from;
  }

  pointerMove(input: Input): State {
    this.to = input;
    return this;
  }

  pointerUp(input: Input): State {
    this.to = input;
    const { host } = this;
    if (!hasArea(this.box) || !isDrag(this.from, input)) {
      host.hint("tooSmall");
      return this.after();
    }
    const id = regionId();
    host.command({ type: "addRegion", items: [host.item], region: { id, label: this.label, shape: "box", points: pointsOfBox(this.box) } });
    host.select(id);
    return this.after();
  }

  draw(context: CanvasRenderingContext2D, view: Viewport): void {
    drawShape(context, view, boxCorners(this.box), this.host.colorOf(this.label));
  }

  private get box() {
    return boxBetween(this.from, this.to, this.host.size);
  }
}
