/** A file of labels that lies in a data store already, by its path. */
import { Button, Group, Select, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { datastoresQuery } from "../../api/datasets";
import { type ImportFile, lookAtImportFile } from "../../api/imports";
import { useSend } from "../../api/useSend";
import { failureText } from "../../components/failure";

export function StoredFile({ project, onFile }: { project: string; onFile: (file: ImportFile) => void }) {
  const { t } = useTranslation();
  const { data: stores = [] } = useQuery(datastoresQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const [key, setKey] = useState("");
  const datastore = chosen ?? stores.find((one) => one.default)?.name ?? "";
  const look = useSend({ mutationFn: () => lookAtImportFile(project, datastore, key.trim()), onSuccess: onFile });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        look.mutate();
      }}
    >
      <Group align="flex-end" wrap="nowrap">
        <Select label={t("imports.store")} data={stores.map((one) => one.name)} value={datastore || null} onChange={setChosen} allowDeselect={false} searchable />
        <TextInput label={t("imports.key")} value={key} onChange={(event) => setKey(event.currentTarget.value)} style={{ flex: 1 }} spellCheck={false} data-autofocus />
        <Button type="submit" variant="default" disabled={!datastore || !key.trim()} loading={look.isPending}>{t("imports.look")}</Button>
      </Group>
      {look.error && <Text size="sm" c="var(--bad)" mt={6} role="alert">{failureText(t, look.error)}</Text>}
    </form>
  );
}
