/** Invites a person: name, e-mail, role; answers with a link to hand over. */
import { Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { invite, peopleQuery } from "../../api/people";
import { ApiError } from "../../api/problem";
import { queries } from "../../api/queries";
import type { Person, Role } from "../../api/types";
import { useSend } from "../../api/useSend";
import { failureText } from "../../components/failure";
import { LinkDialog } from "./LinkDialog";

export function InviteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<{ person: Person; link: string } | null>(null);
  const form = useForm({
    initialValues: { name: "", email: "", role: "labeler" as Role | "none" },
    validate: {
      name: (value) => (value.trim() ? null : t("signIn.nameMissing")),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t("signIn.emailMissing")),
    },
  });
  const send = useSend({
    mutationFn: ({ name, email, role }: typeof form.values) => invite({ name: name.trim(), email: email.trim(), role: role === "none" ? null : role }),
    onSuccess: async (invitation) => {
      setMade(invitation);
      onClose();
      form.reset();
      await queries.invalidateQueries({ queryKey: peopleQuery.queryKey });
    },
    onError: (error) => {
      const fields = error instanceof ApiError ? error.problem.fields : [];
      for (const one of fields) form.setFieldError(one.field, one.message);
      if (fields.length === 0) notifications.show({ color: "red", message: failureText(t, error) });
    },
  });
  return (
    <>
      <Modal opened={opened} onClose={onClose} title={t("people.inviteTitle")} closeButtonProps={{ "aria-label": t("common.close") }}>
        <form onSubmit={form.onSubmit((person) => (opened ? send.mutate(person) : undefined))} noValidate>
          <Stack>
            <TextInput label={t("people.name")} data-autofocus {...form.getInputProps("name")} />
            <TextInput label={t("people.email")} type="email" {...form.getInputProps("email")} />
            <Radio.Group label={t("people.role")} {...form.getInputProps("role")}>
              <Stack gap="xs" mt="xs">
                <Radio value="labeler" label={t("people.roles.labeler")} description={t("people.roleHints.labeler")} />
                <Radio value="owner" label={t("people.roles.owner")} description={t("people.roleHints.owner")} />
                <Radio value="none" label={t("people.roles.none")} description={t("people.roleHints.none")} />
              </Stack>
            </Radio.Group>
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>{t("common.cancel")}</Button>
              <Button type="submit" loading={send.isPending}>{t("people.invite")}</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
      <LinkDialog invitation={made} onClose={() => setMade(null)} />
    </>
  );
}
