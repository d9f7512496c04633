/** The mask over the picture, in the colours of its labels. Computes only the device pixels that are asked for. */
import type { Box } from "../geometry/point";
import { ratioOf, Surface } from "../pixels/surface";
import { columnsOf, rowsOf, type Visible, visibleOf } from "../pixels/visible";
import type { Layer } from "../stage/layer";
import type { Size, Viewport } from "../viewport";
import type { Raster } from "./raster";

export class MaskLayer implements Layer {
  private readonly surface = new Surface();

  /** `colorOf`: of a label, as #rrggbb. `opacity`: 0 to 1. */
  constructor(
    private readonly raster: Raster,
    private readonly colorOf: (label: string) => string,
    public opacity: number,
  ) {}

  draw(context: CanvasRenderingContext2D, view: Viewport, window: Size, area: Box): void {
    if (this.opacity === 0) return;
    const visible = visibleOf(this.raster.map, view, window, ratioOf(context), area);
    if (!visible) return;
    this.paint(visible);
    this.surface.drawTo(context, visible, this.opacity);
  }

  private paint(visible: Visible): void {
    const { data, width } = this.raster.map;
    this.surface.resize(visible.width, visible.height);
    const { words } = this.surface;
    const colors = this.colors();
    const columns = columnsOf(visible, this.raster.map);
    let at = 0;
    for (const y of rowsOf(visible, this.raster.map)) {
      const row = y * width;
      for (const x of columns) words[at++] = colors[data[row + x] ?? 0] ?? 0;
    }
    this.surface.update();
  }

  private colors(): Uint32Array {
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
