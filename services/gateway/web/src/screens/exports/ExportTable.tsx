/** List of exports. */
import { Anchor, Button, Card, Table, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { address } from "../../api/http";
import type { ExportJob } from "../../api/types";
import { formatBytes, formatDateTime, formatDuration, formatNumber } from "../../components/format";
import { ExportState } from "./ExportState";
import { isFiltered, secondsOf } from "./facts";

export function ExportTable({ jobs }: { jobs: ExportJob[] }) {
  const { t } = useTranslation();
  const more = (job: ExportJob) => [isFiltered(job) && t("exports.filtered"), job.images && t("exports.withImages")].filter(Boolean).join(", ");
  return (
    <Card p={0}>
      <Table.ScrollContainer minWidth={760}>
        <Table verticalSpacing="sm" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("exports.columns.requested")}</Table.Th>
              <Table.Th>{t("exports.columns.format")}</Table.Th>
              <Table.Th>{t("exports.columns.state")}</Table.Th>
              <Table.Th ta="right">{t("exports.columns.rows")}</Table.Th>
              <Table.Th ta="right">{t("exports.columns.size")}</Table.Th>
              <Table.Th ta="right">{t("exports.columns.duration")}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="numbers">
            {jobs.map((job) => (
              <Table.Tr key={job.id}>
                <Table.Td><Anchor component={Link} to={`/projects/${job.project}/exports/${job.id}`} size="sm">{formatDateTime(job.requested_at)}</Anchor></Table.Td>
                <Table.Td>
                  {t(`exports.formats.${job.format}`)}
                  {more(job) && <Text size="xs" c="dimmed">{more(job)}</Text>}
                </Table.Td>
                <Table.Td><ExportState job={job} /></Table.Td>
                <Table.Td ta="right">{job.state === "running" ? t("common.ofTotal", { part: job.rows, total: job.total }) : formatNumber(job.rows)}</Table.Td>
                <Table.Td ta="right">{job.size > 0 && formatBytes(job.size)}</Table.Td>
                <Table.Td ta="right">{job.finished_at && formatDuration(secondsOf(job))}</Table.Td>
                <Table.Td ta="right">
                  {job.state === "succeeded" && (
                    <Button component="a" href={address(`/exports/${job.id}/download`)} download size="compact-sm" variant="light" leftSection={<IconDownload size={15} />}>{t("exports.download")}</Button>
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
