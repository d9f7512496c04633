/** A text of the store of texts; loads it if nobody did ahead of time. */
import { useEffect, useSyncExternalStore } from "react";

import { type TextItem, texts, type TextState } from "../../../labeling/texts";

export function useText(item: TextItem): TextState {
  useEffect(() => texts.ahead([item]), [item]);
  return useSyncExternalStore(texts.onChange, () => texts.look(item));
}
