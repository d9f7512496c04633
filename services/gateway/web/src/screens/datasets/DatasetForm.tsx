/** Name, kind, place and a live look at it; for a new data set and for the next version of one. */
import { Alert, Button, Card, Group, Radio, SegmentedControl, Stack, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import { datastoresQuery } from "../../api/datasets";
import { ApiError } from "../../api/problem";
import { checkQuery } from "../../api/projects";
import { useSend } from "../../api/useSend";
import { ErrorState } from "../../components/ErrorState";
import { failureText } from "../../components/failure";
import { chosenFiles } from "../../upload/chosen";
import { folderFor } from "../../upload/files";
import { uploader } from "../../upload/uploader";
import { SourceFields } from "../wizard/SourceFields";
import { SourceFound } from "../wizard/SourceFound";
import { UploadPanel } from "../wizard/UploadPanel";
import { checkOf, CONTENTS, type DatasetValues } from "./dataset-form";

interface Props {
  initial: DatasetValues;
  named?: boolean;
  action: string;
  /** Told of everything that is typed. */
  onType?: (form: DatasetValues) => void;
  onSave: (form: DatasetValues) => Promise<void>;
}

export function DatasetForm({ initial, named = false, action, onType, onSave }: Props) {
  const { t } = useTranslation();
  const [form, setForm] = useState(initial);
  const [tried, setTried] = useState(false);
  const { data: stores, error, refetch } = useQuery(datastoresQuery);
  const waiting = useSyncExternalStore(chosenFiles.onChange, () => chosenFiles.files.length);
  const datastore = form.datastore || (stores?.find((one) => one.default)?.name ?? "");
  const values = { ...form, datastore };
  const check = useQuery(checkQuery(checkOf(values)));
  useEffect(() => onType?.(form), [form, onType]);
  const change = (part: Partial<DatasetValues>) => setForm((was) => ({ ...was, ...part }));
  const done = form.origin === "store" || form.uploaded === `${datastore}/${form.prefix}`;
  const save = useSend({
    mutationFn: () => onSave(values),
    onSuccess: () => {
      uploader.clear();
      chosenFiles.clear();
    },
  });
  const refusal = save.error instanceof ApiError ? save.error.problem.fields.find((one) => one.field === "name")?.message : undefined;
  const nameProblem = tried && named && form.name.trim() === "" ? t("datasets.make.nameMissing") : refusal;
  const problem = !done || waiting > 0 ? t("datasets.make.needUpload") : !check.data || check.data.matching === 0 ? t("datasets.make.needFiles") : "";
  const finish = () => {
    setTried(true);
    if (!problem && (!named || form.name.trim())) save.mutate();
  };
  return (
    <Stack>
      <Card padding="xl">
        <Stack gap="lg">
          {named && <TextInput label={t("datasets.make.name")} required autoFocus value={form.name} error={nameProblem} onChange={(event) => change({ name: event.currentTarget.value })} />}
          <Textarea label={`${t("datasets.make.description")} (${t("common.optional")})`} autosize minRows={1} value={form.description} onChange={(event) => change({ description: event.currentTarget.value })} />
          <Radio.Group label={t("datasets.make.content")} value={form.content} onChange={(content) => change({ content })}>
            <Stack gap="xs" mt="xs">{CONTENTS.map((one) => <Radio key={one} value={one} label={t(`datasets.make.contents.${one}`)} />)}</Stack>
          </Radio.Group>
          <SegmentedControl
            aria-label={t("datasets.make.origin")}
            data={[{ value: "store", label: t("datasets.make.fromStore") }, { value: "upload", label: t("datasets.make.upload") }]}
            value={form.origin}
            onChange={(origin) => change({ origin })}
          />
          {error && <ErrorState error={error} onRetry={() => void refetch()} />}
          {stores && form.origin === "store" && <SourceFields draft={values} change={change} datastores={stores} check={check.data} />}
          {stores && form.origin === "upload" && (
            <UploadPanel
              content={form.content}
              stores={stores.filter((one) => !one.read_only)}
              place={{ datastore, prefix: form.prefix || folderFor(form.name, "image") }}
              onUploaded={(place) => {
                change({ ...place, pattern: "**", uploaded: `${place.datastore}/${place.prefix}` });
                void check.refetch();
              }}
            />
          )}
          {done && <SourceFound check={check} media={form.content} />}
          {tried && problem && <Alert color="red" role="alert">{problem}</Alert>}
          {save.error && !refusal && <Alert color="red" role="alert">{failureText(t, save.error)}</Alert>}
        </Stack>
      </Card>
      <Group justify="flex-end"><Button loading={save.isPending} onClick={finish}>{action}</Button></Group>
    </Stack>
  );
}
