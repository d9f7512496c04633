/** Says once what happened without the person: drafts that came back, items that are gone, a browser that can't store. */
import { notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { Snapshot } from "../../labeling/snapshot";

export function useNotices({ draftsBack, gone, draftsKept }: Snapshot): void {
  const { t } = useTranslation();
  useEffect(() => {
    if (draftsBack > 0) notifications.show({ message: t("labeling.draftBack", { count: draftsBack }) });
  }, [draftsBack, t]);
  useEffect(() => {
    if (gone > 0) notifications.show({ color: "yellow", message: t("labeling.lostGone", { count: gone }), autoClose: false });
  }, [gone, t]);
  useEffect(() => {
    if (!draftsKept) notifications.show({ color: "red", message: t("labeling.draftsNotKept"), autoClose: false });
  }, [draftsKept, t]);
}
