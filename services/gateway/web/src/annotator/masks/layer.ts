/** The mask over the picture, in the colours of its labels. Computes only the device pixels in sight, and of those only what changed. */
import { ratioOf, Surface, type Words } from "../pixels/surface";
import { columnsOf, rowsOf, sameVisible, type Visible, visibleOf } from "../pixels/visible";
import type { Layer } from "../stage/layer";
import type { Size, Viewport } from "../viewport";
import type { Raster } from "./raster";
import type { Rect } from "./tiles";

export class MaskLayer implements Layer {
  private readonly surface = new Surface();
  private drawn: Visible | null = null;
  private columns = new Int32Array(0);
  private rows = new Int32Array(0);

  /** `colorOf`: of a label, as #rrggbb. `opacity`: 0 to 1. */
  constructor(
    private readonly raster: Raster,
    private readonly colorOf: (label: string) => string,
    public opacity: number,
  ) {}

  draw(context: CanvasRenderingContext2D, view: Viewport, window: Size): void {
    const { map } = this.raster;
    const visible = visibleOf(map, view, window, ratioOf(context));
    const dirty = this.raster.takeDirty();
    if (!visible) {
      this.drawn = null;
      return;
    }
    if (!sameVisible(this.drawn, visible)) this.drawAll(visible);
    else if (dirty) this.drawPart(visible, dirty);
    if (this.opacity > 0) this.surface.drawTo(context, visible, this.opacity);
  }

  private drawAll(visible: Visible): void {
    this.surface.resize(visible.width, visible.height);
    this.columns = columnsOf(visible, this.raster.map);
    this.rows = rowsOf(visible, this.raster.map);
    this.drawn = visible;
    this.paint(visible, { left: 0, top: 0, right: visible.width, bottom: visible.height });
  }

  private drawPart(visible: Visible, dirty: Rect): void {
    const { scale, x, y, left, top, width, height } = visible;
    const area = {
      left: Math.max(0, Math.floor(dirty.left * scale + x) - left),
      top: Math.max(0, Math.floor(dirty.top * scale + y) - top),
      right: Math.min(width, Math.ceil(dirty.right * scale + x) - left),
      bottom: Math.min(height, Math.ceil(dirty.bottom * scale + y) - top),
    };
    if (area.left < area.right && area.top < area.bottom) this.paint(visible, area);
  }

  private paint(visible: Visible, { left, top, right, bottom }: Rect): void {
    const { data, width } = this.raster.map;
    const { words } = this.surface;
    const colors = this.colors();
    for (let y = top; y < bottom; y += 1) {
      const row = (this.rows[y] ?? 0) * width;
      const at = y * visible.width;
      for (let x = left; x < right; x += 1) words[at + x] = colors[data[row + (this.columns[x] ?? 0)] ?? 0] ?? 0;
    }
    this.surface.update(left, top, right - left, bottom - top);
  }

  private colors(): Words {
    const words = new Uint32Array(256);
    this.raster.classes.labels.forEach((label, place) => (words[place + 1] = wordOf(this.colorOf(label))));
    return words;
  }
}

/** 0xAABBGGRR of #rrggbb, opaque. */
export function wordOf(color: string): number {
  const rgb = Number.parseInt(color.slice(1), 16);
  return (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}
