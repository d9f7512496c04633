/** What to say of a change that is not saved: beside the button that saves it, and to whoever leaves it. */
import { useTranslation } from "react-i18next";

import { useSubmitHint } from "./submit-hint";
import type { Done } from "./useDone";

export function useUnsaved(done: Done): { hint: string; left: string } {
  const { t } = useTranslation();
  const missing = useSubmitHint(done.log.page);
  if (!done.kept) return { hint: t("labeling.draftsNotKept"), left: t("labeling.draftsNotKept") };
  const hint = done.changed ? t("labeling.done.unsaved") : t("labeling.done.unsavedPart", { missing });
  return { hint: done.touched ? hint : "", left: t("labeling.done.left") };
}
