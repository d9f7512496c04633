/** One export: what is in it, where it lies, and code that reads it (F227, F229). */
import { Anchor, Button, Card, Group, Skeleton, Stack, Title } from "@mantine/core";
import { IconArrowLeft, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { exportQuery } from "../../api/exports";
import { address } from "../../api/http";
import { ErrorState } from "../../components/ErrorState";
import { formatDateTime } from "../../components/format";
import { useProject } from "../project/useProject";
import { ExportFacts } from "./ExportFacts";
import { SampleCard } from "./SampleCard";

export function ExportPage() {
  const { t } = useTranslation();
  const project = useProject();
  const id = useParams()["export"] ?? "";
  const { data: job, error, refetch } = useQuery(exportQuery(project.id, id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!job) return <Skeleton h={320} />;
  return (
    <Stack>
      <Anchor component={Link} to={`/projects/${project.id}/exports`} size="sm"><Group gap={6}><IconArrowLeft size={15} />{t("exports.back")}</Group></Anchor>
      <Card>
        <Group justify="space-between" mb="md">
          <Title order={2}>{t("exports.page.title", { at: formatDateTime(job.requested_at) })}</Title>
          {job.state === "succeeded" && <Button component="a" href={address(`/exports/${id}/download`)} download leftSection={<IconDownload size={17} />}>{t("exports.download")}</Button>}
        </Group>
        <ExportFacts job={job} project={project} />
      </Card>
      {job.state === "succeeded" && job.sample && <SampleCard code={job.sample} />}
    </Stack>
  );
}
