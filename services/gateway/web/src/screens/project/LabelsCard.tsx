/** How often each label was given, and in how many items (F205, A36). */
import { Card, Text, Title } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { showLabels } from "../../annotator/labels";
import { shapeOf } from "../../annotator/task";
import type { Progress, Project } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Bar } from "./Bar";
import classes from "./Dashboard.module.css";

/** Up to so many labels all are shown; above, only those that somebody gave. */
const ALL_SHOWN = 30;

export function LabelsCard({ project, progress }: { project: Project; progress: Progress }) {
  const { t } = useTranslation();
  const region = shapeOf(project.task_type) !== null;
  const counts = new Map(progress.labels.map((one) => [one.label, one]));
  const rows = showLabels(project.label_sets.flatMap((set) => set.labels)).map((label) => {
    const { items = 0, regions = 0 } = counts.get(label.id) ?? {};
    return { ...label, items, applied: region ? regions : items };
  });
  const shown = rows.length <= ALL_SHOWN ? rows : rows.filter((row) => row.applied > 0).slice(0, 200);
  const largest = Math.max(0, ...rows.map((row) => row.applied));
  return (
    <Card>
      <Title order={2} mb="md">{t("project.dashboard.distribution")}</Title>
      {largest === 0 ? (
        <EmptyState icon={<IconChartBar size={26} />} title={t("project.dashboard.distributionNone")} hint={t("project.dashboard.distributionNoneHint")} />
      ) : (
        <ul className={classes["bars"]} style={{ listStyle: "none", margin: 0, padding: 0 }}>
          {shown.map((row) => <Bar key={row.id} name={row.path} value={row.applied} largest={largest} color={row.color} note={region && <span className={classes["items"]}>{t("project.dashboard.inItems", { count: row.items })}</span>} />)}
        </ul>
      )}
      {largest > 0 && shown.length < rows.length && <Text size="sm" c="dimmed" mt="sm">{t("project.dashboard.moreLabels", { count: rows.length - shown.length })}</Text>}
    </Card>
  );
}
