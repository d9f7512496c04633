/** E-mail and password. Used by the page and by the dialog over a page whose sign-in ended. */
import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "../../api/problem";
import { signIn } from "../../api/session";
import type { Session } from "../../api/types";
import { failureText } from "../../components/failure";

export function SignInForm({ onDone }: { onDone: (session: Session) => void }) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState("");
  const form = useForm({
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => (value.trim() ? null : t("signIn.emailMissing")),
      password: (value) => (value ? null : t("signIn.passwordMissing")),
    },
  });
  const send = async ({ email, password }: typeof form.values) => {
    setProblem("");
    try {
      onDone(await signIn(email.trim(), password));
    } catch (error) {
      const wrong = error instanceof ApiError && (error.status === 401 || error.status === 403);
      setProblem(wrong ? t("signIn.wrong") : failureText(t, error));
    }
  };
  return (
    <form onSubmit={form.onSubmit(send)} noValidate>
      <Stack>
        {problem && <Alert color="red" role="alert">{problem}</Alert>}
        <TextInput label={t("signIn.email")} type="email" autoComplete="username" autoFocus {...form.getInputProps("email")} />
        <PasswordInput label={t("signIn.password")} autoComplete="current-password" {...form.getInputProps("password")} />
        <Button type="submit" loading={form.submitting} mt="xs">{t("signIn.submit")}</Button>
      </Stack>
    </form>
  );
}
