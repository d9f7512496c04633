/** Who labeled how much (F206). */
import { Card, Title } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Progress } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Bar } from "./Bar";
import classes from "./Dashboard.module.css";

export function LabelersCard({ progress }: { progress: Progress }) {
  const { t } = useTranslation();
  const rows = progress.labelers.filter((one) => one.labeled + one.skipped > 0).sort((a, b) => b.labeled - a.labeled);
  const largest = Math.max(0, ...rows.map((row) => row.labeled));
  return (
    <Card>
      <Title order={2} mb="md">{t("project.dashboard.labelers")}</Title>
      {rows.length === 0 ? (
        <EmptyState icon={<IconUsers size={26} />} title={t("project.dashboard.labelersNone")} />
      ) : (
        <ul className={classes["bars"]} style={{ listStyle: "none", margin: 0, padding: 0 }}>
          {rows.map((row) => (
            <Bar key={row.user} name={row.name || t("common.unknown")} value={row.labeled} largest={largest} color="var(--mantine-primary-color-filled)" />
          ))}
        </ul>
      )}
    </Card>
  );
}
