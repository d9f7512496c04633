/** How an import ended. */
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { ImportJob } from "../../api/imports";
import { Problems } from "./Problems";

export function Result({ job, onAnother, onClose }: { job: ImportJob; onAnother: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const good = job.state === "succeeded";
  const title = job.state === "succeeded" ? t(`imports.result.succeeded.${job.mode}`, { count: job.applied }) : t(job.state === "failed" ? "imports.result.failed" : "imports.result.canceled");
  const rest = [job.already_labeled > 0 && t("imports.result.already", { count: job.already_labeled }), job.kept > 0 && t("imports.result.kept", { count: job.kept })].filter(Boolean);
  return (
    <Stack>
      <Alert color={good ? "teal" : job.state === "failed" ? "red" : "gray"} icon={good ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />} title={title}>
        <Text size="sm">{[job.error, ...rest].filter(Boolean).join(" · ") || job.name}</Text>
      </Alert>
      {job.state === "failed" && <Problems job={job} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onAnother}>{t("imports.another")}</Button>
        <Button onClick={onClose} data-autofocus>{t("common.close")}</Button>
      </Group>
    </Stack>
  );
}
