/** Something could not be loaded: the reason, and Retry. */
import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { failureText } from "./failure";

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={t("failure.title")} maw={560}>
      <Group justify="space-between" align="end">
        <Text size="sm">{failureText(t, error)}</Text>
        {onRetry && <Button size="xs" variant="default" onClick={onRetry}>{t("common.retry")}</Button>}
      </Group>
    </Alert>
  );
}
