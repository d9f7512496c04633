/** Mouse, pen and fingers on the picture: feeds the tool in picture pixels, hovers, moves the view. */
import type { Point } from "../geometry/point";
import type { Hand, Touch } from "../stage/pointers";
import type { Input } from "../tools/tool";
import { toPicture, type Viewport } from "../viewport";
import type { Annotator } from "./annotator";

const REACH_PX = 6;

export class PointerHand implements Hand {
  /** A press that the tool knows of. */
  pressed = false;
  private at: Touch | null = null;

  constructor(private readonly annotator: Annotator) {}

  /** Where the mouse is over the picture. Fingers and pens need no crosshair. */
  over(view: Viewport): Point | null {
    return this.at?.type === "mouse" ? toPicture(view, this.at) : null;
  }

  forget(): void {
    this.pressed = false;
    this.at = null;
  }

  down(at: Touch): void {
    this.takeOver();
    this.pressed = true;
    this.at = at;
    this.annotator.tool.pointerDown(this.input(at));
  }

  move(at: Touch): void {
    const { annotator } = this;
    this.takeOver();
    this.at = at;
    const input = this.input(at);
    annotator.tool.pointerMove(input);
    if (!this.pressed && annotator.state.tool === "move") annotator.hover(annotator.regions.at(input, REACH_PX / input.scale, annotator.shown)?.id ?? null);
  }

  up(at: Touch): void {
    if (this.pressed) this.annotator.tool.pointerUp(this.input(at));
    this.pressed = false;
  }

  doubleClick(at: Touch): void {
    this.annotator.tool.doubleClick(this.input(at));
  }

  /** Only the press is taken back: two fingers that look closer must not cost the corners that are set already. */
  cancel(): void {
    this.pressed = false;
    if (this.annotator.tool.busy !== "shape") this.annotator.tool.cancel();
  }

  leave(): void {
    if (this.pressed) return;
    this.at = null;
    this.annotator.hover(null);
  }

  pan(dx: number, dy: number): void {
    this.annotator.stage.panBy(dx, dy);
  }

  zoom(factor: number, at: Point): void {
    this.annotator.stage.zoomBy(factor, at);
  }

  /** What the keyboard holds pressed must not follow the mouse. */
  private takeOver(): void {
    const { keyboard, tool } = this.annotator;
    if (keyboard.holds) tool.cancel();
    keyboard.clear();
  }

  private input({ x, y, shift, alt, pressure, type }: Touch): Input {
    const { view } = this.annotator.stage;
    return { ...toPicture(view, { x, y }), scale: view.scale, shift, alt, pressure, type };
  }
}
