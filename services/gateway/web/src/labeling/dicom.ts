/** DICOM pictures fetched ahead of time: what their pixels mean, and the pixels, lossless. */
import { type DicomHeader, type Pixels, pixelsOf } from "../annotator/dicom/picture";
import { get, getBytes } from "../api/http";
import { ApiError } from "../api/problem";
import { Ahead, type Loading } from "./ahead";
import type { Pictured } from "./image-url";

export type DicomState =
  | Loading
  | { readonly state: "failed" }
  /** Its pixels can't be decoded, so nothing of it can be shown: an ordinary picture that says why. */
  | { readonly state: "broken" }
  /** In colour: shown as an ordinary picture. */
  | { readonly state: "color"; readonly header: DicomHeader }
  | { readonly state: "ready"; readonly header: DicomHeader; readonly pixels: Pixels };

/** The one at work, the one ahead, the one just left: each may be 30 MB. */
const KEPT = 3;

const keyOf = ({ id, source }: Pictured): string => `${id} ${source.etag}`;

export function isDicom(item: { readonly media: { readonly format: string } | null }): boolean {
  return item.media?.format === "dicom";
}

async function fetched({ id, source }: Pictured): Promise<DicomState> {
  const [project = "", hash = ""] = id.split("/");
  const path = `/projects/${project}/items/${hash}`;
  const v = source.etag.replaceAll('"', "");
  const header = await get<DicomHeader>(`${path}/dicom`, { v });
  if (header.color) return { state: "color", header };
  return { state: "ready", header, pixels: pixelsOf(header, await getBytes(`${path}/pixels`, { frame: 0, v })) };
}

function failed(error: unknown): DicomState {
  return { state: error instanceof ApiError && error.status === 422 ? "broken" : "failed" };
}

export const dicoms = new Ahead<Pictured, DicomState>({ keyOf, load: (item) => fetched(item).catch(failed), kept: KEPT });
