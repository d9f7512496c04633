/** What a file would do, before anything is written; here a person decides. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { applyImport, cancelImport, type ImportJob, importsQuery } from "../../api/imports";
import { queries } from "../../api/queries";
import { useSend } from "../../api/useSend";
import { failureText } from "../../components/failure";
import { Counts } from "./Counts";
import { Problems } from "./Problems";

export function Report({ job, onDecided }: { job: ImportJob; onDecided: () => void }) {
  const { t } = useTranslation();
  const settled = () => queries.invalidateQueries({ queryKey: importsQuery(job.project).queryKey });
  const apply = useSend({ mutationFn: () => applyImport(job.id), onSuccess: onDecided, onSettled: settled });
  const discard = useSend({ mutationFn: () => cancelImport(job.id), onSettled: settled });
  const rest = [job.already_labeled > 0 && t("imports.report.already", { count: job.already_labeled }), job.kept > 0 && t("imports.report.kept", { count: job.kept })].filter(Boolean);
  const failure = apply.error ?? discard.error;
  const left = job.matched - job.already_labeled - job.kept;
  return (
    <Stack>
      <div>
        <Text fw={580} style={{ overflowWrap: "anywhere" }}>{job.name} <Text span c="dimmed">{t(`imports.formats.${job.format}`)} · {t(`imports.modes.${job.mode}`)}</Text></Text>
        <Text size="sm" c="dimmed">{t("imports.report.title")}</Text>
      </div>
      <Counts job={job} />
      <Problems job={job} />
      {rest.length > 0 && <Text size="sm" c="var(--warn)">{rest.join(" · ")}</Text>}
      <Text size="sm" c={job.matched > 0 ? "dimmed" : "var(--warn)"}>{t(job.matched > 0 ? `imports.report.${job.mode}` : "imports.report.nothing")}</Text>
      {failure && <Text size="sm" c="var(--bad)" role="alert">{failureText(t, failure)}</Text>}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>{t("imports.discard")}</Button>
        <Button disabled={left === 0} loading={apply.isPending} onClick={() => apply.mutate()}>{t(`imports.apply.${job.mode}`, { count: left })}</Button>
      </Group>
    </Stack>
  );
}
