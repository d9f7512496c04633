/** Shows a one-time link, once. */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Person } from "../../api/types";
import { CopyField } from "../../components/CopyField";

export function LinkDialog({ invitation, onClose }: { invitation: { person: Person; link: string } | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={invitation !== null} onClose={onClose} title={t("people.linkTitle")} closeOnClickOutside={false} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack>
        <Text size="sm">{t("people.linkHint", { name: invitation?.person.name ?? "" })}</Text>
        <CopyField value={invitation?.link ?? ""} label={t("people.linkTitle")} />
        <Group justify="flex-end"><Button onClick={onClose}>{t("common.close")}</Button></Group>
      </Stack>
    </Modal>
  );
}
