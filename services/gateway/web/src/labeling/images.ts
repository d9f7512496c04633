/** Pictures fetched and decoded ahead of time. The decoded element itself is shown, so that showing it costs nothing. */
import { BASE, getBytes } from "../api/http";
import { ApiError } from "../api/problem";
import { Ahead, type Loading } from "./ahead";

export type Picture =
  | Loading
  /** `reason` is empty if the server did not say one. */
  | { readonly state: "failed"; readonly reason: string }
  | { readonly state: "ready"; readonly element: HTMLImageElement };

/** Two pages of nine, and the pages just left. */
const KEPT = 48;

/** An element does not tell why it failed: the server is asked again. */
async function failed(url: string): Promise<Picture> {
  const error = await getBytes(url.slice(BASE.length)).then(() => null, (reason: unknown) => reason);
  return { state: "failed", reason: error instanceof ApiError && !error.passing ? error.problem.detail : "" };
}

async function decoded(url: string): Promise<Picture> {
  const element = new Image();
  element.decoding = "async";
  element.draggable = false;
  element.alt = "";
  element.src = url;
  return element.decode().then(() => ({ state: "ready", element }), () => failed(url));
}

/** By address. */
export const images = new Ahead<string, Picture>({ keyOf: (url) => url, load: decoded, kept: KEPT });
