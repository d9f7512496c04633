/** A file of this computer, by drop or by choosing, or one that lies in a data store. */
import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { type ImportFile, uploadImportFile } from "../../api/imports";
import { failureText } from "../../components/failure";
import { formatBytes, percent } from "../../components/format";
import { StoredFile } from "./StoredFile";
import classes from "./Imports.module.css";

interface Props {
  project: string;
  file: ImportFile | null;
  onFile: (file: ImportFile | null) => void;
}

interface Sending {
  name: string;
  sent: number;
  total: number;
}

export function FileChoice({ project, file, onFile }: Props) {
  const { t } = useTranslation();
  const [stored, setStored] = useState(false);
  const [sending, setSending] = useState<Sending | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const abort = useRef<() => void>(() => undefined);
  const send = (chosen: File) => {
    setFailure(null);
    setSending({ name: chosen.name, sent: 0, total: chosen.size });
    const put = uploadImportFile(project, chosen, (sent) => setSending({ name: chosen.name, sent, total: chosen.size }));
    abort.current = put.abort;
    put.done.then(onFile, setFailure).finally(() => setSending(null));
  };
  if (file) return <Chosen file={file} onRemove={() => onFile(null)} />;
  if (sending) {
    return (
      <Stack gap={6}>
        <Text size="sm" fw={580} style={{ overflowWrap: "anywhere" }}>{sending.name}</Text>
        <Progress value={percent(sending.sent, sending.total)} animated aria-label={sending.name} />
        <Group justify="space-between">
          <Text size="xs" c="dimmed" className="numbers">{t("imports.uploading", { sent: formatBytes(sending.sent), total: formatBytes(sending.total) })}</Text>
          <Button size="compact-xs" variant="subtle" onClick={() => abort.current()}>{t("common.cancel")}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack gap="xs">
      {stored ? <StoredFile project={project} onFile={onFile} /> : <DropFile onFile={send} />}
      {failure !== null && <Alert color="red" role="alert">{failureText(t, failure)}</Alert>}
      <Button variant="subtle" size="compact-sm" style={{ alignSelf: "flex-start" }} onClick={() => setStored(!stored)}>{t(stored ? "imports.fromComputer" : "imports.fromStore")}</Button>
    </Stack>
  );
}

function Chosen({ file, onRemove }: { file: ImportFile; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" wrap="nowrap" className={classes["chosen"] ?? ""}>
      <Text size="sm" fw={580} style={{ overflowWrap: "anywhere" }}>{file.name} <Text span c="dimmed" className="numbers">{formatBytes(file.size)}</Text></Text>
      <Button variant="default" size="compact-sm" style={{ flex: "none" }} onClick={onRemove}>{t("imports.remove")}</Button>
    </Group>
  );
}

function DropFile({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const hover = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  return (
    <div className={classes["drop"]} data-over={over || undefined} onDragOver={hover} onDragLeave={() => setOver(false)} onDrop={drop}>
      <IconFileImport size={30} stroke={1.4} color="var(--quiet)" aria-hidden />
      <Text fw={580}>{t("imports.drop")}</Text>
      <Button variant="default" size="xs" onClick={() => input.current?.click()} data-autofocus>{t("imports.pick")}</Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("imports.file")}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) onFile(file);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
