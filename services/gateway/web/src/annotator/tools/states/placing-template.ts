/** The template tool: a click puts a box of the template's size around the pointer. */
import { boxAround, handleCursor, pointsOfBox } from "../../geometry/box";
import { boxCorners } from "../../geometry/corners";
import { regionId } from "../../regions/region";
import { strokeShape, trace } from "../../stage/shape";
import type { Size, Viewport } from "../../viewport";
import { caughtEdge } from "../caught-edge";
import type { State } from "../state";
import type { Input, ToolHost } from "../tool";
import { StretchingBox } from "./stretching-box";

export class PlacingTemplate implements State {
  cursor = "crosshair";
  private at: Input | null = null;

  constructor(
    private readonly host: ToolHost,
    private readonly size: Size,
    private readonly placed: (region: string) => void,
  ) {}

  pointerMove(input: Input): State {
    this.at = input;
    const caught = caughtEdge(this.host, input);
    this.cursor = caught ? handleCursor(caught.handle) : "crosshair";
    return this;
  }

  pointerDown(input: Input): State {
    const { host } = this;
    const caught = caughtEdge(this.host, input);
    if (caught) return new StretchingBox(host, caught.region, caught.handle, input, () => new PlacingTemplate(host, this.size, this.placed));
    if (host.label === null) {
      host.hint("chooseLabel");
      return this;
    }
    const id = regionId();
    this.placed(id);
    const points = pointsOfBox(boxAround(input, this.size, host.size));
    host.command({ type: "addRegion", items: [host.item], region: { id, label: host.label, shape: "box", points } });
    host.select(id);
    return this;
  }

  draw(context: CanvasRenderingContext2D, view: Viewport): void {
    if (!this.at || this.host.label === null || caughtEdge(this.host, this.at)) return;
    trace(context, view, boxCorners(boxAround(this.at, this.size, this.host.size)), true);
    context.setLineDash([5, 4]);
    strokeShape(context, this.host.colorOf(this.host.label), 1.5);
    context.setLineDash([]);
  }
}
