/** Which column of JSON Lines holds what (F191): the item has to be named, the rest may be. */
import { Group, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Columns } from "../../api/imports";

interface Props {
  names: readonly string[];
  columns: Columns;
  onChange: (columns: Columns) => void;
}

const FIELDS = ["image", "category", "confidence"] as const;
const USUAL: Record<keyof Columns, RegExp> = { image: /^(image_url|image|file|file_name|path|url)$/i, category: /^(label|labels|category|class)$/i, confidence: /^(label_confidence|confidence|score)$/i };

/** What the names of columns suggest. */
export function guessed(names: readonly string[]): Columns {
  const first = (field: keyof Columns) => names.find((name) => USUAL[field].test(name)) ?? "";
  return { image: first("image") || (names[0] ?? ""), category: first("category"), confidence: first("confidence") };
}

export function ColumnFields({ names, columns, onChange }: Props) {
  const { t } = useTranslation();
  const data = [...new Set(names)];
  return (
    <Group grow align="flex-start">
      {FIELDS.map((field) => (
        <Select
          key={field}
          label={t(`imports.${field}`)}
          data={data}
          value={columns[field] || null}
          placeholder={t("imports.none")}
          clearable={field !== "image"}
          allowDeselect={false}
          onChange={(value) => onChange({ ...columns, [field]: value ?? "" })}
        />
      ))}
    </Group>
  );
}
