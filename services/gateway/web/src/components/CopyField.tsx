/** A value that is copied with one click. */
import { ActionIcon, TextInput, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { Copying } from "./Copying";

export function CopyField({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation();
  const button = (
    <Copying value={value}>
      {({ copied, copy }) => (
        <Tooltip label={t(copied ? "common.copied" : "common.copy")}>
          <ActionIcon variant="subtle" onClick={copy} aria-label={t("common.copy")}>{copied ? <IconCheck size={16} /> : <IconCopy size={16} />}</ActionIcon>
        </Tooltip>
      )}
    </Copying>
  );
  return <TextInput aria-label={label} value={value} readOnly rightSection={button} onFocus={(event) => event.currentTarget.select()} />;
}
