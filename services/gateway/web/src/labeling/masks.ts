/** Masks on their way: kept as they were worked on until they are sent, and only then turned into run lengths, beside the page. */
import i18next from "i18next";

import { type MaskRefused, maskWorker, type MaskWorker } from "../annotator/masks/mask-worker";
import type { Stroke } from "../annotator/masks/stroke";
import type { MaskWork } from "../annotator/masks/work";
import type { Choice } from "../annotator/page";
import type { Region } from "../annotator/regions/region";
import type { Size } from "../annotator/viewport";
import type { SubmitItem, WireRegion } from "../api/labeling-types";
import { ApiError } from "../api/problem";

/** A mask that is not encoded yet. A plain value. */
export interface MaskJob {
  readonly size: Size;
  readonly work: MaskWork;
  /** They become part of the mask, over what was painted (F159). */
  readonly polygons: readonly Region[];
}

const NO_WORK: MaskWork = { base: [], strokes: [] };

export function maskJobOf(size: Size, { mask, regions }: Choice): MaskJob {
  return { size, work: mask ?? NO_WORK, polygons: regions };
}

function fillOf({ label, points }: Region): Stroke {
  return { kind: "fill", label, points: Float32Array.from(points) };
}

/** One region for each label that has a pixel. Throws MaskRefused. */
export async function maskRegions({ size, work, polygons }: MaskJob, worker: MaskWorker = maskWorker): Promise<WireRegion[]> {
  const layers = await worker.encode({ width: size.width, height: size.height }, work, polygons.map(fillOf));
  // Sent twice it is the same: ids are no chance.
  return layers.map(({ label, counts }, place) => ({ id: `mask-${place + 1}`, label, shape: "mask", points: [], frame: 0, attributes: {}, origin: "human", rle: counts }));
}

/** A mask that no server would take, as the refusal that it is. */
export function unsendable({ code }: MaskRefused): ApiError {
  const detail = i18next.t(`masks.refused.${code}`);
  return new ApiError({ status: 422, code: `mask_${code}`, title: detail, detail, fields: [], retryable: false, request_id: "" });
}

/** Items as they are sent: with their masks. Throws MaskRefused. */
export function withMasks(items: readonly SubmitItem[], jobs: Readonly<Record<string, MaskJob>> = {}, worker: MaskWorker = maskWorker): Promise<SubmitItem[]> {
  return Promise.all(
    items.map(async (item) => {
      const job = jobs[item.id];
      return job ? { ...item, regions: await maskRegions(job, worker) } : item;
    }),
  );
}
