/** DICOM pictures fetched ahead of time: what their pixels mean, and the pixels, lossless. */
import { type DicomHeader, type Pixels, pixelsOf } from "../annotator/dicom/picture";
import { get, getBytes } from "../api/http";
import type { Pictured } from "./image-url";

export type DicomState =
  | { readonly state: "loading" | "failed" }
  /** In colour: shown as an ordinary picture. */
  | { readonly state: "color"; readonly header: DicomHeader }
  | { readonly state: "ready"; readonly header: DicomHeader; readonly pixels: Pixels };

const LOADING: DicomState = { state: "loading" };
const FAILED: DicomState = { state: "failed" };
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

export class DicomPictures {
  private readonly pictures = new Map<string, DicomState>();
  private readonly listeners = new Set<() => void>();

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  look(item: Pictured): DicomState {
    return this.pictures.get(keyOf(item)) ?? LOADING;
  }

  /** Starts to load what is not loaded yet. */
  ahead(items: readonly Pictured[]): void {
    const wanted = new Set(items.map(keyOf));
    for (const item of items) if (!this.pictures.has(keyOf(item))) void this.load(item);
    for (const key of this.pictures.keys()) {
      if (this.pictures.size <= KEPT) break;
      if (!wanted.has(key)) this.pictures.delete(key);
    }
  }

  again(item: Pictured): void {
    this.pictures.delete(keyOf(item));
    this.ahead([item]);
  }

  private async load(item: Pictured): Promise<void> {
    this.pictures.set(keyOf(item), LOADING);
    const state = await fetched(item).catch(() => FAILED);
    if (!this.pictures.has(keyOf(item))) return;
    this.pictures.set(keyOf(item), state);
    for (const listener of this.listeners) listener();
  }
}

export const dicoms = new DicomPictures();
