/** A brush or eraser over the picture: a ring shows what it would cover. */
import type { Easel, MaskBoard } from "../../masks/board";
import { drawRing } from "../../masks/ring";
import { StrokePath } from "../../masks/stroke-path";
import type { Viewport } from "../../viewport";
import type { State } from "../state";
import type { Input, ToolHost, ToolIntent } from "../tool";
import { Painting } from "./painting";

export type BrushKind = "paint" | "erase";

const ERASER_COLOR = "#ffffff";

export class AimingBrush implements State {
  readonly cursor = "none";

  constructor(
    private readonly host: ToolHost,
    private readonly easel: Easel,
    private readonly kind: BrushKind,
    private at: Input | null = null,
  ) {}

  pointerMove(input: Input): State {
    this.at = input;
    return this;
  }

  pointerDown(input: Input): State {
    const { host, easel, kind } = this;
    this.at = input;
    if (!easel.board) return this;
    const path = this.pathFrom(input, easel.board);
    if (!path) return this;
    return new Painting(host, easel.board, path, input, { color: this.color, size: easel.size.value, after: (at) => new AimingBrush(host, easel, kind, at) });
  }

  key({ type }: ToolIntent): State | null {
    if (type !== "larger" && type !== "smaller") return null;
    this.easel.size[type]();
    return this;
  }

  draw(context: CanvasRenderingContext2D, view: Viewport): void {
    if (this.at) drawRing(context, view, this.at, this.easel.size.value, this.color);
  }

  private pathFrom(input: Input, board: MaskBoard): StrokePath | null {
    const size = this.easel.size.value;
    if (this.kind === "erase") return new StrokePath({ kind: "erase", size }, input);
    const { label } = this.host;
    if (label !== null && board.hasRoomFor(label)) return new StrokePath({ kind: "paint", label, size }, input);
    this.host.hint(label === null ? "chooseLabel" : "tooMany");
    return null;
  }

  private get color(): string {
    return this.kind === "paint" && this.host.label !== null ? this.host.colorOf(this.host.label) : ERASER_COLOR;
  }
}
