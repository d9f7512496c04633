/** Where the items are: in the store already, or on this computer. */
import { Checkbox, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import { mediaOf } from "../../annotator/task";
import { datastoresQuery } from "../../api/datasets";
import type { SourceCheck } from "../../api/types";
import { ErrorState } from "../../components/ErrorState";
import { KindChoice } from "./KindChoice";
import { folderFor } from "../../upload/files";
import { uploader } from "../../upload/uploader";
import { DatasetChoice } from "./DatasetChoice";
import { kindOf } from "./rows";
import { SourceFields } from "./SourceFields";
import { SourceFound } from "./SourceFound";
import { StepHead } from "./StepHead";
import type { StepProps } from "./step";
import { UploadPanel } from "./UploadPanel";

export function DataStep({ draft, change, problems, check }: StepProps & { check: UseQueryResult<SourceCheck> }) {
  const { t } = useTranslation();
  const media = mediaOf(draft.task);
  const { data: datastores, error, refetch } = useQuery(datastoresQuery);
  const standard = datastores?.find((one) => one.default)?.name ?? datastores?.[0]?.name ?? "";
  useEffect(() => {
    if (draft.datastore === "" && standard) change({ datastore: standard });
  });
  const upload = useSyncExternalStore(uploader.onChange, () => uploader.status.state);
  const kind = kindOf(draft, check.data);
  const content = kind === "files" ? media : kind;
  const looked = draft.origin !== "upload" || (draft.uploaded === draft.prefix && upload !== "running");
  const problem = problems["source"] ?? Object.entries(problems).find(([field]) => field.startsWith("source"))?.[1];
  return (
    <Stack gap="lg">
      <StepHead title={t("wizard.data.lead", { context: media })} />
      <SegmentedControl
        aria-label={t("wizard.data.lead", { context: media })}
        data={[{ value: "dataset", label: t("wizard.data.fromDataset") }, { value: "store", label: t("wizard.data.fromStore") }, { value: "upload", label: t("wizard.data.upload") }]}
        value={draft.origin}
        onChange={(value) => {
          const back = value === "upload" && draft.uploaded !== undefined;
          change({ origin: value, ...(back && { datastore: standard, prefix: draft.uploaded, pattern: "**" }) });
        }}
      />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {draft.origin === "dataset" && <DatasetChoice draft={draft} change={change} media={media} />}
      {draft.origin !== "dataset" && <KindChoice kind={draft.kind} media={media} onChange={(chosen) => change({ kind: chosen })} />}
      {draft.origin === "upload" && (
        <UploadPanel
          content={content}
          stores={datastores?.filter((one) => !one.read_only) ?? []}
          place={{ datastore: standard, prefix: draft.prefix || folderFor(draft.name, media) }}
          onUploaded={(place) => {
            change({ ...place, pattern: "**", uploaded: place.prefix });
            void check.refetch();
          }}
        />
      )}
      {draft.origin === "store" && <SourceFields draft={draft} change={change} datastores={datastores ?? []} check={check.data} />}
      {looked && <SourceFound check={check} media={content} />}
      <Checkbox
        label={t("wizard.data.refreshRegularly")}
        description={t("wizard.data.refreshRegularlyHint")}
        checked={draft.refreshRegularly}
        onChange={(event) => change({ refreshRegularly: event.currentTarget.checked })}
      />
      {problem && <Text size="sm" c="var(--bad)" role="alert">{problem}</Text>}
    </Stack>
  );
}
