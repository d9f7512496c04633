/** Which file, what it is, and what becomes of its labels (F190–F194). */
import { Button, Group, Radio, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Columns, type ImportFile, type ImportFormat, type ImportJob, type ImportMode, importsQuery, type NewImport, startImport } from "../../api/imports";
import { queries } from "../../api/queries";
import type { Project } from "../../api/types";
import { useRequestKey } from "../../api/useRequestKey";
import { useSend } from "../../api/useSend";
import { failureText } from "../../components/failure";
import { ColumnFields, guessed } from "./ColumnFields";
import { FileChoice } from "./FileChoice";

interface Props {
  project: Project;
  onStart: (job: ImportJob) => void;
  onClose: () => void;
}

/** Formats whose columns may have any name. */
const COLUMNED: readonly ImportFormat[] = ["jsonl", "csv"];
const MODES: readonly ImportMode[] = ["prelabels", "labels"];

export function FileStep({ project, onStart, onClose }: Props) {
  const { t } = useTranslation();
  const [file, setFile] = useState<ImportFile | null>(null);
  const [format, setFormat] = useState<ImportFormat | null>(null);
  const [mode, setMode] = useState<ImportMode>("prelabels");
  const [columns, setColumns] = useState<Columns | null>(null);
  const offered = project.import_formats;
  const byCells = ({ format }: ImportFile) => format === "csv" && project.source.kind === "table";
  const keyOf = useRequestKey();
  const start = useSend({
    mutationFn: (body: NewImport) => startImport(project.id, body, keyOf(body)),
    onSuccess: async (job) => {
      await queries.invalidateQueries({ queryKey: importsQuery(project.id).queryKey });
      onStart(job);
    },
  });
  const take = (found: ImportFile | null) => {
    setFile(found);
    setFormat(found?.format && offered.includes(found.format) ? found.format : null);
    setColumns(found && found.columns.length > 0 ? guessed(found.columns, byCells(found)) : null);
  };
  const check = ({ datastore, key }: ImportFile, format: ImportFormat) =>
    start.mutate({ datastore, key, format, mode, ...(COLUMNED.includes(format) && columns && { mapping: columns }) });
  const wrong = file?.format && !offered.includes(file.format);
  return (
    <Stack>
      <Text size="sm" c="dimmed">{t("imports.lead")}</Text>
      <FileChoice project={project.id} file={file} onFile={take} />
      {file && (
        <>
          <Select
            label={t("imports.format")}
            data={offered.map((one) => ({ value: one, label: t(`imports.formats.${one}`) }))}
            value={format}
            onChange={(value) => setFormat(value)}
            error={wrong && !format ? t("imports.formatWrong", { format: t(`imports.formats.${file.format ?? "coco"}`) }) : undefined}
            description={!file.format && !format ? t("imports.formatUnknown") : undefined}
            allowDeselect={false}
          />
          {format && COLUMNED.includes(format) && columns && <ColumnFields names={file.columns} columns={columns} rows={byCells(file)} onChange={setColumns} />}
          <Radio.Group label={t("imports.mode")} value={mode} onChange={(value) => setMode(value)}>
            <Stack gap="sm" mt="xs">
              {MODES.map((one) => <Radio key={one} value={one} label={t(`imports.modes.${one}`)} description={t(`imports.modeHints.${one}`)} />)}
            </Stack>
          </Radio.Group>
        </>
      )}
      {start.error && <Text size="sm" c="var(--bad)" role="alert">{failureText(t, start.error)}</Text>}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>{t("common.cancel")}</Button>
        <Button disabled={!file || !format} loading={start.isPending} onClick={() => file && format && check(file, format)}>{t("imports.check")}</Button>
      </Group>
    </Stack>
  );
}
