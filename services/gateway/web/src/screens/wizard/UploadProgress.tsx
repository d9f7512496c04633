/** An upload under way or ended: count, rate, time left, and what to do about failures. */
import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { failureText } from "../../components/failure";
import { formatBytes, formatDuration } from "../../components/format";
import { useSeconds } from "../../components/useSeconds";
import { uploader, type UploadStatus } from "../../upload/uploader";
import { FileList } from "./FileList";

interface Props {
  status: UploadStatus;
  onMore: () => void;
  onAgain: () => void;
}

export function UploadProgress({ status, onMore, onAgain }: Props) {
  const { t } = useTranslation();
  const { state, counts, files, bytes, sent } = status;
  const running = state === "running";
  const seconds = Math.max(1, useSeconds(running) - status.startedAt / 1000);
  const rate = sent / seconds;
  const finished = counts.done + counts.kept + counts.failed;
  const share = bytes > 0 ? (sent / bytes) * 100 : (finished / Math.max(1, files.length)) * 100;
  return (
    <Stack gap="sm">
      {running ? (
        <>
          <Group justify="space-between">
            <Text size="sm" fw={560} className="numbers">{t("wizard.data.uploading", { done: finished, total: files.length })}</Text>
            <Text size="sm" c="dimmed" className="numbers">
              {[t("wizard.data.rate", { rate: formatBytes(rate) }), rate > 0 && t("wizard.data.timeLeft", { time: formatDuration((bytes - sent) / rate) })].filter(Boolean).join(" · ")}
            </Text>
          </Group>
          <Progress value={share} animated aria-label={t("wizard.data.uploading", { done: finished, total: files.length })} />
        </>
      ) : (
        <Group gap="xs">
          <IconCircleCheck size={20} color="var(--mantine-color-teal-6)" aria-hidden />
          <Text size="sm" fw={560} className="numbers">{t("wizard.data.uploaded", { count: counts.done + counts.kept })}</Text>
        </Group>
      )}
      {counts.kept > 0 && <Text size="sm" c="dimmed">{t("wizard.data.kept", { count: counts.kept })}</Text>}
      {counts.failed > 0 && (
        <Alert color="red" title={t("wizard.data.failed", { count: counts.failed })}>
          <Group justify="space-between">
            <Text size="sm">{status.error && failureText(t, status.error)}</Text>
            {!running && <Button size="xs" variant="default" onClick={onAgain}>{t("wizard.data.failedRetry")}</Button>}
          </Group>
        </Alert>
      )}
      {(running || counts.failed > 0) && <FileList files={files} states={status.states} />}
      <Group justify="flex-end">
        {running ? (
          <Button variant="default" size="xs" onClick={() => uploader.stop()}>{t("wizard.data.stop")}</Button>
        ) : (
          <Button variant="default" size="xs" onClick={onMore}>{t("wizard.data.more")}</Button>
        )}
      </Group>
    </Stack>
  );
}
