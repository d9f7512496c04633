/** Follows the exports that run, and tells of each end once. */
import { notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { liveEvents } from "../api/events";
import { readExport } from "../api/exports";
import { ApiError } from "../api/problem";
import { DownloadLink } from "./DownloadLink";
import { isOver, type Notices } from "./notices";

// Hints are lost while a page connects, so what runs is asked for as well; with nothing running nobody is asked.
const EVERY_MS = 4_000;
const GONE = [403, 404];

export function useWatch(notices: Notices): void {
  const { t } = useTranslation();
  useEffect(() => {
    const look = async (project: string) => {
      for (const notice of notices.all().filter((one) => !isOver(one.state) && (!project || one.project === project))) {
        const job = await readExport(notice.export).catch((error: unknown) => {
          if (error instanceof ApiError && GONE.includes(error.status)) notices.forget(notice.export);
          return null;
        });
        if (!job || !notices.learn(job)) continue;
        const ready = job.state === "succeeded";
        notifications.show({
          color: ready ? "teal" : "red",
          title: t(`exports.notices.${ready ? "ready" : job.state === "failed" ? "failed" : "canceled"}`, { project: notice.projectName, format: t(`exports.formats.${notice.format}`) }),
          message: ready ? <DownloadLink id={job.id} /> : job.error,
          autoClose: ready ? 10_000 : false,
        });
      }
    };
    void look("");
    const stop = liveEvents.onHint((hint) => hint.event === "export" && void look(hint.project));
    const timer = window.setInterval(() => void look(""), EVERY_MS);
    return () => {
      stop();
      window.clearInterval(timer);
    };
  }, [notices, t]);
}
