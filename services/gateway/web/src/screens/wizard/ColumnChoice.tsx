/** Which columns labelers see, in the order of the table; of texts with entities only one (F36, A18). */
import { Checkbox, Group, Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  columns: readonly string[];
  chosen: readonly string[];
  one: boolean;
  onChange: (columns: string[]) => void;
}

export function ColumnChoice({ columns, chosen, one, onChange }: Props) {
  const { t } = useTranslation();
  if (one) {
    return (
      <Radio.Group label={t("wizard.rows.column")} value={chosen[0] ?? ""} onChange={(column) => onChange([column])}>
        <Group mt="xs" gap="lg">{columns.map((column) => <Radio key={column} value={column} label={column} />)}</Group>
      </Radio.Group>
    );
  }
  return (
    <Checkbox.Group
      label={t("wizard.rows.columns")}
      description={t("wizard.rows.columnsHint")}
      value={[...chosen]}
      onChange={(picked) => onChange(columns.filter((column) => picked.includes(column)))}
    >
      <Group mt="xs" gap="lg">{columns.map((column) => <Checkbox key={column} value={column} label={column} />)}</Group>
    </Checkbox.Group>
  );
}
