/** Pictures fetched and decoded ahead of time. The decoded element itself is shown, so that showing it costs nothing. */
import { Ahead, type Loading } from "./ahead";

export type Picture = Loading | { readonly state: "failed" } | { readonly state: "ready"; readonly element: HTMLImageElement };

const FAILED: Picture = { state: "failed" };
/** Two pages of nine, and the pages just left. */
const KEPT = 48;

async function decoded(url: string): Promise<Picture> {
  const element = new Image();
  element.decoding = "async";
  element.draggable = false;
  element.alt = "";
  element.src = url;
  return element.decode().then(() => ({ state: "ready", element }), () => FAILED);
}

/** By address. */
export const images = new Ahead<string, Picture>({ keyOf: (url) => url, load: decoded, kept: KEPT });
