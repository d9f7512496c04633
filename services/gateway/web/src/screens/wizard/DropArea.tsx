/** Takes files and folders by drop, by choosing, by keyboard. */
import { Button, Group, Text } from "@mantine/core";
import { IconCloudUpload } from "@tabler/icons-react";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Content, fromDrop, fromInput, type LocalFile } from "../../upload/files";
import classes from "./Wizard.module.css";

interface Props {
  datastore: string;
  content: Content;
  compact: boolean;
  onFiles: (files: LocalFile[]) => void;
}

export function DropArea({ datastore, content, compact, onFiles }: Props) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void fromDrop(event.dataTransfer).then(onFiles);
  };
  const hover = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const chosen = (input: HTMLInputElement) => {
    onFiles(fromInput(input.files ?? []));
    input.value = "";
  };
  return (
    <div className={classes["drop"]} data-compact={compact || undefined} data-over={over || undefined} onDragOver={hover} onDragLeave={() => setOver(false)} onDrop={drop}>
      {!compact && <IconCloudUpload size={34} stroke={1.4} color="var(--quiet)" aria-hidden />}
      <Text fw={580}>{t("wizard.data.drop", { context: content })}</Text>
      <Text size="sm" c="dimmed">{t("wizard.data.dropHint", { datastore, context: content })}</Text>
      <Group gap="xs" mt={compact ? 0 : "sm"}>
        <Button variant="default" size="xs" onClick={() => files.current?.click()}>{t("wizard.data.pickFiles")}</Button>
        <Button variant="default" size="xs" onClick={() => folder.current?.click()}>{t("wizard.data.pickFolder")}</Button>
      </Group>
      <input ref={files} type="file" multiple hidden aria-label={t("wizard.data.pickFiles")} onChange={(event) => chosen(event.currentTarget)} />
      <input ref={folder} type="file" multiple hidden webkitdirectory="" aria-label={t("wizard.data.pickFolder")} onChange={(event) => chosen(event.currentTarget)} />
    </div>
  );
}
