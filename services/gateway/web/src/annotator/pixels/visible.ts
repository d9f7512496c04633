/** Which device pixels of a window show a picture, and where in the picture each of them looks. */
import type { Box } from "../geometry/point";
import type { Size, Viewport } from "../viewport";

/** Device pixels from (left, top), `width` × `height` of them, all with their centre on the picture. */
export interface Visible extends Size {
  readonly left: number;
  readonly top: number;
  /** Device pixels for one picture pixel. */
  readonly scale: number;
  /** Place of the picture's upper left corner in the window, in device pixels. */
  readonly x: number;
  readonly y: number;
}

/** Null while nothing of the area (picture pixels) is in the window. `ratio`: device pixels for one CSS pixel. */
export function visibleOf(picture: Size, view: Viewport, window: Size, ratio: number, area: Box): Visible | null {
  const [scale, x, y] = [view.scale * ratio, view.x * ratio, view.y * ratio];
  // A device pixel that the area only touches shows a part of it.
  const left = Math.max(0, Math.ceil(x - 0.5), Math.floor(x + area.x0 * scale));
  const top = Math.max(0, Math.ceil(y - 0.5), Math.floor(y + area.y0 * scale));
  const right = Math.min(Math.round(window.width * ratio), Math.ceil(x + picture.width * scale - 0.5), Math.ceil(x + area.x1 * scale));
  const bottom = Math.min(Math.round(window.height * ratio), Math.ceil(y + picture.height * scale - 0.5), Math.ceil(y + area.y1 * scale));
  return left < right && top < bottom ? { left, top, width: right - left, height: bottom - top, scale, x, y } : null;
}

/** All of a picture. */
export function boxOfPicture({ width, height }: Size): Box {
  return { x0: 0, y0: 0, x1: width, y1: height };
}

export function sameVisible(one: Visible | null, other: Visible): boolean {
  return (
    one !== null && one.left === other.left && one.top === other.top && one.width === other.width && one.height === other.height &&
    one.scale === other.scale && one.x === other.x && one.y === other.y
  );
}

/** The picture pixel under each column of `visible`. */
export function columnsOf(visible: Visible, picture: Size): Int32Array {
  return places(visible.left, visible.width, visible.x, visible.scale, picture.width);
}

/** The picture pixel under each row of `visible`. */
export function rowsOf(visible: Visible, picture: Size): Int32Array {
  return places(visible.top, visible.height, visible.y, visible.scale, picture.height);
}

function places(first: number, count: number, origin: number, scale: number, length: number): Int32Array {
  return Int32Array.from({ length: count }, (_, at) => Math.min(length - 1, Math.max(0, Math.floor((first + at + 0.5 - origin) / scale))));
}
