/** Zoom and pan of one picture in a window. Lengths are CSS pixels; `scale` is CSS pixels for one picture pixel. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Viewport {
  readonly scale: number;
  /** Place of the picture's upper left corner in the window. */
  readonly x: number;
  readonly y: number;
}

/** From this enlargement on single pixels are shown as they are. */
export const CRISP_SCALE = 3;
const LARGEST_SCALE = 64;

export function fitScale(window: Size, picture: Size): number {
  if (picture.width <= 0 || picture.height <= 0) return 1;
  return Math.min(window.width / picture.width, window.height / picture.height);
}

/** The whole picture, as large as it fits, in the middle. */
export function fitted(window: Size, picture: Size): Viewport {
  const scale = fitScale(window, picture);
  return { scale, x: (window.width - picture.width * scale) / 2, y: (window.height - picture.height * scale) / 2 };
}

function inside(offset: number, length: number, window: number): number {
  if (length <= window) return (window - length) / 2;
  return Math.min(0, Math.max(window - length, offset));
}

/** Keeps the picture in the window: centred while smaller, without gaps while larger. */
export function clamped(view: Viewport, window: Size, picture: Size): Viewport {
  return { scale: view.scale, x: inside(view.x, picture.width * view.scale, window.width), y: inside(view.y, picture.height * view.scale, window.height) };
}

/** Zooms by `factor` so that the point (x, y) of the window stays where it is. Never smaller than `least`: fitted, unless told. */
export function zoomed(view: Viewport, factor: number, at: { x: number; y: number }, window: Size, picture: Size, least = fitScale(window, picture)): Viewport {
  const scale = Math.min(Math.max(view.scale * factor, least), Math.max(LARGEST_SCALE, least));
  const grown = scale / view.scale;
  return clamped({ scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown }, window, picture);
}

export function panned(view: Viewport, dx: number, dy: number, window: Size, picture: Size): Viewport {
  return clamped({ ...view, x: view.x + dx, y: view.y + dy }, window, picture);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** From a place in the window to continuous picture pixels. */
export function toPicture(view: Viewport, at: Place): Place {
  return { x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale };
}

export function toWindow(view: Viewport, at: Place): Place {
  return { x: at.x * view.scale + view.x, y: at.y * view.scale + view.y };
}

/** The same view with the picture's corner on a device pixel: what is drawn can then be moved without being drawn anew. */
export function snapped(view: Viewport, ratio: number): Viewport {
  return { scale: view.scale, x: Math.round(view.x * ratio) / ratio, y: Math.round(view.y * ratio) / ratio };
}
