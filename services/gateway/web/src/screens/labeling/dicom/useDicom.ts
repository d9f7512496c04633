/** The DICOM picture of an item, once it is there; null for every other picture, and for one that nobody can show. */
import { useEffect, useMemo, useSyncExternalStore } from "react";

import { DicomView } from "../../../annotator/dicom/view";
import type { DoneItem } from "../../../api/labeling-types";
import { dicoms, type DicomState, isDicom } from "../../../labeling/dicom";

export interface Dicom {
  readonly state: DicomState["state"];
  /** Set while `state` is ready. */
  readonly view: DicomView | null;
  readonly frames: number;
  readonly again: () => void;
}

type Scan = Pick<DoneItem, "id" | "source" | "media">;

export function useDicom(item: Scan): Dicom | null {
  const is = isDicom(item);
  useEffect(() => {
    if (is) dicoms.ahead([item]);
  }, [is, item]);
  const found = useSyncExternalStore(dicoms.onChange, () => dicoms.look(item));
  const view = useMemo(() => (found.state === "ready" ? new DicomView(found.header, found.pixels) : null), [found]);
  return is && found.state !== "broken" ? { state: found.state, view, frames: item.media?.frames ?? 1, again: () => dicoms.again(item) } : null;
}
