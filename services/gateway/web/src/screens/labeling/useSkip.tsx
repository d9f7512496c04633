/** Skip, by key or button. Where it would throw work away at once, it asks first. */
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { targets } from "../../annotator/selection";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ownWork } from "../../labeling/own-work";
import type { LabelingSession } from "../../labeling/session";
import type { Snapshot } from "../../labeling/snapshot";

interface Skip {
  readonly skip: () => void;
  readonly dialog: ReactNode;
}

/** `begun`: whether there is a shape that is not finished. */
export function useSkip(session: Pick<LabelingSession, "skip">, { items, log, selection, paused }: Snapshot, begun = (): boolean => false): Skip {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const single = items.length === 1;
  const work = ownWork(items, log.page).length;
  const skip = (): void => {
    // Images that are only marked as skipped stay on the page: undo brings their labels back.
    const atOnce = single || targets(selection, log.page.items).length === 0;
    if (atOnce && !paused && (work > 0 || begun())) setAsked(true);
    else session.skip();
  };
  const dialog = (
    <ConfirmDialog
      opened={asked}
      title={t(single ? "labeling.skipOneTitle" : "labeling.skipAllTitle")}
      hint={single ? t("labeling.skipOneHint") : t("labeling.skipAllHint", { count: work })}
      action={t(single ? "labeling.skip" : "labeling.skipPage")}
      danger
      focused
      onConfirm={() => {
        setAsked(false);
        session.skip();
      }}
      onCancel={() => setAsked(false)}
    />
  );
  return { skip, dialog };
}
