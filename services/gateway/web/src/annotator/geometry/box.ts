/** Boxes and the handles they are dragged by. */
import { type Box, inPicture, type Point, rounded } from "./point";

export interface Handle {
  readonly x: "x0" | "x1" | null;
  readonly y: "y0" | "y1" | null;
}

/** The box with two opposite corners there, cut to the picture. */
export function boxBetween(a: Point, b: Point, picture: { readonly width: number; readonly height: number }): Box {
  const [one, other] = [inPicture(a, picture), inPicture(b, picture)];
  return { x0: Math.min(one.x, other.x), y0: Math.min(one.y, other.y), x1: Math.max(one.x, other.x), y1: Math.max(one.y, other.y) };
}

export function hasArea({ x0, y0, x1, y1 }: Box): boolean {
  return x1 > x0 && y1 > y0;
}

export function pointsOfBox({ x0, y0, x1, y1 }: Box): number[] {
  return [x0, y0, x1, y1];
}

/** Near an edge: up to `reach` outside, inside at most a third of the side, so that small boxes can still be moved. */
function nearEdge(value: number, low: number, high: number, reach: number): "low" | "high" | null {
  const inner = Math.min(reach, (high - low) / 3);
  if (value >= low - reach && value <= low + inner) return "low";
  return value <= high + reach && value >= high - inner ? "high" : null;
}

/** The corner or edge of the box at a point. */
export function handleAt({ x0, y0, x1, y1 }: Box, { x, y }: Point, reach: number): Handle | null {
  if (x < x0 - reach || x > x1 + reach || y < y0 - reach || y > y1 + reach) return null;
  const across = nearEdge(x, x0, x1, reach);
  const down = nearEdge(y, y0, y1, reach);
  if (!across && !down) return null;
  return { x: across && (across === "low" ? "x0" : "x1"), y: down && (down === "low" ? "y0" : "y1") };
}

export function handleCursor({ x, y }: Handle): string {
  if (!x) return "ns-resize";
  if (!y) return "ew-resize";
  return (x === "x0") === (y === "y0") ? "nwse-resize" : "nesw-resize";
}

/** The box with a handle dragged to a point; the opposite side stays, also when it is passed. */
export function stretched(box: Box, handle: Handle, to: Point, picture: { readonly width: number; readonly height: number }): Box {
  const fixed: Point = { x: handle.x === "x0" ? box.x1 : box.x0, y: handle.y === "y0" ? box.y1 : box.y0 };
  const moved: Point = { x: handle.x ? to.x : box.x1, y: handle.y ? to.y : box.y1 };
  return boxBetween(fixed, moved, picture);
}

/** A box of a size around a point, moved inside the picture, cut where the picture is smaller. */
export function boxAround(centre: Point, size: { readonly width: number; readonly height: number }, picture: { readonly width: number; readonly height: number }): Box {
  const width = Math.min(size.width, picture.width);
  const height = Math.min(size.height, picture.height);
  const x0 = rounded(Math.min(Math.max(centre.x - width / 2, 0), picture.width - width));
  const y0 = rounded(Math.min(Math.max(centre.y - height / 2, 0), picture.height - height));
  return { x0, y0, x1: rounded(x0 + width), y1: rounded(y0 + height) };
}

/** The part of a shift that keeps the bounds inside the picture, in whole hundredths, so that shapes keep their form exactly. */
export function shiftWithin(bounds: Box, dx: number, dy: number, picture: { readonly width: number; readonly height: number }): Point {
  return {
    x: rounded(Math.min(Math.max(dx, -bounds.x0), picture.width - bounds.x1)),
    y: rounded(Math.min(Math.max(dy, -bounds.y0), picture.height - bounds.y1)),
  };
}

export function shifted(points: readonly number[], by: Point): number[] {
  return points.map((value, place) => rounded(value + (place % 2 === 0 ? by.x : by.y)));
}
