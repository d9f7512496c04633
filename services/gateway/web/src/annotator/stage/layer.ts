/** Something that a stage draws below the regions: the picture, or a mask over it. */
import type { Box } from "../geometry/point";
import type { Size, Viewport } from "../viewport";

export interface Layer {
  /**
   * Draws what of it lies in the window. Lengths are CSS pixels: the context is already scaled for the device's pixel ratio. Nothing
   * outside `area` (picture pixels) is seen: the context is clipped to it.
   */
  draw(context: CanvasRenderingContext2D, view: Viewport, window: Size, area: Box): void;
}
