/** Whether a point is on a region: inside it, or near its outline. */
import type { Region } from "../regions/region";
import { cornersOf } from "./corners";
import type { Point } from "./point";
import { distanceToSegment } from "./segment";

/** Even-odd rule. */
export function isInside(point: Point, corners: readonly Point[]): boolean {
  let inside = false;
  let before = corners.at(-1);
  for (const corner of corners) {
    if (before && corner.y > point.y !== before.y > point.y) {
      const x = corner.x + ((point.y - corner.y) / (before.y - corner.y)) * (before.x - corner.x);
      if (point.x < x) inside = !inside;
    }
    before = corner;
  }
  return inside;
}

/** Distance from a point to the outline of a polygon. */
export function distanceToOutline(point: Point, corners: readonly Point[]): number {
  return corners.reduce((least, corner, place) => Math.min(least, distanceToSegment(point, corners.at(place - 1) ?? corner, corner)), Infinity);
}

export function hits(region: Region, point: Point, reach: number): boolean {
  const corners = cornersOf(region);
  return isInside(point, corners) || distanceToOutline(point, corners) <= reach;
}
