/** Between the flat list of numbers that is stored and the corners that a hand moves. */
import type { Region } from "../regions/region";
import { type Box, distance, type Point } from "./point";

export function pointsOf(corners: readonly Point[]): number[] {
  return corners.flatMap(({ x, y }) => [x, y]);
}

export function toCorners(points: readonly number[]): Point[] {
  const corners: Point[] = [];
  for (let at = 0; at + 1 < points.length; at += 2) corners.push({ x: points[at] ?? 0, y: points[at + 1] ?? 0 });
  return corners;
}

export function boxOf(points: readonly number[]): Box {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points;
  return { x0, y0, x1, y1 };
}

/** Clockwise from the upper left. */
export function boxCorners({ x0, y0, x1, y1 }: Box): Point[] {
  return [{ x: x0, y: y0 }, { x: x1, y: y0 }, { x: x1, y: y1 }, { x: x0, y: y1 }];
}

/** The outline of a region, closed by going back to the first corner. */
export function cornersOf(region: Region): Point[] {
  return region.shape === "box" ? boxCorners(boxOf(region.points)) : toCorners(region.points);
}

/** The corner within `reach` that is nearest to a point; -1 if none is. */
export function nearestCorner(corners: readonly Point[], point: Point, reach: number): number {
  let found = -1;
  let least = reach;
  corners.forEach((corner, place) => {
    const far = distance(corner, point);
    if (far > least) return;
    least = far;
    found = place;
  });
  return found;
}
