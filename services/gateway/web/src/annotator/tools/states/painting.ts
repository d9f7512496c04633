/** A stroke is being drawn: its pixels change as the hand moves; it becomes one command when the hand lets go. */
import type { MaskBoard } from "../../masks/board";
import { drawRing } from "../../masks/ring";
import type { StrokePath } from "../../masks/stroke-path";
import type { Viewport } from "../../viewport";
import type { State } from "../state";
import type { Input, ToolHost } from "../tool";

interface Brush {
  readonly color: string;
  readonly size: number;
  readonly after: (at: Input) => State;
}

export class Painting implements State {
  readonly cursor = "none";
  readonly busy = "drag";

  constructor(
    private readonly host: ToolHost,
    private readonly board: MaskBoard,
    private readonly path: StrokePath,
    private at: Input,
    private readonly brush: Brush,
  ) {
    board.extend(path.stroke);
  }

  pointerMove(input: Input): State {
    this.at = input;
    if (this.path.add(input)) this.board.extend(this.path.stroke);
    return this;
  }

  pointerUp(input: Input): State {
    const { host, board, path, brush } = this;
    path.add(input);
    const stroke = path.finish();
    board.commit(stroke);
    host.command({ type: "paint", items: [host.item], stroke });
    return brush.after(input);
  }

  draw(context: CanvasRenderingContext2D, view: Viewport): void {
    drawRing(context, view, this.at, this.brush.size, this.brush.color);
  }

  leave(): void {
    // After a stroke that was finished there is nothing to take back.
    this.board.cancel();
  }
}
