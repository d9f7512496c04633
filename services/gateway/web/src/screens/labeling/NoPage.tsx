/** Why there is nothing to label right now: claiming, all done, paused, or a failure. */
import { Button, Center, Group, Loader } from "@mantine/core";
import { IconBrowser, IconCircleCheck, IconCloudOff, IconHourglass, IconPlayerPause } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { EmptyState } from "../../components/EmptyState";
import { failureText } from "../../components/failure";
import type { Snapshot } from "../../labeling/snapshot";
import { BackKey } from "./BackKey";
import { useBackKey } from "./useBackKey";

interface Props {
  snapshot: Snapshot;
  onBack: () => void;
  onRetry: () => void;
}

export function NoPage({ snapshot, onBack, onRetry }: Props) {
  const { t } = useTranslation();
  const { phase, othersHold, ownHold, pending, error, log } = snapshot;
  useBackKey({ on: phase === "done" || phase === "blocked", task: log.page.task.type, onBack });
  const home = <Button component={Link} to="/projects">{t("labeling.home")}</Button>;
  const back = <Button variant="default" rightSection={<BackKey task={log.page.task.type} />} onClick={onBack}>{t("labeling.done.title")}</Button>;
  if (phase === "failed") {
    return (
      <EmptyState icon={<IconCloudOff size={28} />} title={t("labeling.failedTitle")} hint={failureText(t, error)}>
        <Group><Button onClick={onRetry}>{t("common.retry")}</Button>{home}</Group>
      </EmptyState>
    );
  }
  if (phase === "blocked") {
    const preparing = error?.code === "project_not_running";
    return (
      <EmptyState
        icon={<IconPlayerPause size={28} />}
        title={t(preparing ? "labeling.notRunning" : "labeling.pausedTitle")}
        hint={t(preparing ? "labeling.notRunningHint" : "labeling.pausedHint")}
      >
        <Group>{home}{back}</Group>
      </EmptyState>
    );
  }
  if (phase !== "done") return <Center><Loader aria-label={t("common.loading")} /></Center>;
  if (ownHold > 0) {
    return (
      <EmptyState icon={<IconBrowser size={28} />} title={t("labeling.ownTitle", { count: ownHold })} hint={t("labeling.ownHint", { count: ownHold })}>
        <Group>{home}{back}</Group>
      </EmptyState>
    );
  }
  const waiting = othersHold > 0 || pending > 0;
  const hint = [othersHold > 0 && t("labeling.others", { count: othersHold }), pending > 0 && t("labeling.pendingHint", { count: pending })].filter(Boolean).join(" ");
  return (
    <EmptyState
      icon={waiting ? <IconHourglass size={28} /> : <IconCircleCheck size={30} />}
      title={t(waiting ? "labeling.othersTitle" : "labeling.doneTitle")}
      hint={waiting ? hint : t("labeling.doneHint")}
    >
      <Group>{home}{back}</Group>
    </EmptyState>
  );
}
