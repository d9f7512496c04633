/** The door: sign in, or use a one-time link. */
import { Button, Card, Center, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import { Mark } from "../../app/Mark";
import { LinkForm } from "./LinkForm";
import { SignInForm } from "./SignInForm";

/** Only addresses of this site: a link must not lead elsewhere after sign-in. */
function inside(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/projects";
}

export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const token = search.get("token");
  const [over, setOver] = useState(false);
  const enter = () => void navigate(inside(search.get("next")), { replace: true });
  const leave = () => {
    setOver(false);
    setSearch({});
  };
  return (
    <Center mih="100vh" p="md" component="main">
      <Stack w={380} gap="lg">
        <Stack align="center" gap={6}>
          <Mark size={44} />
          <Title order={1} mt={6}>{!token ? t("common.product") : over ? t("signIn.linkOver") : t("signIn.welcome")}</Title>
          {!over && <Text c="dimmed" size="sm">{token ? t("signIn.setUp") : t("signIn.lead")}</Text>}
        </Stack>
        <Card shadow="sm" padding="xl">
          {token ? <LinkForm token={token} name={search.get("name") ?? ""} onDone={enter} onOver={() => setOver(true)} /> : <SignInForm onDone={enter} />}
        </Card>
        {token && <Button variant="subtle" size="compact-sm" onClick={leave}>{t("signIn.title")}</Button>}
      </Stack>
    </Center>
  );
}
