/** Own password. */
import { Button, Card, Group, PasswordInput, Stack, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";

import { ApiError } from "../../api/problem";
import { changeMe, PASSWORD_CHARS } from "../../api/session";
import { failureText } from "../../components/failure";

export function PasswordCard() {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { old: "", new: "" },
    validate: {
      old: (value) => (value ? null : t("signIn.passwordMissing")),
      new: (value) => (value.length >= PASSWORD_CHARS ? null : t("signIn.tooShort", { count: PASSWORD_CHARS })),
    },
  });
  const save = async (password: typeof form.values) => {
    try {
      await changeMe({ password });
      form.reset();
      notifications.show({ color: "teal", message: t("people.settings.changed") });
    } catch (error) {
      const wrong = error instanceof ApiError && error.code === "wrong_password";
      form.setFieldError(wrong ? "old" : "new", wrong ? t("people.settings.wrong") : failureText(t, error));
    }
  };
  return (
    <Card component="form" onSubmit={form.onSubmit(save)}>
      <Title order={2} mb="md">{t("people.settings.password")}</Title>
      <Stack>
        <PasswordInput label={t("people.settings.oldPassword")} autoComplete="current-password" {...form.getInputProps("old")} />
        <PasswordInput label={t("people.settings.newPassword")} description={t("signIn.passwordHint", { count: PASSWORD_CHARS })} autoComplete="new-password" {...form.getInputProps("new")} />
        <Group justify="flex-end"><Button type="submit" loading={form.submitting} disabled={!form.isDirty()}>{t("people.settings.change")}</Button></Group>
      </Stack>
    </Card>
  );
}
