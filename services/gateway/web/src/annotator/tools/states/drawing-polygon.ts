/** Corners are being set. A corner that would make the outline cross itself is refused at once. */
import { pointsOf } from "../../geometry/corners";
import { distance, inPicture, type Point } from "../../geometry/point";
import { crossesLine, distinctCorners, isSimple } from "../../geometry/simple";
import { regionId } from "../../regions/region";
import { BAD, drawHandles, drawRing, strokeShape, trace } from "../../stage/shape";
import type { Viewport } from "../../viewport";
import { reachOf } from "../reach";
import type { State } from "../state";
import type { Input, ToolHost, ToolIntent } from "../tool";

export class DrawingPolygon implements State {
  readonly cursor = "crosshair";
  readonly busy = "shape";
  private at: Input | null = null;

  constructor(
    private readonly host: ToolHost,
    private readonly label: string,
    private corners: readonly Point[],
    private readonly after: () => State,
  ) {}

  pointerMove(input: Input): State {
    this.at = input;
    return this;
  }

  pointerUp(input: Input): State {
    this.at = input;
    const next = inPicture(input, this.host.size);
    const last = this.corners.at(-1);
    if (this.isAtFirst(input)) return this.close();
    // The second press of a double click lands on the corner of the first.
    if (last && distance(last, next) * input.scale < (input.type === "keyboard" ? 0.001 : 3)) return this;
    if (crossesLine(this.corners, next)) this.host.hint("selfCrossing");
    else this.corners = [...this.corners, next];
    return this;
  }

  doubleClick(): State {
    return this.close();
  }

  key(intent: ToolIntent): State | null {
    if (intent.type === "escape") return this.after();
    if (intent.type === "backspace") {
      this.corners = this.corners.slice(0, -1);
      return this.corners.length > 0 ? this : this.after();
    }
    return intent.type === "enter" && !this.isHeldElsewhere() ? this.close() : null;
  }

  draw(context: CanvasRenderingContext2D, view: Viewport): void {
    const next = this.at && inPicture(this.at, this.host.size);
    const first = this.corners[0];
    const snaps = this.at !== null && this.isAtFirst(this.at);
    const bad = next !== null && !snaps && crossesLine(this.corners, next);
    const color = bad ? BAD : this.host.colorOf(this.label);
    trace(context, view, next ? [...this.corners, snaps && first ? first : next] : this.corners, false);
    strokeShape(context, color);
    drawHandles(context, view, this.corners, color);
    if (snaps && first) drawRing(context, view, first, color);
  }

  /** The crosshair of the keyboard was moved on from the last corner: Enter sets one there instead of closing. */
  private isHeldElsewhere(): boolean {
    const last = this.corners.at(-1);
    return this.at?.type === "keyboard" && last !== undefined && !this.isAtFirst(this.at) && distance(last, inPicture(this.at, this.host.size)) > 0;
  }

  private isAtFirst(input: Input): boolean {
    const [first] = this.corners;
    // By keyboard one is exact; a snap would only keep small shapes from being drawn.
    const reach = input.type === "keyboard" ? 0.001 : reachOf(input) * 1.5;
    return first !== undefined && this.corners.length >= 3 && distance(first, input) <= reach;
  }

  private close(): State {
    const { host, corners } = this;
    if (distinctCorners(corners) < 3) {
      host.hint("fewCorners");
      return this;
    }
    if (!isSimple(corners)) {
      host.hint("selfCrossing");
      return this;
    }
    const id = regionId();
    host.command({ type: "addRegion", items: [host.item], region: { id, label: this.label, shape: "polygon", points: pointsOf(corners) } });
    host.select(id);
    return this.after();
  }
}
