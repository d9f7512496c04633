/** Which columns of a list hold labels, and what becomes of them (F32, F33). */
import { Group, Radio, Select, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ColumnMapping } from "../../api/dataset-types";
import type { ImportMode } from "../../api/imports";

interface Props {
  columns: readonly string[];
  mapping: ColumnMapping;
  mode: ImportMode;
  onChange: (mapping: ColumnMapping) => void;
  onMode: (mode: ImportMode) => void;
}

export function LabelImport({ columns, mapping, mode, onChange, onMode }: Props) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Group grow align="flex-start">
        <Select
          label={t("wizard.rows.category")}
          description={t("wizard.rows.categoryHint")}
          inputWrapperOrder={["label", "input", "description"]}
          placeholder={t("wizard.rows.none")}
          data={columns.filter((column) => column !== mapping.image)}
          value={mapping.category || null}
          clearable
          onChange={(category) => onChange({ ...mapping, category: category ?? "", ...(!category && { confidence: "" }) })}
        />
        <Select
          label={t("wizard.rows.confidence")}
          placeholder={t("wizard.rows.none")}
          data={columns.filter((column) => column !== mapping.image && column !== mapping.category)}
          value={mapping.confidence || null}
          clearable
          disabled={!mapping.category}
          onChange={(confidence) => onChange({ ...mapping, confidence: confidence ?? "" })}
        />
      </Group>
      {mapping.category && (
        <>
          <Radio.Group label={t("imports.mode")} value={mode} onChange={onMode}>
            <Stack gap="xs" mt="xs">
              <Radio value="prelabels" label={t("imports.modes.prelabels")} description={t("imports.modeHints.prelabels")} />
              <Radio value="labels" label={t("imports.modes.labels")} description={t("imports.modeHints.labels")} />
            </Stack>
          </Radio.Group>
          <Text size="sm" c="dimmed">{t("wizard.rows.labels")}</Text>
        </>
      )}
    </Stack>
  );
}
