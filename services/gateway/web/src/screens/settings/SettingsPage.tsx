/** What people set for themselves. */
import { Container, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { PageHead } from "../../components/PageHead";
import { PasswordCard } from "./PasswordCard";
import { ProfileCard } from "./ProfileCard";
import { TokensCard } from "./TokensCard";

export function SettingsPage() {
  const { t } = useTranslation();
  return (
    <Container size={720} py="xl">
      <PageHead name={t("people.settings.title")} />
      <Stack>
        <ProfileCard />
        <PasswordCard />
        <TokensCard />
      </Stack>
    </Container>
  );
}
