/**
 * A canvas that keeps what it drew. Moving the view costs a copy of its own pixels and the strips that come into sight; a change
 * of one shape costs its rectangle; only a change of scale draws everything.
 */
import type { Box } from "../geometry/point";
import { type Size, toPicture, type Viewport } from "../viewport";

/** Draws what lies in `area` (picture pixels). The context is scaled to CSS pixels, clipped and clear. */
export type Paint = (context: CanvasRenderingContext2D, view: Viewport, area: Box) => void;

/** A full drawing that took longer is put off while the hand zooms; until then the old pixels are stretched. */
const SLOW_MS = 9;
/** Lines reach over the bounds of their shapes by so many CSS pixels. */
const MARGIN_PX = 4;

/** Device pixels. */
interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export class CachedCanvas {
  private readonly context: CanvasRenderingContext2D;
  private drawn: Viewport | null = null;
  private dirty: Box[] = [];
  private ratio = 1;
  private cost = 0;
  /** The last exact drawing, while the canvas shows it stretched. */
  private still: { readonly pixels: HTMLCanvasElement; readonly view: Viewport } | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly paint: Paint,
  ) {
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    this.context = context;
  }

  resize(window: Size, ratio: number): void {
    this.ratio = ratio;
    this.canvas.width = Math.max(1, Math.round(window.width * ratio));
    this.canvas.height = Math.max(1, Math.round(window.height * ratio));
    Object.assign(this.canvas.style, { width: `${this.canvas.width / ratio}px`, height: `${this.canvas.height / ratio}px` });
    this.invalidate();
  }

  /** Something changed in the box (picture pixels), or everywhere. */
  invalidate(box?: Box): void {
    if (box) this.dirty.push(box);
    else {
      this.drawn = null;
      this.still = null;
    }
  }

  /** Shows the view. False if what is shown is only stretched: to be called again without hurry. */
  show(view: Viewport, hurried: boolean): boolean {
    if (hurried && this.stretch(view)) return false;
    this.still = null;
    if (this.drawn?.scale !== view.scale || !this.shift(this.drawn, view)) this.paintAll(view);
    for (const box of this.dirty) this.paintRect(view, this.rectOf(view, box));
    this.dirty = [];
    this.drawn = view;
    return true;
  }

  private paintAll(view: Viewport): void {
    const began = performance.now();
    this.paintRect(view, { left: 0, top: 0, right: this.canvas.width, bottom: this.canvas.height });
    this.cost = performance.now() - began;
    this.dirty = [];
  }

  /** Puts the old pixels where they would be at the new scale. False if drawing anew is quick enough. */
  private stretch(view: Viewport): boolean {
    if (this.cost < SLOW_MS || (!this.still && (!this.drawn || this.drawn.scale === view.scale))) return false;
    this.still ??= { pixels: this.copy(), view: this.drawn ?? view };
    const { pixels, view: was } = this.still;
    const grown = view.scale / was.scale;
    const { context, ratio } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.drawImage(pixels, (view.x - was.x * grown) * ratio, (view.y - was.y * grown) * ratio, pixels.width * grown, pixels.height * grown);
    this.drawn = null;
    return true;
  }

  private copy(): HTMLCanvasElement {
    const pixels = document.createElement("canvas");
    pixels.width = this.canvas.width;
    pixels.height = this.canvas.height;
    pixels.getContext("2d")?.drawImage(this.canvas, 0, 0);
    return pixels;
  }

  /** Moves the pixels and draws what came into sight. False if nothing of the old view is left. */
  private shift(was: Viewport, view: Viewport): boolean {
    const { width, height } = this.canvas;
    const dx = Math.round((view.x - was.x) * this.ratio);
    const dy = Math.round((view.y - was.y) * this.ratio);
    if (Math.abs(dx) >= width || Math.abs(dy) >= height) return false;
    if (dx === 0 && dy === 0) return true;
    const { context } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalCompositeOperation = "copy";
    context.drawImage(this.canvas, dx, dy);
    context.globalCompositeOperation = "source-over";
    if (dx !== 0) this.paintRect(view, { left: dx > 0 ? 0 : width + dx, top: 0, right: dx > 0 ? dx : width, bottom: height });
    if (dy !== 0) this.paintRect(view, { left: 0, top: dy > 0 ? 0 : height + dy, right: width, bottom: dy > 0 ? dy : height });
    return true;
  }

  private paintRect(view: Viewport, { left, top, right, bottom }: Rect): void {
    if (right <= left || bottom <= top) return;
    const { context, ratio } = this;
    const margin = MARGIN_PX * ratio;
    const from = toPicture(view, { x: (left - margin) / ratio, y: (top - margin) / ratio });
    const to = toPicture(view, { x: (right + margin) / ratio, y: (bottom + margin) / ratio });
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.clearRect(left, top, right - left, bottom - top);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.paint(context, view, { x0: from.x, y0: from.y, x1: to.x, y1: to.y });
    context.restore();
  }

  /** The device pixels that a shape with these bounds may touch. */
  private rectOf(view: Viewport, { x0, y0, x1, y1 }: Box): Rect {
    const { ratio } = this;
    const edge = (value: number, offset: number, margin: number): number => (value * view.scale + offset + margin) * ratio;
    return {
      left: Math.max(0, Math.floor(edge(x0, view.x, -MARGIN_PX))),
      top: Math.max(0, Math.floor(edge(y0, view.y, -MARGIN_PX))),
      right: Math.min(this.canvas.width, Math.ceil(edge(x1, view.x, MARGIN_PX))),
      bottom: Math.min(this.canvas.height, Math.ceil(edge(y1, view.y, MARGIN_PX))),
    };
  }
}
