/** What Submit still waits for, in words. */
import { useTranslation } from "react-i18next";

import { choiceOf, hasFlat, isComplete, missing, type PageState, touched } from "../../annotator/page";
import { shapeOf } from "../../annotator/task";

export function useSubmitHint(page: PageState): string {
  const { t } = useTranslation();
  const shape = shapeOf(page.task.type);
  if (isComplete(page)) return shape !== null && shape !== "span" && touched(page).length === 0 ? t("regions.emptyReady") : t("labeling.ready");
  if (page.items.some((item) => hasFlat(choiceOf(page, item)))) return t("regions.flat");
  if (shape !== null) return t(`regions.missing.${shape}`);
  return page.items.length === 1 ? t("labeling.missingOne") : t("labeling.missing", { count: missing(page).length });
}
