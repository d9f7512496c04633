/** Between regions as the annotator holds them and as they are sent. Masks are encoded elsewhere. */
import type { Region } from "../annotator/regions/region";
import type { WireRegion } from "../api/labeling-types";

export function toWire({ id, label, shape, points }: Region): WireRegion {
  return { id, label, shape, points: [...points], frame: 0, attributes: {}, origin: "human" };
}

export function fromWire({ id, label, shape, points }: WireRegion): Region {
  return { id, label, shape, points };
}
