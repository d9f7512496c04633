/** From a mask as it is worked on to pixels, and from there to run lengths. Slow for large pictures: for the worker. */
import type { Size } from "../viewport";
import { Classes } from "./classes";
import { emptyMap } from "./label-map";
import { type Base, Raster } from "./raster";
import { encode, paintRuns } from "./rle";
import type { Stroke } from "./stroke";
import type { MaskWork } from "./work";

export interface MaskLayer {
  readonly label: string;
  /** COCO's compressed run lengths. */
  readonly counts: string;
}

/** The pixels of the masks that an item came with. Throws RleError when one does not fit the picture. */
export function decodeLayers(size: Size, layers: readonly MaskLayer[]): Base {
  const map = emptyMap(size);
  const classes = new Classes();
  for (const { label, counts } of layers) paintRuns(map, counts, classes.byteOf(label));
  return { labels: classes.labels, data: map.data };
}

/** One layer for each label that has a pixel left: strokes in their order, then `fills` over them. Throws RleError. */
export function encodeWork(size: Size, work: MaskWork, fills: readonly Stroke[]): MaskLayer[] {
  const raster = new Raster(size, work.base.length > 0 ? decodeLayers(size, work.base) : null);
  raster.burn([...work.strokes, ...fills]);
  return [...encode(raster.map)]
    .sort(([one], [other]) => one - other)
    .map(([byte, counts]) => ({ label: raster.classes.labels[byte - 1] ?? "", counts }));
}
