/** How the file is written: with the images, for which readers. Nothing where there is no choice. */
import { Stack, Switch, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { mayBeStored, mayEscape, type Wishes } from "./wishes";

interface Props {
  isImage: boolean;
  wishes: Wishes;
  onChange: (change: Partial<Wishes>) => void;
}

export function HowFields({ isImage, wishes, onChange }: Props) {
  const { t } = useTranslation();
  const stored = mayBeStored(wishes.format, isImage);
  const escape = mayEscape(wishes.format);
  if (!isImage && !escape) return null;
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>{t("exports.how")}</Text>
      {isImage && <Switch label={t("exports.images")} description={t("exports.imagesHint")} checked={wishes.images} onChange={(event) => onChange({ images: event.currentTarget.checked })} />}
      {stored && <Switch label={t("exports.asStored")} description={t("exports.asStoredHint")} checked={wishes.asStored} onChange={(event) => onChange({ asStored: event.currentTarget.checked })} />}
      {escape && <Switch label={t("exports.escape")} description={t("exports.escapeHint")} checked={wishes.escape} onChange={(event) => onChange({ escape: event.currentTarget.checked })} />}
    </Stack>
  );
}
