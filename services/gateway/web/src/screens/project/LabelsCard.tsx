/** How often each label was given (F205). */
import { Card, Text, Title } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { showLabels } from "../../annotator/labels";
import type { Progress, Project } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Bar } from "./Bar";
import classes from "./Dashboard.module.css";

/** Up to so many labels all are shown; above, only those that somebody gave. */
const ALL_SHOWN = 30;

export function LabelsCard({ project, progress }: { project: Project; progress: Progress }) {
  const { t } = useTranslation();
  const counts = new Map(progress.labels.map((one) => [one.label, one.items]));
  const rows = showLabels(project.label_sets.flatMap((set) => set.labels)).map((label) => ({ ...label, items: counts.get(label.id) ?? 0 }));
  const shown = rows.length <= ALL_SHOWN ? rows : rows.filter((row) => row.items > 0).slice(0, 200);
  const largest = Math.max(0, ...rows.map((row) => row.items));
  return (
    <Card>
      <Title order={2} mb="md">{t("project.dashboard.distribution")}</Title>
      {largest === 0 ? (
        <EmptyState icon={<IconChartBar size={26} />} title={t("project.dashboard.distributionNone")} hint={t("project.dashboard.distributionNoneHint")} />
      ) : (
        <ul className={classes["bars"]} style={{ listStyle: "none", margin: 0, padding: 0 }}>
          {shown.map((row) => <Bar key={row.id} name={row.path} value={row.items} largest={largest} color={row.color} />)}
        </ul>
      )}
      {largest > 0 && shown.length < rows.length && <Text size="sm" c="dimmed" mt="sm">{t("project.dashboard.moreLabels", { count: rows.length - shown.length })}</Text>}
    </Card>
  );
}
