/** List of exports. */
import { Badge, Button, Card, Progress, Table, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { address } from "../../api/http";
import type { ExportJob, JobState } from "../../api/types";
import { formatBytes, formatDateTime, formatDuration, formatNumber, percent } from "../../components/format";

const COLORS: Record<JobState, string> = { requested: "blue", running: "blue", succeeded: "teal", failed: "red", canceled: "gray" };

function seconds(job: ExportJob): number {
  const end = job.finished_at ? new Date(job.finished_at).getTime() : Date.now();
  return (end - new Date(job.started_at ?? job.requested_at).getTime()) / 1000;
}

export function ExportTable({ jobs }: { jobs: ExportJob[] }) {
  const { t } = useTranslation();
  return (
    <Card p={0}>
      <Table.ScrollContainer minWidth={760}>
        <Table verticalSpacing="sm" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("project.exports.columns.requested")}</Table.Th>
              <Table.Th>{t("project.exports.columns.format")}</Table.Th>
              <Table.Th>{t("project.exports.columns.state")}</Table.Th>
              <Table.Th ta="right">{t("project.exports.columns.rows")}</Table.Th>
              <Table.Th ta="right">{t("project.exports.columns.size")}</Table.Th>
              <Table.Th ta="right">{t("project.exports.columns.duration")}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="numbers">
            {jobs.map((job) => (
              <Table.Tr key={job.id}>
                <Table.Td>{formatDateTime(job.requested_at)}</Table.Td>
                <Table.Td>{t(`project.exports.formats.${job.format}`)}</Table.Td>
                <Table.Td>
                  <Badge color={COLORS[job.state]}>{t(`project.exports.state.${job.state}`)}</Badge>
                  {job.state === "running" && <Progress mt={6} size="sm" animated value={percent(job.rows, job.total)} aria-label={t("common.ofTotal", { part: job.rows, total: job.total })} />}
                  {job.error && <Text size="xs" c="var(--bad)" mt={4}>{job.error}</Text>}
                </Table.Td>
                <Table.Td ta="right">{job.state === "running" ? t("common.ofTotal", { part: job.rows, total: job.total }) : formatNumber(job.rows)}</Table.Td>
                <Table.Td ta="right">{job.size > 0 && formatBytes(job.size)}</Table.Td>
                <Table.Td ta="right">{job.finished_at && formatDuration(seconds(job))}</Table.Td>
                <Table.Td ta="right">
                  {job.state === "succeeded" && (
                    <Button component="a" href={address(`/exports/${job.id}/download`)} download size="compact-sm" variant="light" leftSection={<IconDownload size={15} />}>{t("project.exports.download")}</Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
