/** How the text of a table is read. What is not chosen is found out for each file. */
import { Group, Select, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { TableSettings } from "../../api/dataset-types";

interface Props {
  table: TableSettings;
  /** As the file is read now. */
  found: TableSettings;
  onChange: (part: Partial<TableSettings>) => void;
}

const DELIMITERS = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" } as const;
const ENCODINGS = { "utf-8": "UTF-8", "utf-16": "UTF-16", "latin-1": "Latin-1", "windows-1252": "Windows-1252" } as const;

export function TableFields({ table, found, onChange }: Props) {
  const { t } = useTranslation();
  const delimiter = (value: string): string => {
    const name = value in DELIMITERS ? DELIMITERS[value as keyof typeof DELIMITERS] : "other";
    return t(`wizard.rows.delimiters.${name}`, { character: value });
  };
  const encoding = (value: string): string => (value in ENCODINGS ? ENCODINGS[value as keyof typeof ENCODINGS] : value);
  const choices = (values: readonly string[], name: (value: string) => string, now: string) => [
    { value: "", label: now ? t("wizard.rows.automatic", { value: name(now) }) : "–" },
    ...values.map((value) => ({ value, label: name(value) })),
  ];
  return (
    <Group align="flex-end" gap="lg">
      <Select
        label={t("wizard.rows.delimiter")}
        data={choices(Object.keys(DELIMITERS), delimiter, table.delimiter ? "" : found.delimiter)}
        value={table.delimiter}
        allowDeselect={false}
        onChange={(value) => onChange({ delimiter: value ?? "" })}
      />
      <Select
        label={t("wizard.rows.encoding")}
        data={choices(Object.keys(ENCODINGS), encoding, table.encoding ? "" : found.encoding)}
        value={table.encoding}
        allowDeselect={false}
        onChange={(value) => onChange({ encoding: value ?? "" })}
      />
      <Switch mb={8} label={t("wizard.rows.header")} checked={table.header} onChange={(event) => onChange({ header: event.currentTarget.checked })} />
    </Group>
  );
}
