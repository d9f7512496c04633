/** First sign-in by a one-time link. Asks the server what the link needs: the first owner gives an e-mail, invited people have one. */
import { Alert, Button, PasswordInput, Skeleton, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "../../api/problem";
import { PASSWORD_CHARS, redeemLink } from "../../api/session";
import { failureText } from "../../components/failure";

interface Props {
  token: string;
  /** As the inviter wrote it. */
  name: string;
  onDone: () => void;
  onOver: () => void;
}

export function LinkForm({ token, name: given, onDone, onOver }: Props) {
  const { t } = useTranslation();
  const [needs, setNeeds] = useState<string[] | null>(null);
  const [problem, setProblem] = useState("");
  const form = useForm({
    initialValues: { name: given, email: "", password: "" },
    validate: {
      name: (value) => (value.trim() ? null : t("signIn.nameMissing")),
      email: (value) => (!needs?.includes("email") || /^\S+@\S+$/.test(value.trim()) ? null : t("signIn.emailMissing")),
      password: (value) => (value.length >= PASSWORD_CHARS ? null : t("signIn.tooShort", { count: PASSWORD_CHARS })),
    },
  });
  const refused = (error: unknown) => {
    const known = error instanceof ApiError ? error : null;
    const fields = known?.problem.fields ?? [];
    if (known?.code === "link_incomplete") setNeeds(fields.map((one) => one.field));
    else if (fields.some((one) => one.field in form.values)) for (const one of fields) form.setFieldError(one.field, one.message);
    else if (known && [401, 404, 410, 422].includes(known.status)) {
      setNeeds(null);
      setProblem(t("signIn.linkUsed"));
      onOver();
    } else setProblem(failureText(t, error));
  };
  const openedAtOnce = useEffectEvent(onDone);
  const refusedAtOnce = useEffectEvent(refused);
  useEffect(() => {
    let left = false;
    redeemLink({ token }).then(() => openedAtOnce(), (error: unknown) => {
      if (!left) refusedAtOnce(error);
    });
    return () => {
      left = true;
    };
  }, [token]);
  const send = async ({ name, email, password }: typeof form.values) => {
    setProblem("");
    await redeemLink({ token, name: name.trim(), password, ...(needs?.includes("email") && { email: email.trim() }) }).then(onDone, refused);
  };
  if (problem && !needs) return <Alert color="yellow">{problem}</Alert>;
  if (!needs) return <Skeleton h={230} />;
  return (
    <form onSubmit={form.onSubmit(send)} noValidate>
      <Stack>
        {problem && <Alert color="red" role="alert">{problem}</Alert>}
        <TextInput label={t("signIn.name")} autoComplete="name" autoFocus {...form.getInputProps("name")} />
        {needs.includes("email") && <TextInput label={t("signIn.email")} type="email" autoComplete="username" {...form.getInputProps("email")} />}
        <PasswordInput
          label={t("signIn.newPassword")}
          description={t("signIn.passwordHint", { count: PASSWORD_CHARS })}
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={form.submitting} mt="xs">{t("signIn.start")}</Button>
      </Stack>
    </form>
  );
}
