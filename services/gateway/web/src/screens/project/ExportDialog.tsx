/** Starts an export: which format, and what will be in it. */
import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { exportsQuery, startExport } from "../../api/projects";
import { queries } from "../../api/queries";
import { randomId } from "../../api/random";
import type { ExportFormat } from "../../api/types";
import { failureText } from "../../components/failure";

interface Props {
  project: string;
  /** What the project's labels can be written as. */
  formats: readonly ExportFormat[];
  opened: boolean;
  onClose: () => void;
}

/** The first one that a project has is the one that is chosen. */
const ORDER: readonly ExportFormat[] = ["coco", "coco_azure", "jsonl"];

export function ExportDialog({ project, formats, opened, onClose }: Props) {
  const { t } = useTranslation();
  const offered = ORDER.filter((one) => formats.includes(one));
  const [format, setFormat] = useState<ExportFormat>(offered[0] ?? "jsonl");
  const start = useMutation({
    mutationFn: () => startExport(project, format, randomId()),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: exportsQuery(project).queryKey });
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t("project.exports.title")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack>
        <Radio.Group label={t("project.exports.format")} value={format} onChange={(value) => setFormat(value)}>
          <Stack gap="sm" mt="xs">
            {offered.map((one) => <Radio key={one} value={one} label={t(`project.exports.formats.${one}`)} description={t(`project.exports.formatHints.${one}`)} />)}
          </Stack>
        </Radio.Group>
        <Text size="sm" c="dimmed">{t("project.exports.note")}</Text>
        {start.error && <Text size="sm" c="var(--bad)" role="alert">{failureText(t, start.error)}</Text>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t("common.cancel")}</Button>
          <Button loading={start.isPending} onClick={() => start.mutate()} data-autofocus>{t("project.exports.start")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
