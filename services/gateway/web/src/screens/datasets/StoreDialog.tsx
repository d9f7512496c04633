/** Registers or changes a data store. Saved only when the connection works; keys are typed in and never shown. */
import { Alert, Button, Collapse, Group, Modal, PasswordInput, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { changeDatastore, datastoresQuery, registerDatastore } from "../../api/datasets";
import { ApiError } from "../../api/problem";
import { queries } from "../../api/queries";
import type { Datastore } from "../../api/dataset-types";
import { useSend } from "../../api/useSend";
import { failureText } from "../../components/failure";
import { body, change, valuesOf } from "./store-form";

export function StoreDialog({ store, onClose }: { store: Datastore | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [more, setMore] = useState(false);
  const [refused, setRefused] = useState("");
  const needed = (value: string) => (value.trim() ? null : t("datasets.stores.missing"));
  const form = useForm({ initialValues: valuesOf(store), validate: { name: needed, endpoint: needed, bucket: needed, region: needed } });
  const save = useSend({
    mutationFn: (values: typeof form.values) => (store ? changeDatastore(store.name, change(store, values)) : registerDatastore(body(values))),
    onSuccess: async (saved) => {
      notifications.show({ color: "teal", message: t("datasets.stores.saved", { name: saved.name }) });
      await queries.invalidateQueries({ queryKey: datastoresQuery.queryKey });
      onClose();
    },
    onError: (error) => {
      const fields = error instanceof ApiError ? error.problem.fields : [];
      for (const one of fields) form.setFieldError(one.field, one.message);
      const first = fields[0] && form.getInputNode(fields[0].field);
      first?.focus();
      first?.scrollIntoView({ block: "center" });
      setMore((was) => was || fields.some((one) => ["region", "path_style", "public_url"].includes(one.field)));
      setRefused(fields.length === 0 || fields.some((one) => !(one.field in form.values)) ? failureText(t, error) : "");
    },
  });
  return (
    <Modal opened onClose={onClose} size={560} title={store ? t("datasets.stores.edit", { name: store.name }) : t("datasets.stores.register")} closeOnClickOutside={false} closeButtonProps={{ "aria-label": t("common.close") }}>
      <form onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate autoComplete="off">
        <Stack gap="sm">
          {!store && <TextInput label={t("datasets.stores.name")} description={t("datasets.stores.nameHint")} required data-autofocus {...form.getInputProps("name")} />}
          <TextInput label={t("datasets.stores.endpoint")} description={t("datasets.stores.endpointHint")} required {...form.getInputProps("endpoint")} />
          <TextInput label={t("datasets.stores.bucket")} required disabled={store !== null} {...form.getInputProps("bucket")} />
          <TextInput label={t("datasets.stores.accessKey")} autoComplete="off" {...form.getInputProps("access_key")} />
          <PasswordInput label={t("datasets.stores.secretKey")} autoComplete="new-password" {...form.getInputProps("secret_key")} />
          <Text size="sm" c="dimmed">{store?.credentials ? t("datasets.stores.keep") : t("datasets.stores.keysHint")}</Text>
          <Switch label={t("datasets.stores.readOnlySwitch")} description={t("datasets.stores.readOnlyHint")} {...form.getInputProps("read_only", { type: "checkbox" })} />
          <Button variant="subtle" size="compact-sm" style={{ alignSelf: "flex-start" }} aria-expanded={more} onClick={() => setMore(!more)}>{t("datasets.stores.more")}</Button>
          <Collapse expanded={more}>
            <Stack gap="sm">
              <TextInput label={t("datasets.stores.region")} required {...form.getInputProps("region")} />
              <Switch label={t("datasets.stores.pathStyle")} description={t("datasets.stores.pathStyleHint")} {...form.getInputProps("path_style", { type: "checkbox" })} />
              <TextInput label={`${t("datasets.stores.publicUrl")} (${t("common.optional")})`} description={t("datasets.stores.publicUrlHint")} {...form.getInputProps("public_url")} />
            </Stack>
          </Collapse>
          {refused && <Alert color="red" role="alert">{refused}</Alert>}
          <Group justify="flex-end" gap="xs" mt="sm">
            <Button variant="default" onClick={onClose}>{t("common.cancel")}</Button>
            <Button type="submit" loading={save.isPending}>{t("datasets.stores.save")}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
