/** Asks before something is lost. Says what, and names the deed on the button. */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  opened: boolean;
  title: string;
  hint: string;
  action: string;
  danger?: boolean;
  /** Enter confirms, though it is dangerous: for hands that stay on the keys, where there is a way back. */
  focused?: boolean;
  busy?: boolean;
  disabled?: boolean;
  cancel?: string;
  children?: ReactNode;
  onConfirm: () => void;
  onCancel: () => void;
}

/** A dialog that fades out keeps the keys that are pressed meanwhile. */
const AT_ONCE = { transitionProps: { duration: 0 } };

export function ConfirmDialog({ opened, title, hint, action, danger = false, focused = !danger, busy = false, disabled = false, cancel, children, onConfirm, onCancel }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onCancel} title={title} closeButtonProps={{ "aria-label": t("common.close") }} {...(danger && focused && AT_ONCE)}>
      <Stack>
        <Text size="sm">{hint}</Text>
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>{cancel ?? t("common.cancel")}</Button>
          <Button color={danger ? "red.8" : undefined} loading={busy} disabled={disabled} onClick={() => opened && onConfirm()} data-autofocus={focused || undefined}>{action}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
