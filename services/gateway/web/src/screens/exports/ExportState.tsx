/** Where an export stands: a word, how far it is, why it failed. */
import { Badge, Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ExportJob, JobState } from "../../api/types";
import { percent } from "../../components/format";

const COLORS: Record<JobState, string> = { requested: "blue", running: "blue", succeeded: "teal", failed: "red", canceled: "gray" };

export function ExportState({ job }: { job: ExportJob }) {
  const { t } = useTranslation();
  return (
    <>
      <Badge color={COLORS[job.state]}>{t(`exports.state.${job.state}`)}</Badge>
      {job.state === "running" && <Progress mt={6} size="sm" animated value={percent(job.rows, job.total)} aria-label={t("common.ofTotal", { part: job.rows, total: job.total })} />}
      {job.error && <Text size="xs" c="var(--bad)" mt={4}>{job.error}</Text>}
    </>
  );
}
