/** Corrects the name of a data set and the description of its newest version. */
import { Alert, Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { changeDataset } from "../../api/datasets";
import type { Dataset } from "../../api/dataset-types";
import { ApiError } from "../../api/problem";
import { queries } from "../../api/queries";
import { useSend } from "../../api/useSend";
import { failureText } from "../../components/failure";

export function DatasetDialog({ dataset, onClose }: { dataset: Dataset; onClose: () => void }) {
  const { t } = useTranslation();
  const [begun] = useState(dataset);
  const [refused, setRefused] = useState("");
  const form = useForm({
    initialValues: { name: begun.name, description: begun.description },
    validate: { name: (value) => (value.trim() ? null : t("datasets.make.nameMissing")) },
  });
  // That its files were counted meanwhile is a newer revision too, but no conflict.
  const same = dataset.version === begun.version && dataset.name === begun.name && dataset.description === begun.description;
  const save = useSend({
    mutationFn: (values: typeof form.values) => changeDataset(dataset.id, { revision: (same ? dataset : begun).revision, ...values }),
    onSuccess: async (saved) => {
      notifications.show({ color: "teal", message: t("datasets.saved", { name: saved.name }) });
      await Promise.all([["dataset", dataset.id], ["datasets"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
      onClose();
    },
    onError: (error) => {
      const conflict = error instanceof ApiError && error.code === "version_conflict";
      const wrong = error instanceof ApiError && !conflict ? error.problem.fields.filter((one) => one.field in form.values) : [];
      for (const one of wrong) form.setFieldError(one.field, one.message);
      setRefused(wrong.length > 0 ? "" : conflict ? t("datasets.conflict") : failureText(t, error));
      if (conflict) void queries.invalidateQueries({ queryKey: ["dataset", dataset.id] });
    },
  });
  return (
    <Modal opened onClose={onClose} size={560} title={t("datasets.editTitle", { name: begun.name })} closeButtonProps={{ "aria-label": t("common.close") }}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <Stack gap="sm">
          <TextInput label={t("datasets.make.name")} required data-autofocus {...form.getInputProps("name")} />
          <Textarea label={t("datasets.make.description")} autosize minRows={3} maxRows={10} {...form.getInputProps("description")} />
          {refused && <Alert color="red" role="alert">{refused}</Alert>}
          <Group justify="flex-end" gap="xs" mt="sm">
            <Button variant="default" onClick={onClose}>{t("common.cancel")}</Button>
            <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>{t("common.save")}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
