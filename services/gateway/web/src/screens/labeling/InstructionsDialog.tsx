/** Instructions over the page at work: nothing of it is lost (A7). */
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Instructions } from "../../api/types";
import { InstructionsText } from "./InstructionsText";

export function InstructionsDialog({ opened, instructions, onClose }: { opened: boolean; instructions: Instructions; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t("labeling.instructions.title")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack>
        <InstructionsText instructions={instructions} />
        <Group justify="flex-end"><Button onClick={onClose} data-autofocus>{t("labeling.instructions.goOn")}</Button></Group>
      </Stack>
    </Modal>
  );
}
