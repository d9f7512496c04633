/** A marked part of an item. A value: a change makes a new one with the same id. */

export type Shape = "box" | "polygon" | "span" | "mask";

export interface Region {
  readonly id: string;
  readonly label: string;
  readonly shape: Shape;
  /** Box [x0, y0, x1, y1]; polygon [x, y, …]; span [start, end) in code points. Pixels of the upright picture, two decimals. */
  readonly points: readonly number[];
}

const ID_BYTES = 8;

/** A fresh id, unique in its item. */
export function regionId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(ID_BYTES)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A box without width or height: a file may bring one as a suggestion, but nobody can submit it (A9). */
export function isFlat({ shape, points: [x0 = 0, y0 = 0, x1 = 0, y1 = 0] }: Region): boolean {
  return shape === "box" && (x0 >= x1 || y0 >= y1);
}

export function sameRegion(one: Region, other: Region): boolean {
  if (one === other) return true;
  const alike = one.id === other.id && one.label === other.label && one.shape === other.shape && one.points.length === other.points.length;
  return alike && one.points.every((value, place) => value === other.points[place]);
}

/** Order counts: later regions lie above earlier ones. */
export function sameRegions(some: readonly Region[], others: readonly Region[]): boolean {
  if (some === others) return true;
  return some.length === others.length && some.every((region, place) => sameRegion(region, others[place] ?? region) && others[place] !== undefined);
}
