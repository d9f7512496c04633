/** Asks before a page with unsubmitted work is left. Drafts are kept either way. */
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";

import { touched } from "../../annotator/page";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import type { Snapshot } from "../../labeling/snapshot";

export function LeaveGuard({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslation();
  const count = touched(snapshot.log.page).length;
  const blocker = useBlocker(({ currentLocation, nextLocation }) => count > 0 && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (count === 0) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [count]);
  return (
    <ConfirmDialog
      opened={blocker.state === "blocked"}
      title={t("labeling.leaveTitle")}
      hint={t("labeling.leaveHint", { count })}
      action={t("labeling.leaveDo")}
      cancel={t("labeling.stay")}
      onConfirm={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    />
  );
}
