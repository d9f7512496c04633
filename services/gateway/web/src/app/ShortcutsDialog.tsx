/** All keys. Opens with `?`. */
import { Group, Kbd, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { onShortcuts, typing } from "./shortcuts";

const ROWS = [
  ["label", "digits"],
  ["move", "arrows"],
  ["select", "space"],
  ["selectAll", "a"],
  ["none", "esc"],
  ["submit", "submit"],
  ["skip", "s"],
  ["back", "b"],
  ["instructions", "i"],
  ["undo", "undo"],
  ["redo", "redo"],
  ["zoom", "zoom"],
  ["pan", "pan"],
  ["help", "help"],
] as const;

export function ShortcutsDialog() {
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
        {ROWS.map(([what, keys]) => (
          <Group key={what} justify="space-between" wrap="nowrap">
            <Text size="sm">{t(`shortcuts.${what}`)}</Text>
            <Kbd>{t(`shortcuts.keys.${keys}`)}</Kbd>
          </Group>
        ))}
        <Text size="xs" c="dimmed" mt="sm"><b>{t("dicom.noticeTitle")}</b> {t("dicom.notice")}</Text>
      </Stack>
    </Modal>
  );
}
