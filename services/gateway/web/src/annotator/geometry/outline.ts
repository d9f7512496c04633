/** The outline of a region as flat numbers, kept as long as the region: drawing reads it often. */
import type { Region } from "../regions/region";
import { boxCorners, boxOf, pointsOf } from "./corners";

const known = new WeakMap<Region, Float64Array>();

export function outlineOf(region: Region): Float64Array {
  const kept = known.get(region);
  if (kept) return kept;
  const outline = Float64Array.from(region.shape === "box" ? pointsOf(boxCorners(boxOf(region.points))) : region.points);
  known.set(region, outline);
  return outline;
}
