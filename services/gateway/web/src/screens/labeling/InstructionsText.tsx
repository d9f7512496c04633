/** The owner's instructions: text as written, and the link. */
import { Anchor, Stack, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Instructions } from "../../api/types";

export function InstructionsText({ instructions }: { instructions: Instructions }) {
  const { t } = useTranslation();
  const safe = /^https?:\/\//i.test(instructions.url);
  return (
    <Stack>
      {instructions.text && <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} lh={1.6}>{instructions.text}</Text>}
      {safe && (
        <Anchor href={instructions.url} target="_blank" rel="noreferrer noopener">
          {t("labeling.instructions.link")} <IconExternalLink size={15} style={{ verticalAlign: -2 }} aria-hidden />
        </Anchor>
      )}
      {!instructions.text && !safe && <Text c="dimmed">{t("labeling.instructions.none")}</Text>}
    </Stack>
  );
}
