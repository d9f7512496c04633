/** In the place of a picture that can't be shown: why, and what one can do. */
import { Button, Stack, Text } from "@mantine/core";
import { IconPhotoOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

interface Props {
  /** Why, in the server's words; empty if it did not say. */
  reason: string;
  onRetry: () => void;
  className?: string | undefined;
}

export function BrokenPicture({ reason, onRetry, className }: Props) {
  const { t } = useTranslation();
  return (
    <Stack className={className} align="center" gap={4} p="sm" role="alert">
      <IconPhotoOff size={30} color="var(--quiet)" aria-hidden />
      <Text size="sm">{t("labeling.imageBroken")}</Text>
      {reason && <Text size="xs" ta="center" maw={420} lineClamp={3} title={reason}>{reason}</Text>}
      <Text size="xs" c="dimmed">{t("labeling.imageBrokenHint")}</Text>
      <Button size="compact-xs" variant="default" onClick={onRetry}>{t("common.retry")}</Button>
    </Stack>
  );
}
