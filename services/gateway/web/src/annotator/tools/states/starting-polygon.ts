/** The polygon tool at rest: a click sets the first corner. */
import { inPicture } from "../../geometry/point";
import type { State } from "../state";
import type { Input, ToolHost } from "../tool";
import { DrawingPolygon } from "./drawing-polygon";

export class StartingPolygon implements State {
  readonly cursor = "crosshair";
  private pressed = false;

  constructor(private readonly host: ToolHost) {}

  pointerDown(): State {
    this.pressed = this.host.label !== null;
    if (!this.pressed) this.host.hint("chooseLabel");
    return this;
  }

  pointerUp(input: Input): State {
    const { label } = this.host;
    if (!this.pressed || label === null) return this;
    this.host.select(null);
    return new DrawingPolygon(this.host, label, [inPicture(input, this.host.size)], () => new StartingPolygon(this.host));
  }
}
