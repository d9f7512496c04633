/** Files and folders from this computer into a data store, the default one or another (F26). */
import { Alert, Button, Checkbox, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import type { Datastore } from "../../api/dataset-types";
import { formatBytes } from "../../components/format";
import { chosenFiles } from "../../upload/chosen";
import { type Content, isAccepted, type LocalFile } from "../../upload/files";
import { uploader } from "../../upload/uploader";
import { DropArea } from "./DropArea";
import { FileList } from "./FileList";
import { UploadProgress } from "./UploadProgress";

export interface Place {
  datastore: string;
  prefix: string;
}

interface Props {
  content: Content;
  /** That may be written to. */
  stores: Datastore[];
  place: Place;
  /** Nothing but this place. */
  fixed?: boolean;
  onUploaded: (place: Place) => void;
}

const asFolder = (prefix: string): string => (prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`);

export function UploadPanel({ content, stores, place, fixed = false, onUploaded }: Props) {
  const { t } = useTranslation();
  const upload = useSyncExternalStore(uploader.onChange, () => uploader.status);
  const files = useSyncExternalStore(chosenFiles.onChange, () => chosenFiles.files);
  const [leftOut, setLeftOut] = useState(0);
  const [overwrite, setOverwrite] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [prefix, setPrefix] = useState<string | null>(null);
  const target = { datastore: chosen ?? place.datastore, prefix: asFolder(prefix ?? place.prefix) };
  const bytes = files.reduce((sum, one) => sum + one.file.size, 0);

  const take = (more: LocalFile[]) => {
    const accepted = more.filter((one) => isAccepted(one.path, content));
    setLeftOut((was) => was + more.length - accepted.length);
    chosenFiles.add(accepted);
  };
  const start = async () => {
    chosenFiles.clear();
    setLeftOut(0);
    await uploader.start({ ...target, overwrite, files });
    onUploaded(target);
  };
  if (upload.state !== "idle") {
    const again = () => void uploader.again().then(() => onUploaded({ datastore: upload.datastore, prefix: upload.prefix }));
    return <UploadProgress status={upload} onMore={() => uploader.clear()} onAgain={again} />;
  }
  return (
    <Stack>
      <DropArea datastore={target.datastore} content={content} compact={files.length > 0} onFiles={take} />
      {leftOut > 0 && <Alert color="yellow" py="xs">{t("wizard.data.leftOut", { count: leftOut, context: content })}</Alert>}
      {files.length > 0 && (
        <>
          <Group justify="space-between">
            <Text size="sm" fw={560} className="numbers">{t("wizard.data.chosen", { count: files.length, size: formatBytes(bytes) })}</Text>
            <Group gap="xs">
              <Button size="sm" variant="subtle" color="gray" onClick={() => chosenFiles.clear()}>{t("wizard.data.clear")}</Button>
              <Button size="sm" disabled={!target.datastore} onClick={() => void start()}>{t("wizard.data.start", { count: files.length })}</Button>
            </Group>
          </Group>
          {!fixed && (
            <Group grow align="flex-start">
              {stores.length > 1 && <Select label={t("wizard.data.datastore")} data={stores.map((one) => one.name)} value={target.datastore} allowDeselect={false} onChange={setChosen} />}
              <TextInput label={t("wizard.data.target")} value={prefix ?? place.prefix} onChange={(event) => setPrefix(event.currentTarget.value)} />
            </Group>
          )}
          <Checkbox label={t("wizard.data.overwrite")} checked={overwrite} onChange={(event) => setOverwrite(event.currentTarget.checked)} />
          <FileList files={files} />
        </>
      )}
    </Stack>
  );
}
