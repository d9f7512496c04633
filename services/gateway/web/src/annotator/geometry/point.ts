/** Points and boxes in pixels of the upright picture. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Sides of an upright rectangle; `x0 ≤ x1`, `y0 ≤ y1`. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Coordinates are kept to two decimals. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The nearest point of the picture, rounded. */
export function inPicture(point: Point, picture: { readonly width: number; readonly height: number }): Point {
  return { x: rounded(Math.min(Math.max(point.x, 0), picture.width)), y: rounded(Math.min(Math.max(point.y, 0), picture.height)) };
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
