/** A check or an import that is under way, with what stops it. */
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { cancelImport, type ImportJob, importsQuery } from "../../api/imports";
import { queries } from "../../api/queries";
import { useSend } from "../../api/useSend";
import { failureText } from "../../components/failure";
import { percent } from "../../components/format";

const LOOK_MS = 2_000;

interface Props {
  job: ImportJob;
  onCanceled: () => void;
  onClose: () => void;
}

export function UnderWay({ job, onCanceled, onClose }: Props) {
  const { t } = useTranslation();
  // Hints come by themselves; a tab that missed one still gets on.
  useQuery({ ...importsQuery(job.project), refetchInterval: LOOK_MS });
  const cancel = useSend({
    mutationFn: () => cancelImport(job.id),
    onSuccess: onCanceled,
    onSettled: () => queries.invalidateQueries({ queryKey: importsQuery(job.project).queryKey }),
  });
  const writing = job.state === "applying";
  const done = writing ? job.applied + job.already_labeled + job.kept : job.matched + job.unmatched + job.refused + job.empty;
  const total = writing ? job.matched : job.total;
  const words = writing ? t("common.ofTotal", { part: done, total }) : t("imports.found", { count: total });
  return (
    <Stack>
      <Text fw={580} style={{ overflowWrap: "anywhere" }}>{job.name}</Text>
      <Text size="sm" c="dimmed">{t(writing ? "imports.applying" : job.state === "requested" ? "imports.waiting" : "imports.checking")}</Text>
      <Progress value={done > 0 ? percent(done, total) : 100} animated aria-label={words} />
      {total > 0 && <Text size="xs" c="dimmed" className="numbers">{words}</Text>}
      {cancel.error && <Text size="sm" c="var(--bad)" role="alert">{failureText(t, cancel.error)}</Text>}
      <Group justify="space-between">
        <Text size="sm" c="dimmed">{writing && t("imports.stopped")}</Text>
        <Group gap="xs">
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>{writing ? t("imports.stop") : t("common.cancel")}</Button>
          <Button onClick={onClose}>{t("common.close")}</Button>
        </Group>
      </Group>
    </Stack>
  );
}
