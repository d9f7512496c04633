/** Donut of what is done, with the numbers in words beside it (F200). */
import { Card, Text, Title } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";

import type { Progress } from "../../api/types";
import { formatNumber, percentText } from "../../components/format";
import { Donut } from "./Donut";
import classes from "./Dashboard.module.css";

export function ProgressCard({ progress }: { progress: Progress }) {
  const { t } = useTranslation();
  const { total, labeled, skipped, needs_review: review, missing } = progress;
  const open = Math.max(0, total - labeled - skipped - review - missing);
  const parts = [
    { name: t("project.dashboard.labeled"), value: labeled, color: "var(--mantine-color-teal-6)" },
    { name: t("project.dashboard.skipped"), value: skipped, color: "var(--mantine-color-gray-5)" },
    { name: t("project.dashboard.review"), value: review, color: "var(--mantine-color-yellow-6)" },
    { name: t("project.dashboard.missing"), value: missing, color: "var(--mantine-color-red-6)" },
    { name: t("project.dashboard.open"), value: open, color: "var(--line)" },
  ].filter((part) => part.value > 0 || part.color !== "var(--mantine-color-red-6)");
  return (
    <Card>
      <Title order={2} mb="md">{t("project.dashboard.progress")}</Title>
      <div className={classes["donut"]}>
        <Donut parts={parts} total={total} words={t("project.dashboard.chart", { labeled, skipped, review, open, total })}>
          <Text fz={30} fw={640} lh={1.1} className="numbers">{percentText(t, labeled + skipped, total)}</Text>
          <Text size="xs" c="dimmed">{t("project.dashboard.total", { count: total })}</Text>
        </Donut>
        <dl className={classes["legend"]}>
          {parts.map((part) => (
            <Fragment key={part.name}>
              <dt><span className={classes["swatch"]} style={{ background: part.color }} />{part.name}</dt>
              <dd className="numbers">{formatNumber(part.value)}</dd>
              <dd className={`${classes["share"] ?? ""} numbers`}>{percentText(t, part.value, total)}</dd>
            </Fragment>
          ))}
        </dl>
      </div>
    </Card>
  );
}
