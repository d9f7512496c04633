/** Own name. The e-mail address is what one signs in with. */
import { Button, Card, Group, Stack, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";

import { queries } from "../../api/queries";
import { changeMe, sessionQuery, useSession } from "../../api/session";
import { failureText } from "../../components/failure";

export function ProfileCard() {
  const { t } = useTranslation();
  const user = useSession()?.user;
  const form = useForm({ initialValues: { name: user?.name ?? "" }, validate: { name: (value) => (value.trim() ? null : t("signIn.nameMissing")) } });
  const save = async ({ name }: typeof form.values) => {
    try {
      await changeMe({ name: name.trim() });
      form.resetDirty();
      notifications.show({ color: "teal", message: t("common.saved") });
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    } catch (error) {
      form.setFieldError("name", failureText(t, error));
    }
  };
  return (
    <Card component="form" onSubmit={form.onSubmit(save)}>
      <Title order={2} mb="md">{t("people.settings.profile")}</Title>
      <Stack>
        <TextInput label={t("people.name")} autoComplete="name" {...form.getInputProps("name")} />
        <TextInput label={t("people.email")} value={user?.email ?? ""} readOnly variant="filled" />
        <Group justify="flex-end"><Button type="submit" loading={form.submitting} disabled={!form.isDirty()}>{t("common.save")}</Button></Group>
      </Stack>
    </Card>
  );
}
