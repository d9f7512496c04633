/** The outline of a region as flat numbers, always turning the same way, kept as long as the region: drawing reads it often. */
import type { Region } from "../regions/region";
import { boxCorners, boxOf, pointsOf } from "./corners";

const known = new WeakMap<Region, Float64Array>();

/** Twice the signed area. */
function turning(points: ArrayLike<number>): number {
  let sum = 0;
  const count = points.length;
  for (let at = 0; at + 1 < count; at += 2) {
    const next = (at + 2) % count;
    sum += (points[at] ?? 0) * (points[next + 1] ?? 0) - (points[next] ?? 0) * (points[at + 1] ?? 0);
  }
  return sum;
}

function reversed(points: Float64Array): Float64Array {
  const turned = new Float64Array(points.length);
  for (let at = 0; at + 1 < points.length; at += 2) {
    turned[points.length - at - 2] = points[at] ?? 0;
    turned[points.length - at - 1] = points[at + 1] ?? 0;
  }
  return turned;
}

export function outlineOf(region: Region): Float64Array {
  const kept = known.get(region);
  if (kept) return kept;
  const points = Float64Array.from(region.shape === "box" ? pointsOf(boxCorners(boxOf(region.points))) : region.points);
  const outline = turning(points) < 0 ? reversed(points) : points;
  known.set(region, outline);
  return outline;
}
