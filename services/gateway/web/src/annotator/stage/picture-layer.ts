/** The picture itself, from the sharpest source that is there. Sources differ in size, never in place: all fill the whole picture. */
import type { Box } from "../geometry/point";
import { type Size, toWindow, type Viewport } from "../viewport";
import type { Layer } from "./layer";

export interface Source {
  readonly pixels: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

/** From so many device pixels for one of the source on, single pixels are shown as they are. */
const CRISP = 1.5;

export class PictureLayer implements Layer {
  private sources: readonly Source[] = [];

  constructor(
    readonly size: Size,
    private readonly ratio: () => number,
  ) {}

  add(source: Source): void {
    this.sources = [...this.sources, source].sort((a, b) => a.width - b.width);
  }

  /** Whether a source with more pixels would be seen at this scale. */
  wantsMore(scale: number): boolean {
    const best = this.sources.at(-1);
    return best !== undefined && best.width < this.size.width && scale * this.ratio() * this.size.width > best.width;
  }

  draw(context: CanvasRenderingContext2D, view: Viewport, _window: Size, area: Box): void {
    const onScreen = view.scale * this.ratio() * this.size.width;
    const source = this.sources.find((one) => one.width >= onScreen) ?? this.sources.at(-1);
    if (!source) return;
    context.imageSmoothingEnabled = onScreen / source.width < CRISP;
    context.imageSmoothingQuality = "medium";
    const part = this.visible(area);
    if (part.x1 <= part.x0 || part.y1 <= part.y0) return;
    const grown = { x: source.width / this.size.width, y: source.height / this.size.height };
    const to = toWindow(view, { x: part.x0, y: part.y0 });
    context.drawImage(
      source.pixels,
      part.x0 * grown.x, part.y0 * grown.y, (part.x1 - part.x0) * grown.x, (part.y1 - part.y0) * grown.y,
      to.x, to.y, (part.x1 - part.x0) * view.scale, (part.y1 - part.y0) * view.scale,
    );
  }

  /** Whole pixels of the picture in the area and a little around it: far beyond it numbers get too large for the browser. */
  private visible({ x0, y0, x1, y1 }: Box): Box {
    const { width, height } = this.size;
    return { x0: Math.max(0, Math.floor(x0) - 8), y0: Math.max(0, Math.floor(y0) - 8), x1: Math.min(width, Math.ceil(x1) + 8), y1: Math.min(height, Math.ceil(y1) + 8) };
  }
}
