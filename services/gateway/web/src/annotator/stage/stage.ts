/**
 * Three canvases above each other: the picture with what lies under the regions, the regions at rest, and what is under edit. Keeps
 * the view; draws once a frame at most, and only what changed. Knows neither tools nor labels.
 */
import type { Box, Point } from "../geometry/point";
import { clamped, fitScale, fitted, panned, type Size, snapped, type Viewport, zoomed } from "../viewport";
import { CachedCanvas, type Paint } from "./cached-canvas";
import type { Layer } from "./layer";
import { onRatio } from "./sharpness";

export interface StageParts {
  /** Draws the regions at rest. */
  readonly regions: Paint;
  /** Draws what is under edit, each frame that has a change. */
  readonly edit: (context: CanvasRenderingContext2D, view: Viewport, window: Size) => void;
  /** The view of this stage changed. */
  readonly onView: (stage: Stage) => void;
}

/** A zoom is over when no step followed for so long; then all is drawn sharp. */
const SETTLE_MS = 110;
const STEP = 1.3;

export class Stage {
  view: Viewport = { scale: 1, x: 0, y: 0 };
  /** The window that the picture is seen through, CSS pixels. */
  private space: Size = { width: 0, height: 0 };
  private picture: Size = { width: 1, height: 1 };
  private fit = true;
  private image: Layer | null = null;
  private under: Layer | null = null;
  private frame = 0;
  private settle = 0;
  private hurried = false;
  private readonly below: CachedCanvas;
  private readonly still: CachedCanvas;
  private readonly top: HTMLCanvasElement;
  private readonly observer: ResizeObserver;
  private readonly stopRatio: () => void;

  constructor(
    private readonly root: HTMLElement,
    private readonly parts: StageParts,
  ) {
    const [below, still, top] = [newCanvas(), newCanvas(), newCanvas()];
    root.prepend(below, still, top);
    this.below = new CachedCanvas(below, this.paintBelow);
    this.still = new CachedCanvas(still, parts.regions);
    this.top = top;
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(root);
    this.stopRatio = onRatio(() => this.resize());
    this.resize();
  }

  destroy(): void {
    this.observer.disconnect();
    this.stopRatio();
    cancelAnimationFrame(this.frame);
    window.clearTimeout(this.settle);
    for (const canvas of this.root.querySelectorAll("canvas")) canvas.remove();
  }

  /** Device pixels for one CSS pixel. */
  get ratio(): number {
    return globalThis.devicePixelRatio;
  }

  get isFitted(): boolean {
    return this.fit;
  }

  /** A new picture starts as a whole. */
  open(picture: Size): void {
    this.picture = picture;
    this.image = null;
    this.under = null;
    this.below.invalidate();
    this.still.invalidate();
    this.zoomFit();
  }

  setImage(layer: Layer | null): void {
    this.image = layer;
    this.repaint();
  }

  /** Over the picture, under the regions: a mask. */
  setUnder(layer: Layer | null): void {
    this.under = layer;
    this.repaint();
  }

  /** The image or what lies over it changed, in the box (picture pixels) or everywhere. */
  repaint(box?: Box): void {
    this.below.invalidate(box);
    this.schedule();
  }

  /** Regions changed. */
  redrawRegions(box?: Box): void {
    this.still.invalidate(box);
    this.schedule();
  }

  /** What is under edit changed. */
  redraw(): void {
    this.schedule();
  }

  zoomBy(factor: number, at?: Point): void {
    const { space, picture } = this;
    const middle = at ?? { x: space.width / 2, y: space.height / 2 };
    const next = zoomed(this.view, factor, middle, space, picture, this.leastScale());
    if (next.scale === this.view.scale) return;
    this.fit = next.scale === fitScale(space, picture);
    this.hurried = true;
    window.clearTimeout(this.settle);
    this.settle = window.setTimeout(() => this.settled(), SETTLE_MS);
    this.become(next);
  }

  zoomIn(): void {
    this.zoomBy(STEP);
  }

  zoomOut(): void {
    this.zoomBy(1 / STEP);
  }

  /** One picture pixel is one device pixel. */
  zoomActual(): void {
    this.zoomBy(1 / this.ratio / this.view.scale);
  }

  zoomFit(): void {
    this.fit = true;
    this.become(fitted(this.space, this.picture));
  }

  panBy(dx: number, dy: number): void {
    this.become(panned(this.view, dx, dy, this.space, this.picture));
  }

  /** Moves the picture as little as brings the place (picture pixels) into the window. */
  reveal({ x, y }: Point): void {
    const { view, space } = this;
    const at = { x: x * view.scale + view.x, y: y * view.scale + view.y };
    const margin = Math.min(40, space.width / 4, space.height / 4);
    const dx = Math.max(0, margin - at.x) - Math.max(0, at.x - (space.width - margin));
    const dy = Math.max(0, margin - at.y) - Math.max(0, at.y - (space.height - margin));
    if (dx !== 0 || dy !== 0) this.panBy(dx, dy);
  }

  /** The place of the picture in the middle of the window. */
  middle(): Point {
    const { view, space } = this;
    return { x: (space.width / 2 - view.x) / view.scale, y: (space.height / 2 - view.y) / view.scale };
  }

  /** Fitted, or actual size where that is smaller: a small picture may be looked at as it is. */
  private leastScale(): number {
    return Math.min(fitScale(this.space, this.picture), 1 / this.ratio);
  }

  private become(view: Viewport): void {
    this.view = snapped(view, this.ratio);
    this.root.dataset["view"] = `${this.view.scale} ${this.view.x} ${this.view.y}`;
    this.parts.onView(this);
    this.schedule();
  }

  private settled(): void {
    this.hurried = false;
    this.schedule();
  }

  private resize(): void {
    this.space = { width: this.root.clientWidth, height: this.root.clientHeight };
    if (this.space.width === 0 || this.space.height === 0) return;
    this.below.resize(this.space, this.ratio);
    this.still.resize(this.space, this.ratio);
    this.top.width = Math.round(this.space.width * this.ratio);
    this.top.height = Math.round(this.space.height * this.ratio);
    Object.assign(this.top.style, { width: `${this.space.width}px`, height: `${this.space.height}px` });
    this.become(this.fit ? fitted(this.space, this.picture) : clamped(this.view, this.space, this.picture));
    // The canvases are empty now: a frame without a picture would be seen as a flash.
    this.draw();
  }

  private schedule(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (this.space.width === 0) return;
    this.below.show(this.view, this.hurried);
    this.still.show(this.view, this.hurried);
    const context = this.top.getContext("2d");
    if (!context) return;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.space.width, this.space.height);
    this.parts.edit(context, this.view, this.space);
  }

  private readonly paintBelow: Paint = (context, view, area) => {
    this.image?.draw(context, view, this.space, area);
    this.under?.draw(context, view, this.space, area);
  };
}

function newCanvas(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}
