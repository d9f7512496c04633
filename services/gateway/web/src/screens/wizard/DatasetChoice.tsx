/** Choice of a data set and its version (F23). */
import { Anchor, Group, Select, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { MediaType } from "../../annotator/task";
import { datasetQuery, datasetsQuery, versionsQuery } from "../../api/datasets";
import { ErrorState } from "../../components/ErrorState";
import type { Draft } from "./draft";

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  media: MediaType;
}

const TYPING_MS = 250;

export function DatasetChoice({ draft, change, media }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text, TYPING_MS);
  const { data, error, refetch } = useInfiniteQuery(datasetsQuery(q));
  const { data: chosen } = useQuery({ ...datasetQuery(draft.dataset), enabled: draft.dataset !== "" });
  const versions = useInfiniteQuery({ ...versionsQuery(draft.dataset), enabled: draft.dataset !== "" });
  const fits = (kind: string) => kind !== (media === "image" ? "table" : "manifest");
  const found = (data?.pages.flatMap((page) => page.items) ?? []).filter((one) => fits(one.kind));
  const known = chosen && !found.some((one) => one.id === chosen.id) ? [chosen, ...found] : found;
  const all = versions.data?.pages.flatMap((page) => page.items) ?? [];
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data && known.length === 0 && q === "") {
    return <Text size="sm">{t("wizard.data.datasetNone")} <Anchor component={Link} to="/datasets/new" size="sm">{t("wizard.data.datasetNew")}</Anchor></Text>;
  }
  return (
    <Group align="flex-start">
      <Select
        flex={1}
        label={t("wizard.data.dataset")}
        description={t("wizard.data.datasetHint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        data={known.map((one) => ({ value: one.id, label: one.name }))}
        value={draft.dataset || null}
        searchable
        allowDeselect={false}
        onSearchChange={(typed) => setText(typed === chosen?.name ? "" : typed)}
        filter={({ options }) => options}
        onChange={(dataset) => dataset && change({ dataset, datasetVersion: known.find((one) => one.id === dataset)?.newest_version ?? 0 })}
      />
      {all.length > 1 && (
        <Select
          w={150}
          label={t("wizard.data.datasetVersion")}
          data={all.map((one) => ({ value: String(one.version), label: t("datasets.version", { version: one.version }) }))}
          value={String(draft.datasetVersion > 0 ? draft.datasetVersion : chosen?.newest_version)}
          allowDeselect={false}
          onChange={(version) => version && change({ datasetVersion: Number(version) })}
        />
      )}
    </Group>
  );
}
