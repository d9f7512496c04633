/** Which column of JSON Lines or CSV holds what (F191): the item has to be named, unless it is a row of a table. */
import { Group, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Columns } from "../../api/imports";

interface Props {
  names: readonly string[];
  columns: Columns;
  rows: boolean;
  onChange: (columns: Columns) => void;
}

const FIELDS = ["image", "category", "confidence"] as const;
const USUAL: Record<keyof Columns, RegExp> = { image: /^(image_url|image|file|file_name|path|url)$/i, category: /^(label_*|labels|category|class)$/i, confidence: /^(label_?confidence_*|confidence|score)$/i };

/** What the names of columns suggest. `rows`: the items are rows of tables, and found by their cells. */
export function guessed(names: readonly string[], rows: boolean): Columns {
  const last = (field: keyof Columns) => names.findLast((name) => USUAL[field].test(name)) ?? "";
  return { image: rows ? "" : names.find((name) => USUAL.image.test(name)) ?? names[0] ?? "", category: last("category"), confidence: last("confidence") };
}

export function ColumnFields({ names, columns, rows, onChange }: Props) {
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
          clearable={rows || field !== "image"}
          allowDeselect={false}
          onChange={(value) => onChange({ ...columns, [field]: value ?? "" })}
        />
      ))}
    </Group>
  );
}
