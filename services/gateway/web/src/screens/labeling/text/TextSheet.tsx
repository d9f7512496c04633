/** The frame of one text: its name, or why it can't be shown; what was chosen below. */
import { Button, Loader, Stack, Text } from "@mantine/core";
import { IconFileOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Passage } from "../../../annotator/text/passage";
import { type Cell, type TextItem, texts } from "../../../labeling/texts";
import { useText } from "./useText";
import classes from "./Text.module.css";

interface Props {
  item: TextItem & { name: string };
  skipped: boolean;
  foot: ReactNode;
  children: (passage: Passage, columns: readonly Cell[]) => ReactNode;
}

export function TextSheet({ item, skipped, foot, children }: Props) {
  const { t } = useTranslation();
  const text = useText(item);
  return (
    <div className={classes["sheet"]} data-skipped={skipped || undefined} data-text={text.state}>
      <div className={classes["tools"]}><span className={classes["file"]} title={item.name} dir="auto">{item.name}</span></div>
      {text.state === "loading" && <Stack flex={1} align="center" justify="center"><Loader size="sm" color="gray" aria-label={t("texts.loading")} /></Stack>}
      {text.state === "failed" && (
        <Stack flex={1} align="center" justify="center" gap="xs" p="md" role="alert">
          <IconFileOff size={34} color="var(--quiet)" aria-hidden />
          <Text fw={600}>{t(`texts.failed.${text.reason}`)}</Text>
          {text.message && <Text size="sm" c="dimmed" ta="center" maw={560}>{text.message}</Text>}
          <Text size="sm" c="dimmed">{t("texts.failed.hint")}</Text>
          <Button size="xs" variant="default" onClick={() => texts.again(item)}>{t("common.retry")}</Button>
        </Stack>
      )}
      {text.state === "ready" && children(text.passage, text.columns)}
      <div className={classes["foot"]}>{foot}</div>
    </div>
  );
}
