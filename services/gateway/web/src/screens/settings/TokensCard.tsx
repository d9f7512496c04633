/** Personal API tokens; the secret is shown once. */
import { Alert, Button, Card, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { createToken, revokeToken, tokensQuery } from "../../api/people";
import { queries } from "../../api/queries";
import type { Token } from "../../api/types";
import { useSend } from "../../api/useSend";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { CopyField } from "../../components/CopyField";
import { failureText } from "../../components/failure";
import { formatAgo } from "../../components/format";

export function TokensCard() {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [asked, setAsked] = useState<Token | null>(null);
  const { data: tokens } = useQuery(tokensQuery);
  const reload = () => queries.invalidateQueries({ queryKey: tokensQuery.queryKey });
  const failed = (error: unknown) => notifications.show({ color: "red", message: failureText(t, error) });
  const create = useSend({ mutationFn: createToken, onSuccess: () => setName(""), onError: failed, onSettled: reload });
  const revoke = useSend({
    mutationFn: revokeToken,
    onError: failed,
    onSettled: () => {
      setAsked(null);
      return reload();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name.trim()) create.mutate(name.trim());
  };
  return (
    <Card>
      <Title order={2} mb={4}>{t("people.settings.tokens")}</Title>
      <Text size="sm" c="dimmed" mb="md">{t("people.settings.tokensHint")}</Text>
      <Stack>
        {create.data && (
          <Alert color="teal" title={t("people.settings.tokenSecret")}><CopyField value={create.data.secret} label={t("people.settings.tokens")} /></Alert>
        )}
        {tokens?.length === 0 && <Text size="sm" c="dimmed">{t("people.settings.tokensEmpty")}</Text>}
        {tokens?.map((token) => (
          <Group key={token.id} justify="space-between" wrap="nowrap">
            <div>
              <Text size="sm" fw={560}>{token.name}</Text>
              <Text size="xs" c="dimmed">
                {t("people.settings.tokenCreated", { when: formatAgo(token.created_at) })}{" · "}
                {t("people.settings.tokenUsed", { when: token.used_at ? formatAgo(token.used_at) : t("common.never") })}
              </Text>
            </div>
            <Button size="compact-sm" variant="light" color="red" onClick={() => setAsked(token)}>{t("people.settings.tokenRevoke")}</Button>
          </Group>
        ))}
        <Group component="form" align="flex-end" onSubmit={submit}>
          <TextInput label={t("people.settings.tokenName")} style={{ flex: 1 }} maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Button type="submit" variant="default" disabled={!name.trim()} loading={create.isPending}>{t("people.settings.tokenCreate")}</Button>
        </Group>
      </Stack>
      <ConfirmDialog
        opened={asked !== null}
        title={t("people.settings.tokenRevokeTitle", { name: asked?.name ?? "" })}
        hint={t("people.settings.tokenRevokeHint")}
        action={t("people.settings.tokenRevoke")}
        danger
        busy={revoke.isPending}
        onConfirm={() => asked && revoke.mutate(asked.id)}
        onCancel={() => setAsked(null)}
      />
    </Card>
  );
}
