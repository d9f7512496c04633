/** Screen pixels that are computed one by one: words to write, a canvas to draw them from. */
import type { Visible } from "./visible";

export class Surface {
  private readonly canvas = document.createElement("canvas");
  private image: ImageData | null = null;
  /** A pixel a word, row by row: 0xAABBGGRR. */
  words = new Uint32Array(0);

  /** Makes room for `width` × `height` pixels. What was there is lost if the size changes. */
  resize(width: number, height: number): void {
    if (this.image?.width === width && this.image.height === height) return;
    // A canvas that only grows is made anew less often.
    if (this.canvas.width < width) this.canvas.width = width;
    if (this.canvas.height < height) this.canvas.height = height;
    this.image = new ImageData(width, height);
    this.words = new Uint32Array(this.image.data.buffer);
  }

  /** Hands the words to the canvas. */
  update(): void {
    if (this.image) this.canvas.getContext("2d")?.putImageData(this.image, 0, 0);
  }

  /** Draws at device pixels, whatever the context's scale is. */
  drawTo(context: CanvasRenderingContext2D, { left, top, width, height }: Visible, opacity = 1): void {
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha *= opacity;
    context.imageSmoothingEnabled = false;
    context.drawImage(this.canvas, 0, 0, width, height, left, top, width, height);
    context.restore();
  }
}

/** Device pixels for one CSS pixel, as a stage has set its context up. */
export function ratioOf(context: CanvasRenderingContext2D): number {
  return context.getTransform().a;
}
