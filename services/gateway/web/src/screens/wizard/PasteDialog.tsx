/** Many classes at once, one a line, nested by indentation. */
import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type DraftLabel, parseLabels } from "./draft";

interface Props {
  opened: boolean;
  onClose: () => void;
  onAdd: (labels: readonly DraftLabel[]) => void;
}

export function PasteDialog({ opened, onClose, onAdd }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const labels = parseLabels(text);
  const add = () => {
    onAdd(labels);
    setText("");
    onClose();
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t("wizard.labels.pasteTitle")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack>
        <Text size="sm" c="dimmed">{t("wizard.labels.pasteHint")}</Text>
        <Textarea aria-label={t("wizard.labels.pasteTitle")} autosize minRows={8} maxRows={18} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t("common.cancel")}</Button>
          <Button disabled={labels.length === 0} onClick={add}>{t("wizard.labels.pasteAdd", { count: labels.length })}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
