/** What the files of a folder are: items, tables of items, or lists that name the items (F31, F34, F35). */
import { Radio, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { MediaType } from "../../annotator/task";
import type { SourceKind } from "../../api/dataset-types";

const KINDS: Record<MediaType, readonly SourceKind[]> = { image: ["files", "manifest"], text: ["files", "table", "manifest"] };

interface Props {
  kind: SourceKind;
  media: MediaType;
  onChange: (kind: SourceKind) => void;
}

export function KindChoice({ kind, media, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t("wizard.rows.kind")} value={kind} onChange={onChange}>
      <Stack gap="xs" mt="xs">
        {KINDS[media].map((one) => (
          <Radio key={one} value={one} label={one === "table" ? t("wizard.rows.kinds.table") : t(`wizard.rows.kinds.${one}`, { context: media })} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
