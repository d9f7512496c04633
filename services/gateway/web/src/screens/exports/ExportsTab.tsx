/** Exports of a project: start one, watch it, download it (F225–F227). */
import { Button, Card, Group, Skeleton } from "@mantine/core";
import { IconFileExport, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { exportsQuery } from "../../api/exports";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { useProject } from "../project/useProject";
import { ExportDialog } from "./ExportDialog";
import { ExportTable } from "./ExportTable";

export function ExportsTab() {
  const { t } = useTranslation();
  const project = useProject();
  const [opened, setOpened] = useState(false);
  const { data: jobs, error, refetch } = useQuery(exportsQuery(project.id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!jobs) return <Skeleton h={220} />;
  const start = project.permissions.includes("exports/write") && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setOpened(true)}>{t("exports.new")}</Button>
  );
  return (
    <>
      {jobs.length === 0 ? (
        <Card><EmptyState icon={<IconFileExport size={28} />} title={t("exports.empty")} hint={t("exports.emptyHint")}>{start}</EmptyState></Card>
      ) : (
        <>
          <Group justify="flex-end" mb="md">{start}</Group>
          <ExportTable jobs={jobs} />
        </>
      )}
      <ExportDialog project={project} jobs={jobs} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
