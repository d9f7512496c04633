/** All keys, of the task at hand too. Opens with `?`. */
import { Group, Kbd, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { isText, type TaskType } from "../annotator/task";
import { shortcutRows } from "./shortcut-rows";
import { onShortcuts, typing } from "./shortcuts";

export function ShortcutsDialog({ task = null }: { task?: TaskType | null }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useEffect(() => onShortcuts(() => setOpen(true)), []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === "?" && !typing(event.target)) setOpen((was) => !was);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <Modal opened={open} onClose={() => setOpen(false)} title={t("shortcuts.title")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack gap={6}>
        {shortcutRows(t, task).map(([what, keys]) => (
          <Group key={what} justify="space-between" wrap="nowrap">
            <Text size="sm">{what}</Text>
            <Kbd style={{ whiteSpace: "nowrap" }}>{keys}</Kbd>
          </Group>
        ))}
        {!(task && isText(task)) && <Text size="xs" c="dimmed" mt="sm"><b>{t("dicom.noticeTitle")}</b> {t("dicom.notice")}</Text>}
      </Stack>
    </Modal>
  );
}
