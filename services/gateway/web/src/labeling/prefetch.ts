/** Fetches what items show before they are shown. */
import type { LeasedItem } from "../api/labeling-types";
import { dicoms, isDicom } from "./dicom";
import { imageUrl } from "./image-url";
import { images } from "./images";
import { isRow, texts } from "./texts";

const isText = (item: LeasedItem): boolean => item.media?.format === "text" || isRow(item);

/** Of so many DICOM pictures at once only previews are shown, and all their pixels would fill the memory. */
const MOST_DICOMS = 2;

export function prefetch(items: readonly LeasedItem[]): void {
  texts.ahead(items.filter(isText));
  const scans = items.filter(isDicom);
  if (scans.length <= MOST_DICOMS) dicoms.ahead(scans);
  images.ahead(items.filter((item) => !isText(item)).map((item) => imageUrl(item, "preview")));
}
