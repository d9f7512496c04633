/** The door: sign in, or use a one-time link. */
import { Button, Card, Center, Stack, Text, Title } from "@mantine/core";
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
  const enter = () => void navigate(inside(search.get("next")), { replace: true });
  return (
    <Center mih="100vh" p="md" component="main">
      <Stack w={380} gap="lg">
        <Stack align="center" gap={6}>
          <Mark size={44} />
          <Title order={1} mt={6}>{token ? t("signIn.welcome") : t("common.product")}</Title>
          <Text c="dimmed" size="sm">{token ? t("signIn.setUp") : t("signIn.lead")}</Text>
        </Stack>
        <Card shadow="sm" padding="xl">
          {token ? <LinkForm token={token} onDone={enter} /> : <SignInForm onDone={enter} />}
        </Card>
        {token && <Button variant="subtle" size="compact-sm" onClick={() => setSearch({})}>{t("signIn.title")}</Button>}
      </Stack>
    </Center>
  );
}
