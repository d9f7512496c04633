/** Files and folders from this computer into the default bucket (F26). */
import { Alert, Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import { mediaOf } from "../../annotator/task";
import { formatBytes } from "../../components/format";
import { chosenFiles } from "../../upload/chosen";
import { folderFor, isAccepted, type LocalFile } from "../../upload/files";
import { uploader } from "../../upload/uploader";
import type { Draft } from "./draft";
import { DropArea } from "./DropArea";
import { FileList } from "./FileList";
import { UploadProgress } from "./UploadProgress";

interface Props {
  draft: Draft;
  datastore: string;
  change: (part: Partial<Draft>) => void;
  onUploaded: () => void;
}

export function UploadPanel({ draft, datastore, change, onUploaded }: Props) {
  const { t } = useTranslation();
  const media = mediaOf(draft.task);
  const upload = useSyncExternalStore(uploader.onChange, () => uploader.status);
  const files = useSyncExternalStore(chosenFiles.onChange, () => chosenFiles.files);
  const [leftOut, setLeftOut] = useState(0);
  const [overwrite, setOverwrite] = useState(false);
  const [prefix, setPrefix] = useState(draft.prefix || folderFor(draft.name, media));
  const bytes = files.reduce((sum, one) => sum + one.file.size, 0);

  const take = (more: LocalFile[]) => {
    const accepted = more.filter((one) => isAccepted(one.path, media));
    setLeftOut((was) => was + more.length - accepted.length);
    chosenFiles.add(accepted);
  };
  const start = async () => {
    const folder = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
    chosenFiles.clear();
    setLeftOut(0);
    await uploader.start({ datastore, prefix: folder, overwrite, files });
    change({ datastore, prefix: folder, pattern: "**", uploaded: folder });
    onUploaded();
  };
  if (upload.state !== "idle") {
    return <UploadProgress status={upload} onMore={() => uploader.clear()} onAgain={() => void uploader.again().then(onUploaded)} />;
  }
  return (
    <Stack>
      <DropArea datastore={datastore} media={media} compact={files.length > 0} onFiles={take} />
      {leftOut > 0 && <Alert color="yellow" py="xs">{t("wizard.data.leftOut", { count: leftOut, context: media })}</Alert>}
      {files.length > 0 && (
        <>
          <Group justify="space-between">
            <Text size="sm" fw={560} className="numbers">{t("wizard.data.chosen", { count: files.length, size: formatBytes(bytes) })}</Text>
            <Group gap="xs">
              <Button size="sm" variant="subtle" color="gray" onClick={() => chosenFiles.clear()}>{t("wizard.data.clear")}</Button>
              <Button size="sm" disabled={!datastore} onClick={() => void start()}>{t("wizard.data.start", { count: files.length })}</Button>
            </Group>
          </Group>
          <TextInput label={t("wizard.data.target")} value={prefix} onChange={(event) => setPrefix(event.currentTarget.value)} />
          <Checkbox label={t("wizard.data.overwrite")} checked={overwrite} onChange={(event) => setOverwrite(event.currentTarget.checked)} />
          <FileList files={files} />
        </>
      )}
    </Stack>
  );
}
