/** Something that a stage draws below the regions: the picture, or a mask over it. */
import type { Size, Viewport } from "../viewport";

export interface Layer {
  /** Draws what of it lies in the window. Lengths are CSS pixels: the context is already scaled for the device's pixel ratio. */
  draw(context: CanvasRenderingContext2D, view: Viewport, window: Size): void;
}
