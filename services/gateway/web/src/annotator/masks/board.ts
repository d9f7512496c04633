/** The mask of the picture under work: its pixels and how they are shown. Told of strokes; gives no commands itself. */
import type { Box } from "../geometry/point";
import type { Size } from "../viewport";
import { MaskLayer } from "./layer";
import { type Base, type Paint, Raster } from "./raster";
import type { Stroke } from "./stroke";

export interface BoardView {
  readonly colorOf: (label: string) => string;
  readonly opacity: number;
  /** Pixels in the box changed, or all of them. */
  readonly repaint: (box?: Box) => void;
}

export class MaskBoard {
  readonly layer: MaskLayer;
  /** What there is paint of; the same list until that changes. A stroke under way does not count. */
  paints: readonly Paint[];
  private readonly raster: Raster;
  private readonly listeners = new Set<() => void>();

  constructor(size: Size, base: Base | null, private readonly view: BoardView) {
    this.raster = new Raster(size, base);
    this.layer = new MaskLayer(this.raster, view.colorOf, view.opacity);
    this.paints = this.raster.paints();
  }

  /** Called when `paints` is another list. */
  readonly onPaints = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** One picture takes so many labels and no more. */
  hasRoomFor(label: string): boolean {
    return this.raster.classes.hasRoomFor(label);
  }

  show(strokes: readonly Stroke[]): void {
    this.raster.show(strokes);
    this.refresh();
  }

  extend(stroke: Stroke): void {
    this.raster.extend(stroke);
    this.refresh();
  }

  commit(stroke: Stroke): void {
    this.raster.commit(stroke);
    this.refresh();
  }

  cancel(): void {
    this.raster.cancel();
    this.refresh();
  }

  setOpacity(opacity: number): void {
    this.layer.opacity = opacity;
    this.view.repaint();
  }

  private refresh(): void {
    const dirty = this.raster.takeDirty();
    if (dirty) this.view.repaint({ x0: dirty.left, y0: dirty.top, x1: dirty.right, y1: dirty.bottom });
    const now = this.raster.paints();
    if (samePaints(now, this.paints)) return;
    this.paints = now;
    for (const listener of this.listeners) listener();
  }
}

function samePaints(some: readonly Paint[], others: readonly Paint[]): boolean {
  return some.length === others.length && some.every(({ label, pixels }, place) => others[place]?.label === label && others[place].pixels === pixels);
}

/** What brushes work with. The board comes with each picture, the size of the brush stays. */
export interface Easel {
  /** Null while the mask that the picture came with is not there yet. */
  board: MaskBoard | null;
  readonly size: { readonly value: number; larger(): void; smaller(): void };
}
