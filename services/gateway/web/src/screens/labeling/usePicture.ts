/** A picture of the store of decoded images; loads it if nobody did ahead of time. */
import { useEffect, useSyncExternalStore } from "react";

import { images, type Picture } from "../../labeling/images";

export function usePicture(url: string): Picture {
  useEffect(() => images.ahead([url]), [url]);
  return useSyncExternalStore(images.onChange, () => images.look(url));
}
