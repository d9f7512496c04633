/** The rectangle tool at rest: a press begins a box, or catches an edge of the one that is selected. */
import { handleCursor } from "../../geometry/box";
import { caughtEdge } from "../caught-edge";
import type { State } from "../state";
import type { Input, ToolHost } from "../tool";
import { DrawingBox } from "./drawing-box";
import { StretchingBox } from "./stretching-box";

export class PointingBox implements State {
  cursor = "crosshair";

  constructor(private readonly host: ToolHost) {}

  pointerMove(input: Input): State {
    const caught = caughtEdge(this.host, input);
    this.cursor = caught ? handleCursor(caught.handle) : "crosshair";
    return this;
  }

  pointerDown(input: Input): State {
    const { host } = this;
    const again = (): State => new PointingBox(host);
    const caught = caughtEdge(this.host, input);
    if (caught) return new StretchingBox(host, caught.region, caught.handle, input, again);
    if (host.label === null) {
      host.hint("chooseLabel");
      return this;
    }
    return new DrawingBox(host, host.label, input, again);
  }
}
