/** Starts an export: which format, which items, and how it is written. */
import { Button, Group, Modal, Radio, SimpleGrid, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { exportsQuery, startExport } from "../../api/exports";
import { queries } from "../../api/queries";
import type { ExportJob, Project } from "../../api/types";
import { useRequestKey } from "../../api/useRequestKey";
import { useSend } from "../../api/useSend";
import { failureText } from "../../components/failure";
import { useNotices } from "../../notices/useNotices";
import { FilterFields } from "./FilterFields";
import { HowFields } from "./HowFields";
import { asked, fresh, lastLike, offered, type Wishes } from "./wishes";

interface Props {
  project: Project;
  /** Earlier exports, the newest first. */
  jobs: readonly ExportJob[];
  opened: boolean;
  onClose: () => void;
}

export function ExportDialog({ project, jobs, opened, onClose }: Props) {
  const { t } = useTranslation();
  const [notices] = useNotices();
  const [wishes, setWishes] = useState<Wishes>(() => fresh(project.export_formats));
  const change = (changes: Partial<Wishes>) => setWishes((before) => ({ ...before, ...changes }));
  const isImage = project.task_type.startsWith("image_");
  const last = lastLike(jobs, wishes, isImage);
  const keyOf = useRequestKey(opened);
  const body = asked(wishes, last?.id ?? "", isImage);
  const start = useSend({
    mutationFn: () => startExport(project.id, body, keyOf(body)),
    onSuccess: async (job) => {
      notices.begin(job, project.name);
      onClose();
      await queries.invalidateQueries({ queryKey: exportsQuery(project.id).queryKey });
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t("exports.title")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack gap="lg">
        <Radio.Group label={t("exports.format")} value={wishes.format} onChange={(format) => change({ format })}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt="xs">
            {offered(project.export_formats).map((one) => <Radio key={one} value={one} label={t(`exports.formats.${one}`)} description={t(`exports.formatHints.${one}`)} />)}
          </SimpleGrid>
        </Radio.Group>
        <FilterFields project={project} last={last} wishes={wishes} onChange={change} />
        <HowFields isImage={isImage} wishes={wishes} onChange={change} />
        <Text size="sm" c="dimmed">{t("exports.note")}</Text>
        {start.error && <Text size="sm" c="var(--bad)" role="alert">{failureText(t, start.error)}</Text>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t("common.cancel")}</Button>
          <Button loading={start.isPending} onClick={() => opened && start.mutate()} data-autofocus>{t("exports.start")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
