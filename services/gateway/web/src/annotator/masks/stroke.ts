/** What a hand did to a mask: a small value that goes into a command, a draft and the mask itself. */

/** x and y in turn, picture pixels. Typed, so that a draft of many strokes is copied at once. */
export type StrokePoints = Float32Array<ArrayBuffer>;

export type Stroke =
  /** size: diameter of the brush in picture pixels. */
  | { readonly kind: "paint"; readonly label: string; readonly size: number; readonly points: StrokePoints }
  | { readonly kind: "erase"; readonly size: number; readonly points: StrokePoints }
  /** The inside of a closed polygon takes the label. */
  | { readonly kind: "fill"; readonly label: string; readonly points: StrokePoints };

/** A stroke without its points. */
export type Brush = { readonly kind: "paint"; readonly label: string; readonly size: number } | { readonly kind: "erase"; readonly size: number };
