/** Fetches what items show before they are shown. */
import type { LeasedItem } from "../api/labeling-types";
import { imageUrl } from "./image-url";
import { images } from "./images";
import { texts } from "./texts";

const isText = (item: LeasedItem): boolean => item.media?.format === "text";

export function prefetch(items: readonly LeasedItem[]): void {
  texts.ahead(items.filter(isText));
  images.ahead(items.filter((item) => !isText(item)).map((item) => imageUrl(item, "preview")));
}
