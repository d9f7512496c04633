/** Bucket, folder and pattern of a data source (F24, F25). */
import { ActionIcon, Group, Radio, Select, Stack, TextInput, Tooltip } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconFolderSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Datastore } from "../../api/dataset-types";
import type { SourceCheck } from "../../api/types";
import { BucketBrowser } from "../datasets/BucketBrowser";

interface Place {
  readonly datastore: string;
  readonly prefix: string;
  readonly pattern: string;
}

interface Props {
  draft: Place;
  change: (part: Partial<Place>) => void;
  datastores: Datastore[];
  check: SourceCheck | undefined;
}

const TYPING_MS = 350;

export function SourceFields({ draft, change, datastores, check }: Props) {
  const { t } = useTranslation();
  const [prefix, setPrefix] = useState(draft.prefix);
  const [pattern, setPattern] = useState(draft.pattern);
  const [own, setOwn] = useState(draft.pattern !== "**" && draft.pattern !== "*");
  const [browsing, setBrowsing] = useState(false);
  const changeLater = useDebouncedCallback(change, { delay: TYPING_MS, flushOnUnmount: true });
  const wrong = check?.field ? { [check.field]: check.problem } : {};
  const choice = own ? "custom" : draft.pattern === "*" ? "folder" : "all";
  return (
    <Stack>
      <Group grow align="flex-start">
        <Select
          label={t("wizard.data.datastore")}
          data={datastores.map((one) => one.name)}
          value={draft.datastore}
          allowDeselect={false}
          searchable
          error={wrong["datastore"]}
          onChange={(datastore) => change({ datastore: datastore ?? "" })}
          renderOption={({ option }) => {
            const store = datastores.find((one) => one.name === option.value);
            return store?.read_only ? `${option.value} (${t("datasets.make.readOnly")})` : option.value;
          }}
        />
        <TextInput
          label={t("wizard.data.prefix")}
          description={t("wizard.data.prefixHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={prefix}
          error={wrong["prefix"]}
          rightSection={(
            <Tooltip label={t("datasets.make.browse")}>
              <ActionIcon variant="subtle" aria-label={t("datasets.make.browse")} disabled={!draft.datastore} onClick={() => setBrowsing(true)}><IconFolderSearch size={17} /></ActionIcon>
            </Tooltip>
          )}
          onChange={(event) => {
            setPrefix(event.currentTarget.value);
            changeLater({ prefix: event.currentTarget.value });
          }}
        />
      </Group>
      <Radio.Group
        label={t("wizard.data.pattern")}
        value={choice}
        onChange={(value) => {
          setOwn(value === "custom");
          if (value !== "custom") change({ pattern: value === "folder" ? "*" : "**" });
        }}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="all" label={t("wizard.data.patterns.all")} />
          <Radio value="folder" label={t("wizard.data.patterns.folder")} />
          <Radio value="custom" label={t("wizard.data.patterns.custom")} />
        </Stack>
      </Radio.Group>
      <BucketBrowser
        store={draft.datastore}
        opened={browsing}
        start={draft.prefix}
        onClose={() => setBrowsing(false)}
        onChoose={(chosen) => {
          setPrefix(chosen);
          change({ prefix: chosen });
          setBrowsing(false);
        }}
      />
      {own && (
        <TextInput
          label={t("wizard.data.customPattern")}
          description={t("wizard.data.customHint")}
          value={pattern}
          error={wrong["pattern"]}
          onChange={(event) => {
            setPattern(event.currentTarget.value);
            changeLater({ pattern: event.currentTarget.value || "**" });
          }}
        />
      )}
    </Stack>
  );
}
