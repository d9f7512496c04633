/** Addresses of an item's picture. The ETag is part of it, so that a browser may keep the answer for ever. */
import { address } from "../api/http";

export type ImageSize = "thumbnail" | "preview" | "full";

export interface Pictured {
  id: string;
  source: { etag: string };
}

export function imageUrl(item: Pictured, size: ImageSize): string {
  const [project = "", hash = ""] = item.id.split("/");
  return address(`/projects/${project}/items/${hash}/image`, { size, v: item.source.etag.replaceAll('"', "") });
}
