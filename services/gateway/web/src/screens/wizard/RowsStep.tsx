/** Settings and preview of a table or manifest, and what labelers see of its rows (F32, F36). */
import { Alert, List, Select, Skeleton, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";

import { mediaOf } from "../../annotator/task";
import type { SourceKind, TableSettings } from "../../api/dataset-types";
import { previewQuery } from "../../api/previews";
import { ErrorState } from "../../components/ErrorState";
import { ColumnChoice } from "./ColumnChoice";
import { sourceOf } from "./draft";
import { LabelImport } from "./LabelImport";
import { PreviewTable } from "./PreviewTable";
import { firstChoices, labelFormat } from "./rows";
import { StepHead } from "./StepHead";
import type { StepProps } from "./step";
import { TableFields } from "./TableFields";

/** The settings of a table that can't be read as it is. */
const UNREAD: TableSettings = { delimiter: "", encoding: "", header: true, columns: [] };
/** How many rows that can't be read are named. */
const WRONG = 5;

export function RowsStep({ draft, change, problems, kind }: StepProps & { kind: Exclude<SourceKind, "files"> }) {
  const { t } = useTranslation();
  const { data, error, refetch, isPlaceholderData } = useQuery(previewQuery(sourceOf(draft), mediaOf(draft.task), draft.table));
  const begin = useEffectEvent(() => {
    if (!data || data.problem || isPlaceholderData) return;
    const first = firstChoices(draft, kind, data);
    if (Object.keys(first).length > 0) change(first);
  });
  useEffect(() => begin(), [data, isPlaceholderData]);
  const { mapping } = draft;
  const table = kind === "table" ? (draft.table ?? UNREAD) : null;
  const shown = table ? table.columns : mapping ? [mapping.image] : [];
  const problem = Object.values(problems)[0];
  return (
    <Stack gap="lg">
      <StepHead title={t("wizard.rows.lead", { context: kind })} {...(data && { hint: t("wizard.rows.hint", { key: data.key }) })} />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={180} role="status" aria-label={t("wizard.rows.loading")} />}
      {data?.problem && <Alert color="red" icon={<IconAlertTriangle />} role="alert">{data.problem}</Alert>}
      {data && table && !data.key.endsWith(".parquet") && <TableFields table={table} found={data.table} onChange={(part) => change({ table: { ...table, ...part } })} />}
      {data && table && <ColumnChoice columns={data.columns} chosen={table.columns} one={draft.task === "text_entities"} onChange={(columns) => change({ table: { ...table, columns } })} />}
      {data && mapping && (
        <>
          <Select
            label={t("wizard.rows.image")}
            description={t("wizard.rows.imageHint")}
            data={data.columns}
            value={mapping.image || null}
            allowDeselect={false}
            onChange={(image) => image && change({ mapping: { ...mapping, image } })}
          />
          {labelFormat(data.key, draft.task) && data.table.header && (
            <LabelImport
              columns={data.columns}
              mapping={mapping}
              mode={draft.importMode}
              onChange={(chosen) => change({ mapping: chosen, labeled: chosen.category && data.key })}
              onMode={(importMode) => change({ importMode })}
            />
          )}
        </>
      )}
      {problem && <Text size="sm" c="var(--bad)" role="alert">{problem}</Text>}
      {data && data.wrong.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle />} title={t("wizard.rows.wrong", { count: data.wrong.length })}>
          <List size="sm">{data.wrong.slice(0, WRONG).map((one) => <List.Item key={one}>{one}</List.Item>)}</List>
        </Alert>
      )}
      {data && data.columns.length > 0 && <PreviewTable preview={data} shown={shown} />}
    </Stack>
  );
}
