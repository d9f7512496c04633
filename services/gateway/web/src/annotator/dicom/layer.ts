/**
 * Draws a DICOM picture through a window. Only the device pixels that are asked for are computed: their values once a view,
 * their grey once a window, so that dragging the window costs the same for every size of picture.
 */
import type { Box } from "../geometry/point";
import { ratioOf, Surface } from "../pixels/surface";
import { sameVisible, type Visible, visibleOf } from "../pixels/visible";
import type { Layer } from "../stage/layer";
import type { Size, Viewport } from "../viewport";
import { Levels } from "./levels";
import type { DicomHeader, Pixels } from "./picture";
import { sample } from "./sample";
import { greyWords, type Mapping, VALUES } from "./window";

export class DicomLayer implements Layer {
  private readonly levels: Levels;
  private readonly surface = new Surface();
  private readonly greys = new Uint32Array(VALUES);
  private values = new Uint16Array(0);
  private sampled: Visible | null = null;

  constructor(
    private readonly header: DicomHeader,
    pixels: Pixels,
    mapping: Mapping,
  ) {
    this.levels = new Levels({ width: header.width, height: header.height, pixels });
    greyWords(header, mapping, this.greys);
  }

  /** Shows the picture through another window from the next drawing on. */
  setMapping(mapping: Mapping): void {
    greyWords(this.header, mapping, this.greys);
  }

  draw(context: CanvasRenderingContext2D, view: Viewport, window: Size, area: Box): void {
    const ratio = ratioOf(context);
    const visible = visibleOf(this.header, view, window, ratio, area);
    if (!visible) return;
    if (!sameVisible(this.sampled, visible)) this.look(visible, ratio);
    this.map(visible);
    this.surface.drawTo(context, visible);
  }

  private look(visible: Visible, ratio: number): void {
    const count = visible.width * visible.height;
    if (this.values.length !== count) this.values = new Uint16Array(count);
    sample(this.levels, visible, ratio, this.values);
    this.sampled = visible;
  }

  private map({ width, height }: Visible): void {
    this.surface.resize(width, height);
    const { greys, values } = this;
    const { words } = this.surface;
    for (let at = 0; at < values.length; at += 1) words[at] = greys[values[at] ?? 0] ?? 0;
    this.surface.update();
  }
}
