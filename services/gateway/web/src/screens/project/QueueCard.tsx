/** What waits to be labeled (F201). */
import { Card, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Progress } from "../../api/types";
import { formatNumber } from "../../components/format";
import classes from "./Dashboard.module.css";

export function QueueCard({ progress }: { progress: Progress }) {
  const { t } = useTranslation();
  const waiting = (progress.queued["0"] ?? 0) + (progress.queued["1"] ?? 0) + (progress.queued["2"] ?? 0);
  return (
    <Card>
      <Title order={2} mb="md">{t("project.dashboard.queue")}</Title>
      <div className={`${classes["big"] ?? ""} numbers`}>{formatNumber(waiting)}</div>
      <Text size="sm" c="dimmed" mb="lg">{t("project.dashboard.manual")}</Text>
      <dl className={classes["facts"]}>
        <dt>{t("project.dashboard.leased")}</dt>
        <dd className="numbers">{formatNumber(progress.leased)}</dd>
        <dt>{t("project.dashboard.pending")}</dt>
        <dd className="numbers">{formatNumber(progress.pending)}</dd>
      </dl>
      {progress.unreadable > 0 && <Text size="sm" c="var(--warn)" mt="md">{t("project.dashboard.unreadable", { count: progress.unreadable })}</Text>}
    </Card>
  );
}
